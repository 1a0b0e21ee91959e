import type { Config } from "../config.ts";
import { nameRules } from "../names.ts";
import {
  createEnvironmentMarks,
  keyOfToken,
  saidMark,
  type DescribedRepository,
  type EnvironmentMark,
} from "./environment.mark.ts";
import type { ProjectName, RepositoryName } from "./subject.ts";

export type { EnvironmentMark } from "./environment.mark.ts";

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
  /** The description that makes a repository an environment's; what people wrote after an earlier mark stays. */
  readonly marked: (repository: DescribedRepository, mark: EnvironmentMark) => string;
  /** What a description says that it is, whoever wrote that: nothing may rest on it but what its owner asks for. */
  readonly saidMark: (description: string) => EnvironmentMark | undefined;
  readonly projectRepository: (producer: string, env: string) => RepositoryName;
  /** Where functions are kept: those of all environments that every producer has in one, others in one of their own. */
  readonly functionsRepository: (producer: string, env: string) => RepositoryName;
  /** What every producer has, whatever else was made. */
  readonly ownRepositories: (producer: string) => readonly RepositoryName[];
}

type Naming = Pick<
  Config,
  "PRODUCER_PREFIX" | "ENVIRONMENTS" | "FUNCTIONS_REPOSITORY" | "ENVIRONMENT_SECRET"
>;

/** The names of a platform; where no secret is set, its own token at Gitea is what marks are signed with. */
export function createPlatformNames(config: Naming, giteaToken: string): PlatformNames {
  const [first = keyOfToken(giteaToken), ...others] = config.ENVIRONMENT_SECRET;
  const marks = createEnvironmentMarks([first, ...others]);
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
  const madeOf = (repository: DescribedRepository, env: string, keeps: "project" | "functions") => {
    const producer = producerOf(repository.owner.login);
    const mark = marks.of(repository);
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
    environmentOf: (repository) => {
      // Gitea finds a repository in whatever case it is asked for.
      const env = repository.name.toLowerCase();
      if (!isStatic(env)) return madeOf(repository, env, "project");
      const producer = producerOf(repository.owner.login);
      return producer === undefined ? undefined : { producer, env, project: mainProject };
    },
    functionsOf: (repository) =>
      repository.name.toLowerCase().startsWith(`${functions.toLowerCase()}-`)
        ? madeOf(repository, repository.name.slice(functions.length + 1).toLowerCase(), "functions")
        : undefined,
    marked: marks.describe,
    saidMark,
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
