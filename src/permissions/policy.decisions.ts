import type { Age, Lookups } from "../loaders/lookups.ts";
import { isOfFunctions } from "../live/pod.kind.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";
import type { Caller } from "./caller.ts";
import { levelOf, nounOf, reaches, type Noun, type Permission } from "./catalogue.ts";
import type {
  FunctionsGrant,
  Grant,
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
import type { PodName, ProjectName, RepositoryName, Subject } from "./subject.ts";

/** What came of a question: a grant; `lacking` for one who can read but not do; `absent` for one who cannot read. */
export type Decision = Grant | "lacking" | "absent";

/** What a repository's grant says, whatever it is a grant of. */
type Found = Pick<RepositoryGrant, "caller" | "owner" | "name" | "defaultBranch" | "level">;

/** What decisions rest on. */
export interface DecisionMeans {
  readonly caller: Caller;
  readonly lookups: Lookups;
  readonly names: PlatformNames;
}

/** Decides about one kind of thing. */
type Decide = (over: Decisions, permission: Permission, subject: Subject, age: Age) => Promise<Decision>;

const decide: Record<Noun, Decide> = {
  viewer: (over, _permission, _subject, age) => over.viewer(age),
  platform: (over, _permission, _subject, age) => over.platform(age),
  producer: (over, permission, subject, age) => over.producer(permission, subject as string, age),
  repo: (over, permission, subject, age) =>
    over.repository(subject as RepositoryName, permission, age, (found) => mint<RepositoryGrant>(found)),
  project: (over, permission, subject, age) => {
    const { producer, env } = subject as ProjectName;
    return over.inEnvironment("project", { producer, env }, permission, age, (found) =>
      mint<ProjectGrant>({ ...found, about: "project", producer, env }),
    );
  },
  functions: (over, permission, subject, age) => {
    const { producer, env } = subject as ProjectName;
    return over.inEnvironment("functions", { producer, env }, permission, age, (found) =>
      mint<FunctionsGrant>({
        ...found,
        ...{ about: "functions", producer, env },
        environments: over.names.isStatic(env) ? over.names.environments : [env],
      }),
    );
  },
  pod: (over, permission, subject, age) => {
    const { producer, env, pod, kind } = subject as PodName;
    const keeper = isOfFunctions(kind) ? "functions" : "project";
    return over.inEnvironment(keeper, { producer, env }, permission, age, (found) =>
      mint<PodGrant>({ ...found, about: "pod", producer, env, pod, kind }),
    );
  },
};

const isAnything = () => true;

/** What one request's caller may do with each kind of thing. A class: its methods are not made anew for each request. */
export class Decisions {
  readonly names: PlatformNames;
  readonly #caller: Caller;
  readonly #lookups: Lookups;

  constructor({ caller, lookups, names }: DecisionMeans) {
    this.names = names;
    this.#caller = caller;
    this.#lookups = lookups;
  }

  /** Asks for it, whatever was decided before. */
  decide(permission: Permission, subject: Subject, age: Age): Promise<Decision> {
    return decide[nounOf(permission)](this, permission, subject, age);
  }

  async viewer(age: Age): Promise<Decision> {
    return mint<ViewerGrant>({ caller: this.#caller, viewer: await this.#lookups.viewer(age) });
  }

  async platform(age: Age): Promise<Decision> {
    const viewer = await this.#lookups.viewer(age);
    return viewer.isAdmin
      ? mint<PlatformGrant>({ caller: this.#caller, viewer, about: "platform" })
      : "lacking";
  }

  async repository(
    name: RepositoryName,
    permission: Permission,
    age: Age,
    grant: (found: Found) => Grant,
    isMeant: (repository: Repository) => boolean = isAnything,
  ): Promise<Decision> {
    const caller = this.#caller;
    // Gitea lets the gateway act for accounts that may not sign in themselves; looking them up tells.
    if (caller.credential.kind === "sudo") await this.#lookups.viewer(age);
    const repository = await this.#lookups.repository(name, age);
    if (!repository || !isMeant(repository)) return "absent";
    if (!reaches(repository.level, levelOf(permission))) return "lacking";
    const { owner, name: ownName, defaultBranch, level } = repository;
    return grant({ caller, owner: owner.login, name: ownName, defaultBranch, level });
  }

  /** An environment that was made is one only as long as its repository says so, in the answer that tells the rights. */
  async inEnvironment(
    keeper: "project" | "functions",
    asked: ProjectName,
    permission: Permission,
    age: Age,
    grant: (found: Found) => Grant,
  ): Promise<Decision> {
    const { names } = this;
    const { producer, env } = asked;
    const isStatic = names.isStatic(env);
    if (!isStatic && !(names.mayBeMade(env) && names.mayHaveMore(producer))) return "absent";
    const marked = keeper === "project" ? names.environmentOf : names.functionsOf;
    const isMeant = (repository: Repository) => isStatic || marked(repository)?.env === env;
    return this.repository(decidingRepository[keeper](names, asked), permission, age, grant, isMeant);
  }

  async producer(permission: Permission, producer: string, age: Age): Promise<Decision> {
    const caller = this.#caller;
    const viewer = await this.#lookups.viewer(age);
    const login = this.names.loginOf(producer);
    const isSelf = viewer.login.toLowerCase() === login;
    const grant = mint<ProducerGrant<"admin">>({ caller, viewer, about: "producer", producer, login });
    if (permission === "producer:create") return isSelf || viewer.isAdmin ? grant : "lacking";
    if (isSelf) return grant;
    if (viewer.isAdmin) return (await this.#lookups.person(login, age)) ? grant : "absent";
    if (!(await this.#readsProducer(producer, age))) return "absent";
    return permission === "producer:read" ? grant : "lacking";
  }

  async #readsProducer(producer: string, age: Age): Promise<boolean> {
    const own = this.names.ownRepositories(producer);
    const found = await Promise.all(own.map((name) => this.#lookups.repository(name, age)));
    if (found.some(Boolean)) return true;
    const login = this.names.loginOf(producer).toLowerCase();
    return (await this.#lookups.mine(age)).some(({ owner }) => owner.login.toLowerCase() === login);
  }
}
