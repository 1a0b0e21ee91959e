import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { createLocalLock } from "./workspace/lock/local.lock.ts";
import { openRedis } from "./workspace/lock/redis.connection.ts";
import { createSharedLock } from "./workspace/lock/shared.lock.ts";
import type { WorkspaceLock } from "./workspace/lock/workspace.lock.ts";
import {
  createLocalRevisions,
  createSharedRevisions,
  type RevisionStore,
} from "./workspace/merge/revisions.ts";

/** What several gateways must have in common to work on one workspace: in Redis where there is one. */
export interface Shared {
  readonly lock: WorkspaceLock;
  readonly revisions: RevisionStore;
  readonly close: () => Promise<void>;
}

type Settings = Pick<Config, "REDIS_URL" | "WORKSPACE_WAIT" | "REVISION_MEMORY" | "REVISION_TTL">;

export function openShared(config: Settings, log: Log): Shared {
  const waitMs = config.WORKSPACE_WAIT;
  const near = createLocalRevisions({ bytes: config.REVISION_MEMORY });
  if (config.REDIS_URL === undefined) {
    const lock = createLocalLock({ waitMs });
    return { lock, revisions: near, close: () => lock.close() };
  }
  const redis = openRedis({ url: config.REDIS_URL, log });
  const lock = createSharedLock({ redis, waitMs });
  const far = createSharedRevisions(
    {
      get: (key) => redis.ask((client) => client.get(key)),
      set: (key, value, unit, ms) => redis.ask((client) => client.set(key, value, unit, ms)),
    },
    { keepMs: config.REVISION_TTL, log },
  );
  return {
    lock,
    revisions: {
      remember: async (...revision) => {
        await near.remember(...revision);
        await far.remember(...revision);
      },
      recall: async (...revision) => (await near.recall(...revision)) ?? far.recall(...revision),
    },
    close: async () => {
      await lock.close();
      await redis.close();
    },
  };
}
