import { setTimeout as wait } from "node:timers/promises";

/** Tells when nothing is left to be done just now. */
export interface Quiet {
  /** Ends once it has been quiet for a moment; throws where that takes longer than it may. */
  readonly settled: (timeoutMs: number) => Promise<void>;
}

interface Parts {
  readonly isBusy: () => boolean;
  /** How long nothing may be to do until it counts as quiet: what was written comes back by the watches meanwhile. */
  readonly quietMs?: number;
  readonly lookMs?: number;
}

export function createQuiet({ isBusy, quietMs = 150, lookMs = 10 }: Parts): Quiet {
  return {
    settled: async (timeoutMs) => {
      const deadlineMs = performance.now() + timeoutMs;
      let sinceMs = performance.now();
      while (performance.now() < sinceMs + quietMs) {
        if (performance.now() > deadlineMs) throw new Error("The actualizer does not come to rest.");
        await wait(lookMs, undefined, { ref: false });
        if (isBusy()) sinceMs = performance.now();
      }
    },
  };
}
