import { setTimeout as sleep } from "node:timers/promises";
import { Mutex as Gate } from "async-mutex";
import { LRUCache } from "lru-cache";
import { MultiSemaphore, Mutex } from "redis-semaphore";
import { UpstreamUnavailable } from "../../../errors.ts";
import { createLocalLock } from "./local.lock.ts";
import type { RedisConnection } from "../../redis/redis.connection.ts";
import { openLease, retryEveryMs, type Lease } from "./redis.lease.ts";
import { busyWorkspace, type Hold, type Purpose, type WorkspaceLock } from "./workspace.lock.ts";

export interface SharedLockOptions {
  readonly redis: RedisConnection;
  readonly waitMs: number;
  /** How long a replica that has died keeps others out; the same in all replicas. */
  readonly leaseMs?: number;
}

const defaultLeaseMs = 10_000;

/** How many may read a workspace at once, over all replicas; a writer takes all these places. */
const placesOfAll = 128;

/** How long a replica that let a writer in leaves the turnstile to others, who each try it once in that time. */
const courtesyMs = 1.5 * retryEveryMs;

/** More workspaces than are written to within that time. */
const rememberedWriters = 1000;

/**
 * A lock between the requests of all replicas: in line within the process first, so that one of them at a time asks
 * Redis. The connection is not closed with it.
 */
export function createSharedLock({
  redis,
  waitMs,
  leaseMs = defaultLeaseMs,
}: SharedLockOptions): WorkspaceLock {
  const local = createLocalLock({ waitMs });
  const gates = new Map<string, Gate>();
  const lateWriters = new LRUCache<string, true>({ max: rememberedWriters, ttl: courtesyMs });
  const waits = new Set<AbortController>();
  const releases = new Set<() => Promise<void>>();

  const mutex = (key: string, lose: () => void) =>
    openLease({ redis, leaseMs, lose, make: (client, options) => new Mutex(client, key, options) });
  const places = (key: string, count: number, lose: () => void) =>
    openLease({
      redis,
      leaseMs,
      lose,
      make: (client, options) => new MultiSemaphore(client, key, placesOfAll, count, options),
    });

  /** Lets the requests of this replica ask one by one. If Redis is away for one, it is for those behind, too. */
  async function oneByOne<Result>(workspace: string, work: () => Promise<Result>): Promise<Result> {
    const gate =
      gates.get(workspace) ?? new Gate(new UpstreamUnavailable("redis", "somebody ahead was not answered"));
    gates.set(workspace, gate);
    try {
      return await gate.runExclusive(() =>
        work().catch((error: unknown) => {
          if (error instanceof UpstreamUnavailable) gate.cancel();
          throw error;
        }),
      );
    } finally {
      if (!gate.isLocked() && gates.get(workspace) === gate) gates.delete(workspace);
    }
  }

  /**
   * Whoever is in the turnstile keeps later ones out while those inside leave, and lets it go once inside. Two writers
   * are kept apart by a lock that goes by Redis' clock as well as by the places, which go by the clocks of replicas.
   */
  async function passTurnstile(
    workspace: string,
    purpose: Purpose,
    signal: AbortSignal,
    lose: () => void,
  ): Promise<readonly Lease[]> {
    const key = `sett:lock:${workspace}`;
    const turnstile = mutex(`${key}:turnstile`, () => undefined);
    const room = places(`${key}:places`, purpose === "write" ? placesOfAll : 1, lose);
    const leases = purpose === "write" ? [mutex(`${key}:writer`, lose), room] : [room];
    const courtesyLeftMs = purpose === "write" ? lateWriters.getRemainingTTL(workspace) : 0;
    if (courtesyLeftMs > 0) await sleep(courtesyLeftMs);
    try {
      await turnstile.take(signal);
      for (const lease of leases) await lease.take(signal);
    } catch (error) {
      await Promise.all([...leases, turnstile].map((lease) => lease.giveBack()));
      throw error;
    }
    await turnstile.giveBack();
    if (purpose === "write") lateWriters.set(workspace, true);
    return leases;
  }

  async function holdShared(
    workspace: string,
    purpose: Purpose,
    place: Hold,
    signal: AbortSignal,
  ): Promise<Hold> {
    const losing = new AbortController();
    const lose = () => losing.abort(new UpstreamUnavailable("redis", `the lock of ${workspace} was lost`));
    const leases = await oneByOne(workspace, () => passTurnstile(workspace, purpose, signal, lose));
    let released: Promise<void> | undefined;
    const release = () => {
      releases.delete(release);
      released ??= Promise.all(leases.map((lease) => lease.giveBack())).then(place.release);
      return released;
    };
    releases.add(release);
    return { lost: losing.signal, release };
  }

  async function hold(workspace: string, purpose: Purpose): Promise<Hold> {
    const wait = new AbortController();
    const timer = setTimeout(() => wait.abort(busyWorkspace()), waitMs);
    waits.add(wait);
    try {
      const place = await local[purpose](workspace);
      return await holdShared(workspace, purpose, place, wait.signal).catch(async (error: unknown) => {
        await place.release();
        throw error;
      });
    } finally {
      clearTimeout(timer);
      waits.delete(wait);
    }
  }

  return {
    read: (workspace) => hold(workspace, "read"),
    write: (workspace) => hold(workspace, "write"),
    close: async () => {
      for (const wait of waits) wait.abort(busyWorkspace());
      await local.close();
      await Promise.all([...gates.values()].map((gate) => gate.waitForUnlock()));
      await Promise.all([...releases].map((release) => release()));
    },
  };
}
