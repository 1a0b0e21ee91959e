import DataLoader from "dataloader";
import type { Caller, Viewer } from "../permissions/caller.ts";
import type { PlatformGrant } from "../permissions/grant.ts";
import type { RepositoryName } from "../permissions/subject.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";
import type { Person } from "../services/gitea/users.service.ts";
import type { Services } from "../services/services.ts";
import { createFunctionReads, type FunctionReads } from "./function-reads.ts";
import { repositoryKey, type Memory } from "./memory.ts";
import { createGatewayReads, type GatewayReads } from "./gateway-reads.ts";
import { createWorkspaceReads, type WorkspaceReads } from "./workspace-reads.ts";

/** How old an answer may be: reads take a recent one, writes always ask. */
export type Age = "recent" | "fresh";

/** What one request looks up for its caller, each thing once. */
export interface Lookups {
  readonly viewer: (age: Age) => Promise<Viewer>;
  readonly repository: (name: RepositoryName, age: Age) => Promise<Repository | undefined>;
  /** All repositories the viewer owns or was let into. */
  readonly mine: (age: Age) => Promise<readonly Repository[]>;
  readonly person: (login: string, age: Age) => Promise<Person | undefined>;
  /** Everybody with an account, as Gitea shows them to a site admin. */
  readonly everybody: (grant: PlatformGrant) => Promise<readonly Person[]>;
  /** What is read of workspaces, each thing once. */
  readonly workspaces: WorkspaceReads;
  /** What is read of gateways that run, each thing once. */
  readonly gateways: GatewayReads;
  /** What is read of functions, each thing once. */
  readonly functions: FunctionReads;
  /** Forgets what anybody may do with a repository and can reach, because somebody has just changed it. */
  readonly forget: (name: RepositoryName) => void;
}

/** A loader that shares one answer a key; nothing behind the gateway answers several keys in one call. */
const sharing = <Key, Value>(load: (key: Key) => Promise<Value>, cacheKeyFn: (key: Key) => string) =>
  new DataLoader<Key, Value, string>((keys) => Promise.all(keys.map(load)), { batch: false, cacheKeyFn });

/**
 * A class whose loaders are made when they are first asked for: most requests need one of them, and all need what makes
 * them.
 */
class RequestLookups implements Lookups {
  readonly #caller: Caller;
  readonly #memory: Memory;
  readonly #services: Services;
  #viewers: DataLoader<Age, Viewer, string> | undefined;
  #repositories: DataLoader<RepositoryName, Repository | undefined, string> | undefined;
  #lists: DataLoader<Age, readonly Repository[], string> | undefined;
  #people: DataLoader<string, Person | undefined, string> | undefined;
  #everybody: DataLoader<PlatformGrant, readonly Person[], string> | undefined;
  #workspaces: WorkspaceReads | undefined;
  #gateways: GatewayReads | undefined;
  #functions: FunctionReads | undefined;

  constructor(caller: Caller, memory: Memory, services: Services) {
    this.#caller = caller;
    this.#memory = memory;
    this.#services = services;
  }

  viewer(age: Age): Promise<Viewer> {
    this.#viewers ??= sharing(
      (asked) => this.#askViewer(asked),
      () => "viewer",
    );
    if (age === "fresh") this.#viewers.clear("fresh");
    return this.#viewers.load(age);
  }

  async repository(name: RepositoryName, age: Age): Promise<Repository | undefined> {
    const known = this.#knownRepositories();
    if (age === "recent") return known.load(name);
    const caller = this.#caller;
    const { repositories } = this.#memory;
    const repository = await repositories.fresh(this.#keyOf(name), { caller, name }, caller.budget);
    known.clear(name).prime(name, repository);
    return repository;
  }

  mine(age: Age): Promise<readonly Repository[]> {
    this.#lists ??= sharing(
      (asked) => this.#askMine(asked),
      () => "mine",
    );
    if (age === "fresh") this.#lists.clear("fresh");
    return this.#lists.load(age);
  }

  person(login: string, age: Age): Promise<Person | undefined> {
    this.#people ??= sharing(
      (asked) => this.#services.users.user(this.#caller, asked),
      (asked) => asked.toLowerCase(),
    );
    if (age === "fresh") this.#people.clear(login);
    return this.#people.load(login);
  }

  everybody(grant: PlatformGrant): Promise<readonly Person[]> {
    this.#everybody ??= sharing(
      (asked) => this.#services.users.everybody(asked),
      () => "everybody",
    );
    return this.#everybody.load(grant);
  }

  get workspaces(): WorkspaceReads {
    return (this.#workspaces ??= createWorkspaceReads(this.#services.workspace));
  }

  get gateways(): GatewayReads {
    return (this.#gateways ??= createGatewayReads(this.#services.gateways));
  }

  get functions(): FunctionReads {
    return (this.#functions ??= createFunctionReads(this.#services.functions));
  }

  forget(name: RepositoryName): void {
    this.#repositories?.clear(name);
    this.#lists?.clearAll();
    this.#memory.rightsChanged.tell(name);
  }

  #keyOf(name: RepositoryName): string {
    return `${this.#caller.key} ${repositoryKey(name)}`;
  }

  #knownRepositories() {
    const caller = this.#caller;
    return (this.#repositories ??= sharing(
      (name) => this.#memory.repositories.recent(this.#keyOf(name), { caller, name }, caller.budget),
      repositoryKey,
    ));
  }

  async #askViewer(age: Age): Promise<Viewer> {
    const caller = this.#caller;
    const viewer = await this.#memory.viewers[age](caller.key, caller, caller.budget);
    if (!viewer) throw new TypeError("A viewer is known or refused, never neither.");
    return viewer;
  }

  async #askMine(age: Age): Promise<readonly Repository[]> {
    const caller = this.#caller;
    const mine = (await this.#memory.mine[age](caller.key, caller, caller.budget)) ?? [];
    const known = this.#knownRepositories();
    // What the list says of each repository need not be asked again.
    for (const repository of mine) {
      known.prime({ owner: repository.owner.login, name: repository.name }, repository);
    }
    return mine;
  }
}

export const createLookups = (caller: Caller, memory: Memory, services: Services): Lookups =>
  new RequestLookups(caller, memory, services);
