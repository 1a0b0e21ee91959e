import PQueue from "p-queue";
import { RateLimited } from "../errors.ts";

/** Lets writes to one thing through one after the other, in the order they came; different things do not wait. */
export interface WriteQueue {
  readonly run: <Result>(key: string, write: () => Promise<Result>) => Promise<Result>;
}

/** How long somebody turned away is told to wait: about what a handful of writes take. */
const retryAfterMs = 1000;

export function createWriteQueue(limit: number): WriteQueue {
  const queues = new Map<string, PQueue>();
  return {
    run: async (key, write) => {
      const queue = queues.get(key) ?? new PQueue({ concurrency: 1 });
      if (queue.size >= limit) throw new RateLimited(retryAfterMs);
      queues.set(key, queue);
      try {
        return await queue.add(write);
      } finally {
        if (queue.size === 0 && queue.pending === 0) queues.delete(key);
      }
    },
  };
}
