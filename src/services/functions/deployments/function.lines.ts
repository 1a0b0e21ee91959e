import PQueue from "p-queue";
import { RateLimited } from "../../../errors.ts";

/** Lines of those who want to do something to one function, or for one producer, each in its turn. */
export interface FunctionLines {
  /** Refuses to let anybody wait where too many wait already. */
  readonly checkRoom: (key: string) => void;
  readonly lineUp: <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;
}

/** How long somebody turned away is told to wait: about what a deployment takes. */
const retryAfterMs = 6000;

/** What somebody is told who finds others at a function. */
export function busyFunction(): RateLimited {
  return new RateLimited(retryAfterMs, "Others are deploying this function just now; try again in a moment.");
}

export function createFunctionLines(limit: number, concurrency = 1): FunctionLines {
  const lines = new Map<string, PQueue>();

  return {
    checkRoom: (key) => {
      if ((lines.get(key)?.size ?? 0) < limit) return;
      throw busyFunction();
    },
    lineUp: async (key, work) => {
      const line = lines.get(key) ?? new PQueue({ concurrency });
      lines.set(key, line);
      try {
        return await line.add(work);
      } finally {
        if (line.size === 0 && line.pending === 0) lines.delete(key);
      }
    },
  };
}
