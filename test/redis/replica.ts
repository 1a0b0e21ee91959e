import { onTestFinished } from "vitest";
import { createLog } from "../../src/log.ts";
import { openRedis, type RedisConnection } from "../../src/services/redis/redis.connection.ts";
import { createSharedLock } from "../../src/services/workspace/lock/shared.lock.ts";
import type { WorkspaceLock } from "../../src/services/workspace/lock/workspace.lock.ts";

/** What a replica of the gateway has of its own: a connection, and a lock. */
export interface Replica {
  readonly redis: RedisConnection;
  readonly lock: WorkspaceLock;
  /** What it has logged, down to the least. */
  readonly logged: () => string;
}

/** Opens what a replica has; it is closed with the test. */
export function openReplica(url: string, waitMs: number, leaseMs = 10_000): Replica {
  let text = "";
  const log = createLog("debug", { write: (line) => void (text += line) });
  const redis = openRedis({ url, log });
  const lock = createSharedLock({ redis, waitMs, leaseMs });
  onTestFinished(async () => {
    await lock.close();
    await redis.close();
  });
  return { redis, lock, logged: () => text };
}

/** Whether somebody is in the turnstile of a workspace, and waits there for those inside to leave. */
export async function isSomebodyNext({ redis }: Replica, workspace: string): Promise<boolean> {
  return redis.ask(async (client) => (await client.exists(`mutex:sett:lock:${workspace}:turnstile`)) === 1);
}
