import type { Config } from "../config.ts";
import { nameRules } from "../names.ts";
import { markOf, markText, type EnvironmentMark } from "./environment.mark.ts";
import type { ProjectName, RepositoryName } from "./subject.ts";

/** What a repository says of itself that tells whether it is an environment. */
export interface DescribedRepository {
  readonly owner: { readonly login: string };
  readonly name: string;
  readonly description: string;
}

/** An environment, and the project that it is one of. */
export interface EnvironmentOfProject extends ProjectName {
  readonly project: string;
}

/** The project of the environments that every producer has. */
export const mainProject = "main";

/** How producers, projects and functions are called in Gitea: the one place that knows the naming scheme. */
export interface PlatformNames {
  /** The Gitea user of a producer. */
  readonly loginOf: (producer: string) => string;
  /** The producer that a Gitea user is, or undefined for everybody else. */
  readonly producerOf: (login: string) => string | undefined;
  /** The environments that every producer has. */
  readonly environments: readonly string[];
  /** Whether every producer has an environment of that name, so that nobody has to make it. */
  readonly isStatic: (env: string) => boolean;
  /** The environment that a repository is, or undefined for any other: one that was made says so in its description. */
  readonly environmentOf: (repository: DescribedRepository) => EnvironmentOfProject | undefined;
  /** The environment whose functions a repository keeps, if it is one that was made. */
  readonly functionsOf: (repository: DescribedRepository) => EnvironmentOfProject | undefined;
  /** Whether a producer may have environments besides those that all have: their hosts could be another's otherwise. */
  readonly mayHaveMore: (producer: string) => boolean;
  /** Whether an environment may be made under that name, by whoever may have more. */
  readonly mayBeMade: (env: string) => boolean;
  /** The description that makes a repository an environment's. */
  readonly mark: (mark: EnvironmentMark) => string;
  readonly projectRepository: (producer: string, env: string) => RepositoryName;
  /** Where functions are kept: those of all environments that every producer has in one, others in one of their own. */
  readonly functionsRepository: (producer: string, env: string) => RepositoryName;
  /** What every producer has, whatever else was made. */
  readonly ownRepositories: (producer: string) => readonly RepositoryName[];
}

export function createPlatformNames(
  config: Pick<Config, "PRODUCER_PREFIX" | "ENVIRONMENTS" | "FUNCTIONS_REPOSITORY">,
): PlatformNames {
  const { ENVIRONMENTS: environments, FUNCTIONS_REPOSITORY: functions } = config;
  const prefix = `${config.PRODUCER_PREFIX}-`;
  const loginOf = (producer: string) => `${prefix}${producer}`;
  const producerOf = (login: string) => {
    const name = login.slice(prefix.length).toLowerCase();
    const isProducer = login.toLowerCase().startsWith(prefix) && nameRules.ProducerName.accepts(name);
    return isProducer ? name : undefined;
  };
  const projectRepository = (producer: string, env: string) => ({ owner: loginOf(producer), name: env });
  const isStatic = (env: string) => environments.includes(env);
  const mayHaveMore = (producer: string) => !producer.split("-").some(isStatic);
  const mayBeMade = (env: string) =>
    nameRules.EnvironmentName.accepts(env) && !isStatic(env) && env !== functions.toLowerCase();
  const madeOf = (owner: string, env: string, keeps: "project" | "functions", description: string) => {
    const producer = producerOf(owner);
    const mark = markOf(description);
    if (producer === undefined || mark?.keeps !== keeps) return undefined;
    if (!mayBeMade(env) || !mayHaveMore(producer)) return undefined;
    return { producer, env, project: mark.project };
  };

  return {
    loginOf,
    producerOf,
    environments,
    isStatic,
    mayHaveMore,
    mayBeMade,
    environmentOf: ({ owner, name, description }) => {
      if (!isStatic(name)) return madeOf(owner.login, name, "project", description);
      const producer = producerOf(owner.login);
      return producer === undefined ? undefined : { producer, env: name, project: mainProject };
    },
    functionsOf: ({ owner, name, description }) =>
      name.startsWith(`${functions}-`)
        ? madeOf(owner.login, name.slice(functions.length + 1), "functions", description)
        : undefined,
    mark: markText,
    projectRepository,
    functionsRepository: (producer, env) => ({
      owner: loginOf(producer),
      name: isStatic(env) ? functions : `${functions}-${env}`,
    }),
    ownRepositories: (producer) => [
      ...environments.map((env) => projectRepository(producer, env)),
      { owner: loginOf(producer), name: functions },
    ],
  };
}
