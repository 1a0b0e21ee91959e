import type { Redis } from "ioredis";
import { UpstreamUnavailable } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { openClient } from "./redis.client.ts";
import { refusalOf } from "./redis.refusal.ts";

/** The Redis that replicas share. */
export interface RedisConnection {
  /** Asks Redis; fails with UpstreamUnavailable, and never hangs, when Redis does not answer. */
  readonly ask: <Answer>(question: (redis: Redis) => Promise<Answer>) => Promise<Answer>;
  /** Closes the socket; what is on its way fails. */
  readonly close: () => Promise<void>;
}

/**
 * What went wrong, for the log. What Redis replies may repeat what it was sent, and with that its password, so that only
 * the first word of it is kept.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return refusalOf(error) ?? ("code" in error ? String(error.code) : error.message || error.name);
}

/** Opens one connection for questions, and says in the log when Redis goes and when it comes back. */
export function openRedis({ url, log }: { readonly url: string; readonly log: Log }): RedisConnection {
  const { redis, ready, close } = openClient(url);
  let isDown = false;
  redis.on("error", (error) => {
    if (!isDown) log.warn({ upstream: "redis", reason: reasonOf(error) }, "redis is not available");
    isDown = true;
  });
  redis.on("ready", () => {
    if (isDown) log.info({ upstream: "redis" }, "redis is available again");
    isDown = false;
  });

  return {
    ask: async (question) => {
      try {
        await ready();
        return await question(redis);
      } catch (error) {
        log.debug({ upstream: "redis", reason: reasonOf(error) }, "upstream unavailable");
        throw new UpstreamUnavailable("redis", reasonOf(error));
      }
    },
    close,
  };
}
