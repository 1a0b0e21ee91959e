import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import { createObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { fieldManager } from "./controlled.kind.ts";
import { createTerm, type HeldTerm, type Term } from "./leader.term.ts";
import { heldLease, leaseKind, leaseOf, readLease, releasedLease, type LeaseRecord } from "./lease.record.ts";

/** Work that goes on while one leads. */
export interface Leading {
  /** Ends it: in its own time, or at once where the term is over. */
  readonly stop: () => Promise<void>;
}

/** How long what lasts. */
export interface LeaderPatience {
  /** How long the others wait for one who is not heard of; whole seconds. */
  readonly leaseMs: number;
  /** For how long one leads who cannot renew: shorter, so that what is on its way has ended before another leads. */
  readonly termMs: number;
  /** How often it is tried to lead, or to go on. */
  readonly retryMs: number;
}

/** What fits a cluster that is restarted now and then. */
export const usualLeaderPatience: LeaderPatience = { leaseMs: 15_000, termMs: 10_000, retryMs: 2_000 };

/** Takes part until it is stopped: of all who do, at most one leads. */
export interface LeaderElection {
  readonly start: () => void;
  readonly isLeading: () => boolean;
  /** Ends the work, and then gives the lease back. */
  readonly stop: () => Promise<void>;
}

interface Parts {
  readonly connection: ClusterConnection;
  readonly namespace: string;
  /** The lease's name. */
  readonly name: string;
  /** No two processes may have the same. */
  readonly identity: string;
  readonly lead: (term: Term) => Leading;
  /** What whoever leads says of its work, written along each time that the lease is. */
  readonly annotations?: () => Readonly<Record<string, string>>;
  readonly patience?: Partial<LeaderPatience>;
  readonly log: Log;
}

/** A lease that was taken, and when what took it was sent. */
interface Taken {
  readonly lease: LeaseRecord;
  readonly sentAtMs: number;
}

const lostRaces: ReadonlySet<string> = new Set(["CHANGED", "EXISTS", "MISSING"]);
const isLostRace = (error: unknown) => error instanceof ObjectRefusal && lostRaces.has(error.kind);

/**
 * Holds elections by a lease. Times in the lease are for people: how long somebody has not been heard of is measured
 * here, from when a change was seen, so that clocks may differ.
 */
export function createLeaderElection({
  namespace,
  name,
  identity,
  lead,
  log,
  ...parts
}: Parts): LeaderElection {
  const { leaseMs, termMs, retryMs } = { ...usualLeaderPatience, ...parts.patience };
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let current: HeldTerm | undefined;
  let seen: { readonly mark: string; readonly atMs: number } | undefined;

  const clientWithin = (timeoutMs: number, signal?: AbortSignal) =>
    createObjectClient({
      ...{ connection: parts.connection, namespace, manager: fieldManager },
      ...{ timeoutMs: Math.max(1, timeoutMs), ...(signal === undefined ? {} : { signal }) },
    });
  type Client = ReturnType<typeof clientWithin>;

  const isStopping = () => stopping.signal.aborted;

  const pause = (signal: AbortSignal) =>
    wait(retryMs * (0.8 + Math.random() * 0.4), undefined, { signal }).catch(() => undefined);

  /** Whether somebody else holds it who was heard of not long ago. */
  function isOthers({ holder, mark, durationMs }: LeaseRecord): boolean {
    if (seen?.mark !== mark) seen = { mark, atMs: performance.now() };
    if (holder === undefined || holder === identity) return false;
    return performance.now() < seen.atMs + Math.max(durationMs, leaseMs);
  }

  async function write(client: Client, before: LeaseRecord | undefined): Promise<Taken> {
    const spec = heldLease(identity, leaseMs, before);
    const annotations = parts.annotations?.() ?? {};
    const sentAtMs = performance.now();
    const written = before
      ? await client.patch(leaseKind, name, { metadata: { annotations }, spec }, { version: before.version })
      : await client.create(leaseKind, leaseOf(name, spec, annotations));
    return { lease: readLease(written), sentAtMs };
  }

  /** Takes the lease, or holds it on; or says that it is somebody else's, or that somebody was quicker to write to it. */
  async function take(client: Client, known?: LeaseRecord): Promise<Taken | "others" | "lost race"> {
    if (known) {
      try {
        return await write(client, known);
      } catch (error) {
        if (!isLostRace(error)) throw error;
      }
    }
    const found = await client.get(leaseKind, name);
    const lease = found && readLease(found);
    if (lease && isOthers(lease)) return "others";
    try {
      return await write(client, lease);
    } catch (error) {
      if (isLostRace(error)) return "lost race";
      throw error;
    }
  }

  /** Holds the lease until a signal ends; the lease as it was last. */
  async function hold(term: HeldTerm, taken: LeaseRecord, until: AbortSignal): Promise<LeaseRecord> {
    let lease = taken;
    for (;;) {
      await pause(until);
      if (until.aborted) return lease;
      try {
        const renewed = await take(clientWithin(term.leftMs(), term.signal), lease);
        if (typeof renewed === "object") {
          lease = renewed.lease;
          term.extend(renewed.sentAtMs);
        } else if (renewed === "others") {
          term.lose();
        }
      } catch (error) {
        if (!term.signal.aborted) log.warn({ err: error, lease: name }, "the lease could not be renewed");
      }
    }
  }

  async function reign(taken: Taken): Promise<void> {
    const term = createTerm(taken.sentAtMs, termMs);
    current = term;
    log.info({ lease: name, identity }, "leads");
    let leading: Leading | undefined;
    try {
      leading = lead(term);
      const lease = await hold(term, taken.lease, AbortSignal.any([term.signal, stopping.signal]));
      const ended = new AbortController();
      const ending = leading.stop().finally(() => ended.abort());
      // Until the work has ended nobody else is to begin.
      const last = hold(term, lease, AbortSignal.any([term.signal, ended.signal]));
      await ending;
      await release(term, await last);
    } finally {
      term.close();
      current = undefined;
      log.info({ lease: name, identity }, "leads no longer");
    }
  }

  async function release(term: HeldTerm, lease: LeaseRecord): Promise<void> {
    if (term.signal.aborted) return;
    const client = clientWithin(term.leftMs(), term.signal);
    await client
      .patch(leaseKind, name, { spec: releasedLease() }, { version: lease.version })
      .catch((error: unknown) => log.warn({ err: error, lease: name }, "the lease could not be given back"));
  }

  async function run(): Promise<void> {
    while (!isStopping()) {
      try {
        const taken = await take(clientWithin(termMs, stopping.signal));
        // What took too long to be answered is no term.
        if (typeof taken === "object" && performance.now() < taken.sentAtMs + termMs) await reign(taken);
      } catch (error) {
        if (!isStopping()) log.warn({ err: error, lease: name }, "no part in the election");
      }
      if (!isStopping()) await pause(stopping.signal);
    }
  }

  return {
    start: () => {
      if (!isStopping()) running ??= run();
    },
    isLeading: () => current !== undefined && current.leftMs() > 0,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
