import PQueue from "p-queue";
import { RateLimited } from "../errors.ts";
import type { Tracing } from "../tracing/tracing.ts";

/** Lets writes to one thing through one after the other, in the order they came; different things do not wait. */
export interface WriteQueue {
  readonly run: <Result>(key: string, write: () => Promise<Result>) => Promise<Result>;
  readonly counts: () => QueuedWrites;
}

/** How many writes there are. */
export interface QueuedWrites {
  readonly running: number;
  readonly waiting: number;
}

/** A write that stays in the trace of who asked for it, whoever's end lets it begin; its wait is a span of its own. */
function inItsTrace<Result>(tracing: Tracing, write: () => Promise<Result>): () => Promise<Result> {
  let begin: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => (begin = resolve));
  void tracing.within({ name: "wait for a turn to write" }, () => waiting);
  return tracing.bind(() => {
    begin();
    return write();
  });
}

/** How long somebody turned away is told to wait: about what a handful of writes take. */
const retryAfterMs = 1000;

export function createWriteQueue(limit: number, tracing?: Tracing): WriteQueue {
  const queues = new Map<string, PQueue>();
  return {
    run: async (key, write) => {
      const queue = queues.get(key) ?? new PQueue({ concurrency: 1 });
      if (queue.size >= limit) throw new RateLimited(retryAfterMs);
      queues.set(key, queue);
      try {
        return await queue.add(tracing ? inItsTrace(tracing, write) : write);
      } finally {
        if (queue.size === 0 && queue.pending === 0) queues.delete(key);
      }
    },
    counts: () => {
      const all = [...queues.values()];
      const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
      return {
        running: sum(all.map((queue) => queue.pending)),
        waiting: sum(all.map((queue) => queue.size)),
      };
    },
  };
}
