import type { Config } from "../config.ts";
import { nameRules } from "../names.ts";
import type { RepositoryName } from "./subject.ts";

/** How producers, projects and functions are called in Gitea: the one place that knows the naming scheme. */
export interface PlatformNames {
  /** The Gitea user of a producer. */
  readonly loginOf: (producer: string) => string;
  /** The producer that a Gitea user is, or undefined for everybody else. */
  readonly producerOf: (login: string) => string | undefined;
  readonly environments: readonly string[];
  readonly projectRepository: (producer: string, env: string) => RepositoryName;
  readonly functionsRepository: (producer: string) => RepositoryName;
}

export function createPlatformNames(
  config: Pick<Config, "PRODUCER_PREFIX" | "ENVIRONMENTS" | "FUNCTIONS_REPOSITORY">,
): PlatformNames {
  const prefix = `${config.PRODUCER_PREFIX}-`;
  const loginOf = (producer: string) => `${prefix}${producer}`;
  return {
    loginOf,
    producerOf: (login) => {
      const name = login.slice(prefix.length).toLowerCase();
      const isProducer = login.toLowerCase().startsWith(prefix) && nameRules.ProducerName.accepts(name);
      return isProducer ? name : undefined;
    },
    environments: config.ENVIRONMENTS,
    projectRepository: (producer, env) => ({ owner: loginOf(producer), name: env }),
    functionsRepository: (producer) => ({ owner: loginOf(producer), name: config.FUNCTIONS_REPOSITORY }),
  };
}
