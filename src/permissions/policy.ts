import { Forbidden, NotFound, SettError } from "../errors.ts";
import type { Age, Lookups } from "../loaders/lookups.ts";
import { isOfFunctions } from "../live/pod.kind.ts";
import type { Metrics } from "../metrics.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";
import type { Caller } from "./caller.ts";
import { levelOf, nounOf, reaches, type Noun, type Permission } from "./catalogue.ts";
import type {
  FunctionsGrant,
  Grant,
  GrantOf,
  PlatformGrant,
  PodGrant,
  ProducerGrant,
  ProjectGrant,
  RepositoryGrant,
  ViewerGrant,
} from "./grant.ts";
import { mint } from "./mint.ts";
import { decidingRepository } from "./permission.question.ts";
import type { PlatformNames } from "./platform-names.ts";
import {
  readSubject,
  subjectKey,
  type PodName,
  type ProjectName,
  type RepositoryName,
  type Subject,
} from "./subject.ts";

/** What came of a question: a grant; `lacking` for one who can read but not do; `absent` for one who cannot read. */
type Decision = Grant | "lacking" | "absent";

/** Decides, for one request, what its caller may do. */
export interface Policy {
  /** The grant, or the refusal as an error. */
  readonly require: <Asked extends Permission>(
    permission: Asked,
    value: unknown,
    age?: Age,
  ) => Promise<GrantOf<Asked>>;
  /** The same question as a yes or no; an outage is neither, and is thrown. */
  readonly can: (permission: Permission, value: unknown) => Promise<boolean>;
  /** Drops what was decided about a repository, because somebody has just changed it. */
  readonly forget: (name: RepositoryName) => void;
}

/** What a repository's grant says, whatever it is a grant of. */
type Found = Pick<RepositoryGrant, "caller" | "owner" | "name" | "defaultBranch" | "level">;

interface Means {
  readonly caller: Caller;
  readonly lookups: Lookups;
  readonly names: PlatformNames;
  readonly metrics: Metrics;
}

/** How a noun is called in the answer that hides it. */
const hiddenNouns: Record<Noun, string> = {
  viewer: "viewer",
  platform: "platform",
  producer: "producer",
  repo: "repository",
  project: "project",
  functions: "project",
  pod: "pod",
};

