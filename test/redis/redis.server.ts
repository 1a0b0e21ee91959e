import { onTestFinished } from "vitest";
import { runRedis, type RedisServer } from "./redis.process.ts";

export type { RedisServer } from "./redis.process.ts";

/** Starts a Redis, which is killed with the test. */
export async function startRedis(moreOptions: readonly string[] = []): Promise<RedisServer> {
  const { remove, ...redis } = await runRedis(moreOptions);
  onTestFinished(remove);
  return redis;
}
