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

export function createLookups(caller: Caller, memory: Memory, services: Services): Lookups {
  const viewers = sharing<Age, Viewer>(
    async (age) => {
      const viewer = await memory.viewers[age](caller.key, caller, caller.budget);
      if (!viewer) throw new TypeError("A viewer is known or refused, never neither.");
      return viewer;
    },
    () => "viewer",
  );
  const keyOf = (name: RepositoryName) => `${caller.key} ${repositoryKey(name)}`;
  const repositories = sharing<RepositoryName, Repository | undefined>(
    (name) => memory.repositories.recent(keyOf(name), { caller, name }, caller.budget),
    repositoryKey,
  );
  const lists = sharing<Age, readonly Repository[]>(
    async (age) => {
      const mine = (await memory.mine[age](caller.key, caller, caller.budget)) ?? [];
      // What the list says of each repository need not be asked again.
      for (const repository of mine) {
        repositories.prime({ owner: repository.owner.login, name: repository.name }, repository);
      }
      return mine;
    },
    () => "mine",
  );
  const people = sharing<string, Person | undefined>(
    (login) => services.users.user(caller, login),
    (login) => login.toLowerCase(),
  );
  const everybody = sharing<PlatformGrant, readonly Person[]>(
    (grant) => services.users.everybody(grant),
    () => "everybody",
  );

  return {
    viewer: (age) => {
      if (age === "fresh") viewers.clear("fresh");
      return viewers.load(age);
    },
    repository: async (name, age) => {
      if (age === "fresh") {
        const repository = await memory.repositories.fresh(keyOf(name), { caller, name }, caller.budget);
        repositories.clear(name).prime(name, repository);
        return repository;
      }
      return repositories.load(name);
    },
    mine: (age) => {
      if (age === "fresh") lists.clear("fresh");
      return lists.load(age);
    },
    person: (login, age) => {
      if (age === "fresh") people.clear(login);
      return people.load(login);
    },
    everybody: (grant) => everybody.load(grant),
    workspaces: createWorkspaceReads(services.workspace),
    gateways: createGatewayReads(services.gateways),
    functions: createFunctionReads(services.functions),
    forget: (name) => {
      repositories.clear(name);
      lists.clearAll();
      memory.rightsChanged.tell(name);
    },
  };
}