export function createPolicy({ caller, lookups, names, metrics }: Means): Policy {
  const decided = new Map<string, Promise<Decision>>();

  async function overRepository(
    name: RepositoryName,
    permission: Permission,
    age: Age,
    grant: (found: Found) => Grant,
    isMeant: (repository: Repository) => boolean = () => true,
  ): Promise<Decision> {
    // Gitea lets the gateway act for accounts that may not sign in themselves; looking them up tells.
    if (caller.credential.kind === "sudo") await lookups.viewer(age);
    const repository = await lookups.repository(name, age);
    if (!repository || !isMeant(repository)) return "absent";
    if (!reaches(repository.level, levelOf(permission))) return "lacking";
    const { owner, name: ownName, defaultBranch, level } = repository;
    return grant({ caller, owner: owner.login, name: ownName, defaultBranch, level });
  }

  /** An environment that was made is one only as long as its repository says so, in the answer that tells the rights. */
  async function inEnvironment(
    keeper: "project" | "functions",
    asked: ProjectName,
    permission: Permission,
    age: Age,
    grant: (found: Found) => Grant,
  ): Promise<Decision> {
    const { producer, env } = asked;
    const isStatic = names.isStatic(env);
    if (!isStatic && !(names.mayBeMade(env) && names.mayHaveMore(producer))) return "absent";
    const marked = keeper === "project" ? names.environmentOf : names.functionsOf;
    const isMeant = (repository: Repository) => isStatic || marked(repository)?.env === env;
    return overRepository(decidingRepository[keeper](names, asked), permission, age, grant, isMeant);
  }

  async function readsProducer(producer: string, age: Age): Promise<boolean> {
    const own = names.ownRepositories(producer);
    const found = await Promise.all(own.map((name) => lookups.repository(name, age)));
    if (found.some(Boolean)) return true;
    const login = names.loginOf(producer).toLowerCase();
    return (await lookups.mine(age)).some(({ owner }) => owner.login.toLowerCase() === login);
  }

  async function overProducer(permission: Permission, producer: string, age: Age): Promise<Decision> {
    const viewer = await lookups.viewer(age);
    const login = names.loginOf(producer);
    const isSelf = viewer.login.toLowerCase() === login;
    const grant = mint<ProducerGrant<"admin">>({ caller, viewer, about: "producer", producer, login });
    if (permission === "producer:create") return isSelf || viewer.isAdmin ? grant : "lacking";
    if (isSelf) return grant;
    if (viewer.isAdmin) return (await lookups.person(login, age)) ? grant : "absent";
    if (!(await readsProducer(producer, age))) return "absent";
    return permission === "producer:read" ? grant : "lacking";
  }

  const decide: Record<Noun, (permission: Permission, subject: Subject, age: Age) => Promise<Decision>> = {
    viewer: async (_permission, _subject, age) =>
      mint<ViewerGrant>({ caller, viewer: await lookups.viewer(age) }),
    platform: async (_permission, _subject, age) => {
      const viewer = await lookups.viewer(age);
      return viewer.isAdmin ? mint<PlatformGrant>({ caller, viewer, about: "platform" }) : "lacking";
    },
    producer: (permission, subject, age) => overProducer(permission, subject as string, age),
    repo: (permission, subject, age) =>
      overRepository(subject as RepositoryName, permission, age, (found) => mint<RepositoryGrant>(found)),
    project: async (permission, subject, age) => {
      const { producer, env } = subject as ProjectName;
      return inEnvironment("project", { producer, env }, permission, age, (found) =>
        mint<ProjectGrant>({ ...found, about: "project", producer, env }),
      );
    },
    functions: async (permission, subject, age) => {
      const { producer, env } = subject as ProjectName;
      return inEnvironment("functions", { producer, env }, permission, age, (found) =>
        mint<FunctionsGrant>({
          ...found,
          ...{ about: "functions", producer, env },
          environments: names.isStatic(env) ? names.environments : [env],
        }),
      );
    },
    pod: async (permission, subject, age) => {
      const { producer, env, pod, kind } = subject as PodName;
      const keeper = isOfFunctions(kind) ? "functions" : "project";
      return inEnvironment(keeper, { producer, env }, permission, age, (found) =>
        mint<PodGrant>({ ...found, about: "pod", producer, env, pod, kind }),
      );
    },
  };

  function ask(permission: Permission, value: unknown, age: Age): Promise<Decision> {
    const noun = nounOf(permission);
    const subject = readSubject[noun](value);
    const key = `${permission} ${subjectKey(subject)}`;
    const known = decided.get(key);
    if (known && age === "recent") return known;
    const decision = decide[noun](permission, subject, age);
    decided.set(key, decision);
    void decision.then(
      (made) => {
        const outcome = typeof made === "string" ? made : "granted";
        metrics.decisions.inc({ permission, outcome });
      },
      () => decided.delete(key),
    );
    return decision;
  }

  return {
    require: async <Asked extends Permission>(permission: Asked, value: unknown, age: Age = "recent") => {
      const decision = await ask(permission, value, age);
      if (decision === "lacking") throw new Forbidden(permission);
      if (decision === "absent") throw new NotFound(hiddenNouns[nounOf(permission)]);
      return decision as GrantOf<Asked>;
    },
    can: async (permission, value) => {
      try {
        return typeof (await ask(permission, value, "recent")) !== "string";
      } catch (error) {
        if (error instanceof SettError && error.code === "FORBIDDEN") return false;
        throw error;
      }
    },
    forget: (name) => {
      lookups.forget(name);
      decided.clear();
    },
  };
}
