import type { Redis } from "ioredis";
import { UpstreamUnavailable } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { openClient } from "./redis.client.ts";
import type { RedisMetrics } from "./redis.metrics.ts";
import { refusalOf } from "./redis.refusal.ts";

/** The Redis that replicas share. */
export interface RedisConnection {
  /** Asks Redis; fails with UpstreamUnavailable, and never hangs, when Redis does not answer. */
  readonly ask: <Answer>(question: (redis: Redis) => Promise<Answer>) => Promise<Answer>;
  /** Whether it could be asked now. */
  readonly isConnected: () => boolean;
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

interface Means {
  readonly url: string;
  readonly log: Log;
  readonly metrics?: RedisMetrics | undefined;
}

/** Opens one connection for questions, and says in the log when Redis goes and when it comes back. */
export function openRedis({ url, log, metrics }: Means): RedisConnection {
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
      const startedAt = performance.now();
      const observe = (outcome: "answered" | "failed") =>
        metrics?.observe(outcome, (performance.now() - startedAt) / 1000);
      try {
        await ready();
        const answer = await question(redis);
        observe("answered");
        return answer;
      } catch (error) {
        observe("failed");
        log.debug({ upstream: "redis", reason: reasonOf(error) }, "upstream unavailable");
        throw new UpstreamUnavailable("redis", reasonOf(error));
      }
    },
    isConnected: () => redis.status === "ready",
    close,
  };
}
