import DataLoader from "dataloader";
import type { FunctionsGrant } from "../permissions/grant.ts";
import type { Deployment } from "../live/deployment.record.ts";
import type { ReadFunction } from "../services/functions/function.reader.ts";
import type { Services } from "../services/services.ts";
import { createSharedHolds } from "./shared-holds.ts";

/** What one request reads of functions, each thing once, and what is read together with nobody writing in between. */
export interface FunctionReads {
  readonly list: (grant: FunctionsGrant) => Promise<readonly ReadFunction[]>;
  readonly read: (grant: FunctionsGrant, name: string) => Promise<ReadFunction | undefined>;
  readonly logs: (grant: FunctionsGrant, name: string) => Promise<readonly string[] | undefined>;
  readonly lastDeployment: (grant: FunctionsGrant, name: string) => Promise<Deployment | undefined>;
  /** Forgets what was read, because it has just been changed. */
  readonly forget: () => void;
}

interface Asked {
  readonly grant: FunctionsGrant;
  readonly name: string;
}

const placeOf = ({ producer, env }: FunctionsGrant) => `${producer}/${env}`;
const keyOf = ({ grant, name }: Asked) => `${placeOf(grant)} ${name}`;

const sharing = <Key, Value>(load: (key: Key) => Promise<Value>, cacheKeyFn: (key: Key) => string) =>
  new DataLoader<Key, Value, string>((keys) => Promise.all(keys.map(load)), { batch: false, cacheKeyFn });

export function createFunctionReads({ reads, access, deployments }: Services["functions"]): FunctionReads {
  const within = createSharedHolds(access.hold, placeOf);
  const lists = sharing((grant: FunctionsGrant) => within(grant, () => reads.list(grant)), placeOf);
  const functions = sharing(({ grant, name }: Asked) => within(grant, () => reads.read(grant, name)), keyOf);
  // What a function writes is no part of its files: nobody's write can tear it.
  const logs = sharing(({ grant, name }: Asked) => reads.logs(grant, name), keyOf);
  const newest = sharing(({ grant, name }: Asked) => deployments.last(grant, name), keyOf);
  return {
    list: (grant) => lists.load(grant),
    read: (grant, name) => functions.load({ grant, name }),
    logs: (grant, name) => logs.load({ grant, name }),
    lastDeployment: (grant, name) => newest.load({ grant, name }),
    forget: () => {
      for (const known of [lists, functions, logs, newest]) known.clearAll();
    },
  };
}
