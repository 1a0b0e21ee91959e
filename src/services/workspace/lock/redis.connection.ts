import { once } from "node:events";
import { Redis } from "ioredis";
import { UpstreamUnavailable } from "../../../errors.ts";
import type { Log } from "../../../log.ts";

/** The Redis that replicas share. */
export interface RedisConnection {
  /** Asks Redis; fails with UpstreamUnavailable, and never hangs, when Redis does not answer. */
  readonly ask: <Answer>(question: (redis: Redis) => Promise<Answer>) => Promise<Answer>;
  /** Closes the socket; what is on its way fails. */
  readonly close: () => Promise<void>;
}

/** A command takes well under a millisecond: after this long something is wrong. */
const commandTimeoutMs = 1000;
const largestRetryDelayMs = 1000;

/** What went wrong, for the log: the command's arguments stay out, since one of them may be the password. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return error.message || ("code" in error ? String(error.code) : error.name);
}

/** Opens one connection, which comes back by itself whenever Redis does. */
export function openRedis({ url, log }: { readonly url: string; readonly log: Log }): RedisConnection {
  const redis = new Redis(url, {
    connectTimeout: commandTimeoutMs,
    disconnectTimeout: commandTimeoutMs / 4,
    commandTimeout: commandTimeoutMs,
    // A connection that went silent, as when a machine is gone, is replaced.
    socketTimeout: 2 * commandTimeoutMs,
    // A command that nobody waits for any more must not be sent later: nothing is queued, nothing sent twice.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 50, largestRetryDelayMs),
    // After a failover the old primary may still answer, but takes no writes.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
  });

  let isDown = false;
  redis.on("error", (error) => {
    if (!isDown) log.warn({ upstream: "redis", reason: reasonOf(error) }, "redis is not available");
    isDown = true;
  });
  redis.on("ready", () => {
    if (isDown) log.info({ upstream: "redis" }, "redis is available again");
    isDown = false;
  });

  let connecting: Promise<unknown> | undefined;
  let isClosed = false;

  /** Waits for a connection that is being made, together with all others who do; the next failure ends the wait. */
  async function ready(): Promise<void> {
    if (isClosed) throw new Error("the connection is closed");
    if (redis.status === "ready") return;
    connecting ??= once(redis, "ready", { signal: AbortSignal.timeout(commandTimeoutMs) }).finally(() => {
      connecting = undefined;
    });
    await connecting;
  }

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
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      // Between two attempts there is no socket whose end could be waited for.
      const hasSocket = redis.status !== "reconnecting" && redis.status !== "end";
      const ended = hasSocket
        ? once(redis, "end", { signal: AbortSignal.timeout(commandTimeoutMs) })
        : undefined;
      redis.disconnect();
      // An error on the way out changes nothing.
      await ended?.catch(() => undefined);
    },
  };
}
