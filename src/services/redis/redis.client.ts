import { once } from "node:events";
import { Redis, type RedisOptions } from "ioredis";
import { delayAfter, type Delays } from "../http/delay.ts";

/** A connection to Redis that comes back by itself whenever Redis does, with bounds on every wait. */
export interface RedisClient {
  readonly redis: Redis;
  /** Waits for a connection that is being made, behind all others who do; the next failure ends the wait. */
  readonly ready: () => Promise<void>;
  /** Closes the socket; what is on its way fails. */
  readonly close: () => Promise<void>;
}

/** A command takes well under a millisecond: after this long something is wrong. */
const commandTimeoutMs = 1000;
const largestRetryDelayMs = 1000;

const bounded = {
  connectTimeout: commandTimeoutMs,
  disconnectTimeout: commandTimeoutMs / 4,
  commandTimeout: commandTimeoutMs,
  // A connection that went silent, as when a machine is gone, is replaced.
  socketTimeout: 2 * commandTimeoutMs,
  // A command that nobody waits for any more must not be sent later: nothing is queued, nothing sent twice.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt: number) => Math.min(attempt * 50, largestRetryDelayMs),
} satisfies RedisOptions;

const moveDelays: Delays = { firstDelayMs: 1000, longestDelayMs: 30_000 };

/**
 * Whether another connection may help: after a failover the old primary may still answer, but takes no writes. Where the
 * next one takes none either, that is tried ever more seldom.
 */
function createMoves(): (error: Error) => boolean {
  let moves = 0;
  let nextAtMs = -Infinity;
  return ({ message }) => {
    const nowMs = performance.now();
    if (!message.startsWith("READONLY") || nowMs < nextAtMs) return false;
    moves = nowMs - nextAtMs > moveDelays.longestDelayMs ? 1 : moves + 1;
    nextAtMs = nowMs + delayAfter(moves, moveDelays);
    return true;
  };
}

export function openClient(url: string, options: Pick<RedisOptions, "autoResubscribe"> = {}): RedisClient {
  const redis = new Redis(url, { ...bounded, reconnectOnError: createMoves(), ...options });
  let connecting: Promise<unknown> | undefined;
  let isClosed = false;
  return {
    redis,
    ready: async () => {
      if (isClosed) throw new Error("the connection is closed");
      if (redis.status === "ready" && !connecting) return;
      connecting ??= once(redis, "ready", { signal: AbortSignal.timeout(commandTimeoutMs) }).finally(() => {
        // Until those who waited have gone on, nobody goes before them.
        setImmediate(() => {
          connecting = undefined;
        });
      });
      await connecting;
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
