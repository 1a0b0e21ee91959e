import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { Json } from "../workspace/json.ts";
import type { RevisionStore } from "../workspace/merge/revisions.ts";
import type { Access } from "../workspace/workspace.access.ts";
import type { FollowDeployment } from "./deployments/deployment.following.ts";
import type { DeploymentsService } from "./deployments/deployments.service.ts";
import { byPlace, contentOf, nameIn, readFunction, type ReadFunction } from "./function.reader.ts";
import type { SlsApi, StoredFunction } from "./sls-api.client.ts";

/** What the parts of the service are made from. */
export interface FunctionsMeans {
  readonly slsApi: SlsApi;
  readonly access: Access<FunctionsGrant, FunctionsGrant<"write">>;
  readonly revisions: RevisionStore;
  readonly deployments: DeploymentsService;
  readonly follow: FollowDeployment;
  /** Has what runs of a function that is to go taken back by whoever else would bring it back. */
  readonly takeBack?: ((grant: FunctionsGrant<"write">, name: string) => Promise<void>) | undefined;
}

/** Looks at functions, and remembers what was seen once somebody is told its revision. */
export interface FunctionLook {
  readonly list: (grant: FunctionsGrant) => Promise<readonly ReadFunction[]>;
  readonly read: (grant: FunctionsGrant, name: string) => Promise<ReadFunction | undefined>;
  /** Remembers a function whose revision will be told by somebody else. */
  readonly remember: (grant: FunctionsGrant, read: ReadFunction, revision: string) => void;
  /** A function as it was at a revision, if that is still known. */
  readonly recall: (grant: FunctionsGrant, name: string, revision: string) => Promise<Json | undefined>;
}

export function createFunctionLook({ slsApi, revisions }: FunctionsMeans): FunctionLook {
  const scopeOf = ({ producer, env }: FunctionsGrant, name: string) => `function ${producer}-${env} ${name}`;
  const remember = (grant: FunctionsGrant, read: ReadFunction, revision: string) => {
    void revisions.remember(scopeOf(grant, read.name), revision, contentOf(read));
  };
  const known = (grant: FunctionsGrant, name: string, stored: StoredFunction): ReadFunction =>
    readFunction(grant, name, stored, (revision, read) => {
      remember(grant, read, revision);
    });
  return {
    list: async (grant) => {
      const listed = await slsApi.list(grant);
      const names = listed.map(nameIn);
      const all = await Promise.all(
        listed.map(async (each, index) => {
          const name = names[index];
          if (name === undefined || names.indexOf(name) < index) return [];
          // Of several that say the same name one at most is what is kept under it.
          const stored = names.lastIndexOf(name) > index ? await slsApi.read(grant, name) : each;
          return stored ? [known(grant, name, stored)] : [];
        }),
      );
      return all.flat().sort(byPlace);
    },
    read: async (grant, name) => {
      const stored = await slsApi.read(grant, name);
      return stored && known(grant, name, stored);
    },
    remember,
    recall: (grant, name, revision) => revisions.recall(scopeOf(grant, name), revision),
  };
}
