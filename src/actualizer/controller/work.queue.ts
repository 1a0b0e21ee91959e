import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import PQueue from "p-queue";
import { FairTurns } from "./fair.turns.ts";

/**
 * How much something is to be looked at. `usual`: in its turn; after a failure not before it is tried again anyway.
 * `fresh`: it is another thing than the one that failed, so in its turn at once. `now`: before others, who have every second turn all the same.
 */
export type Urgency = "usual" | "fresh" | "now";

/** How busy a queue is. */
export interface QueueCounts {
  readonly waiting: number;
  readonly running: number;
  /** Those that failed and are tried again later. */
  readonly delayed: number;
  /** Tries after a failure, ever. */
  readonly retries: number;
  /** For how long the one that waits longest for its turn has waited. */
  readonly oldestMs: number;
}

/** Looks at keys, each for itself and several side by side; however often one is added, it is looked at once more. */
export interface WorkQueue {
  readonly add: (key: string, urgency?: Urgency) => void;
  /** It is to be looked at in so long, if nothing happens before; the earliest time counts. */
  readonly after: (key: string, delayMs: number) => void;
  readonly counts: () => QueueCounts;
  /** When nothing waits for its turn or runs; what is to be looked at later does not count. */
  readonly whenIdle: () => Promise<void>;
  /** Begins nothing any more; what runs may end in its own time for so long and is then told to stop. */
  readonly stop: (deadlineMs: number) => Promise<void>;
}

interface Parts {
  /** Has to end soon after its signal does. */
  readonly work: (key: string, signal: AbortSignal) => Promise<void>;
  readonly concurrency: number;
  /** How long to wait after so many failures in a row. */
  readonly delayFor: (failures: number, error: unknown) => number;
  readonly onFailure: (key: string, error: unknown, failures: number) => void;
}

interface Entry {
  standing: "idle" | "waiting" | "running";
  sinceMs: number;
  failures: number;
  /** What was asked for while it ran. */
  again: Urgency | undefined;
  laterMs: number | undefined;
  timer: NodeJS.Timeout | undefined;
  dueMs: number;
}

const ranks: Readonly<Record<Urgency, number>> = { usual: 0, fresh: 1, now: 2 };
const priorityOf = (urgency: Urgency) => (urgency === "now" ? 1 : 0);

/** As long as a timer can be set. */
const longestMs = 2 ** 31 - 1;

export function createWorkQueue({ work, concurrency, delayFor, onFailure }: Parts): WorkQueue {
  const turns = new PQueue({ concurrency, queueClass: FairTurns });
  const entries = new Map<string, Entry>();
  const stopping = new AbortController();
  // All that is asked side by side listens to it.
  setMaxListeners(0, stopping.signal);
  let isStopped = false;
  let retries = 0;

  function entryOf(key: string): Entry {
    const known = entries.get(key);
    if (known) return known;
    const idle = { standing: "idle", sinceMs: 0, failures: 0, dueMs: Infinity } as const;
    const entry: Entry = { ...idle, again: undefined, laterMs: undefined, timer: undefined };
    entries.set(key, entry);
    return entry;
  }

  function disarm(entry: Entry): void {
    clearTimeout(entry.timer);
    entry.timer = undefined;
    entry.dueMs = Infinity;
  }

  function arm(key: string, entry: Entry, delayMs: number): void {
    const dueMs = performance.now() + delayMs;
    if (dueMs >= entry.dueMs) return;
    disarm(entry);
    entry.dueMs = dueMs;
    entry.timer = setTimeout(() => begin(key, entry, "usual"), Math.min(delayMs, longestMs)).unref();
  }

  function begin(key: string, entry: Entry, urgency: Urgency): void {
    disarm(entry);
    if (entry.failures > 0) retries += 1;
    entry.standing = "waiting";
    entry.sinceMs = performance.now();
    void turns.add(() => run(key, entry), { id: key, priority: priorityOf(urgency) });
  }

  async function run(key: string, entry: Entry): Promise<void> {
    entry.standing = "running";
    try {
      await work(key, stopping.signal);
      entry.failures = 0;
      settle(key, entry, undefined);
    } catch (error) {
      entry.failures += 1;
      if (!isStopped) onFailure(key, error, entry.failures);
      settle(key, entry, delayFor(entry.failures, error));
    }
  }

  /** Decides when it is looked at next; after a failure that is when it is tried again, unless it is another thing now. */
  function settle(key: string, entry: Entry, delayMs: number | undefined): void {
    const { again, laterMs } = entry;
    entry.standing = "idle";
    entry.again = undefined;
    entry.laterMs = undefined;
    if (isStopped) entries.delete(key);
    else if (again !== undefined && (delayMs === undefined || again !== "usual")) begin(key, entry, again);
    else if (delayMs !== undefined) arm(key, entry, delayMs);
    else if (laterMs !== undefined) arm(key, entry, laterMs);
    else entries.delete(key);
  }

  return {
    add: (key, urgency = "usual") => {
      if (isStopped) return;
      const entry = entryOf(key);
      if (entry.standing === "running") {
        const before = entry.again;
        entry.again = before === undefined || ranks[before] < ranks[urgency] ? urgency : before;
      } else if (entry.standing === "waiting") {
        if (urgency === "now") turns.setPriority(key, priorityOf(urgency));
      } else if (entry.failures === 0 || urgency !== "usual") {
        begin(key, entry, urgency);
      }
    },
    after: (key, delayMs) => {
      if (isStopped) return;
      const entry = entryOf(key);
      if (entry.standing === "idle") arm(key, entry, delayMs);
      else if (entry.standing === "running") entry.laterMs = Math.min(delayMs, entry.laterMs ?? Infinity);
    },
    counts: () => {
      const all = [...entries.values()];
      const waiting = all.filter(({ standing }) => standing === "waiting");
      const oldest = Math.min(...waiting.map(({ sinceMs }) => sinceMs), performance.now());
      return {
        waiting: waiting.length,
        running: all.filter(({ standing }) => standing === "running").length,
        delayed: all.filter(({ standing, failures }) => standing === "idle" && failures > 0).length,
        retries,
        oldestMs: performance.now() - oldest,
      };
    },
    whenIdle: () => turns.onIdle(),
    stop: async (deadlineMs) => {
      isStopped = true;
      if (deadlineMs <= 0) stopping.abort();
      turns.clear();
      for (const [key, entry] of entries) {
        disarm(entry);
        if (entry.standing !== "running") entries.delete(key);
      }
      const deadline = new AbortController();
      const late = wait(deadlineMs, undefined, { signal: deadline.signal }).catch(() => undefined);
      await Promise.race([turns.onIdle(), late]);
      deadline.abort();
      stopping.abort();
      await turns.onIdle();
    },
  };
}
