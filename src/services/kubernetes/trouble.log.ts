import type { Log } from "../../log.ts";

/** Says of something that is tried again and again that it breaks, without filling the log. */
export interface TroubleLog {
  /** It broke once more: said at the first time, and then each time that it has broken twice as often for this reason. */
  readonly broke: (reason: string, fields: Readonly<Record<string, unknown>>) => void;
  /** It goes well: said once, if it broke before. */
  readonly isWell: () => void;
}

const isPowerOfTwo = (count: number) => Number.isInteger(Math.log2(count));

/** What is tried is named by its kind, as in "a watch". */
export function createTroubleLog(log: Log, what: string): TroubleLog {
  const counts = new Map<string, number>();
  return {
    broke: (reason, fields) => {
      const times = (counts.get(reason) ?? 0) + 1;
      counts.set(reason, times);
      if (!isPowerOfTwo(times)) return;
      // What has an error of its own is a mistake of ours.
      log["err" in fields ? "error" : "warn"]({ ...fields, reason, times }, `${what} broke`);
    },
    isWell: () => {
      if (counts.size === 0) return;
      const times = [...counts.values()].reduce((sum, count) => sum + count, 0);
      counts.clear();
      log.info({ times }, `${what} goes well again`);
    },
  };
}
