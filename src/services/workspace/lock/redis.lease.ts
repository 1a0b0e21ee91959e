import { performance } from "node:perf_hooks";
import type { LockOptions, Mutex } from "redis-semaphore";
import { UpstreamUnavailable } from "../../../errors.ts";
import type { RedisConnection } from "../../redis/redis.connection.ts";
import { createSemaphoreClient, type SemaphoreClient } from "./semaphore.client.ts";

/** One of the library's locks, kept from when it was taken until it is given back. */
export interface Lease {
  /** Waits for the lock until the signal aborts, and fails with its reason then. */
  readonly take: (signal: AbortSignal) => Promise<void>;
  /** Never fails: what could not be given back lapses. */
  readonly giveBack: () => Promise<void>;
}

/** What is needed to keep one of the library's locks. */
export interface LeaseOptions {
  readonly redis: RedisConnection;
  readonly leaseMs: number;
  readonly make: (client: SemaphoreClient, options: LockOptions) => Mutex;
  /** Called when the lock is lost, or was not heard of for most of a lease. */
  readonly lose: () => void;
}

/** How often whoever waits for a lock tries again. */
export const retryEveryMs = 20;

/** How much of a lease may pass before it is renewed, so that several renewals may fail. */
const renewAfter = 1 / 4;

/** How much of a lease is counted on: the rest is for noticing, before anybody else is let in. */
const countedOn = 9 / 10;

/** Makes one of the library's locks, and says so when it is lost, by its word or because Redis was silent for too long. */
export function openLease({ redis, leaseMs, make, lose }: LeaseOptions): Lease {
  let isTaken = false;
  let isOver = false;
  let heardAt = 0;
  let ending: NodeJS.Timeout | undefined;

  /** From before a question was sent, so a lease is thought to end here before it does there. */
  const count = (askedAt: number) => {
    heardAt = askedAt;
    clearTimeout(ending);
    if (isTaken && !isOver) ending = setTimeout(lose, askedAt + leaseMs * countedOn - performance.now());
  };
  const client = createSemaphoreClient(redis, { isTaken: () => isTaken, onAnswer: count });
  const options: LockOptions = {
    lockTimeout: leaseMs,
    refreshInterval: Math.round(leaseMs * renewAfter),
    retryInterval: retryEveryMs,
    // The signal ends the wait, which the clock on the wall does not move.
    acquireTimeout: Infinity,
    onLockLost: lose,
  };
  const lock = make(client, options);

  /** Gives back what Redis may have given without our hearing of it. */
  const giveBackUnheard = () =>
    make(client, { ...options, identifier: lock.identifier, acquiredExternally: true })
      .release()
      .catch(() => undefined);

  return {
    take: async (signal) => {
      try {
        await lock.acquire(signal);
      } catch (error) {
        if (error instanceof UpstreamUnavailable) void giveBackUnheard();
        throw error;
      }
      isTaken = true;
      count(heardAt);
    },
    giveBack: async () => {
      isOver = true;
      clearTimeout(ending);
      await lock.release().catch(() => undefined);
    },
  };
}
