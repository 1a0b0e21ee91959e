import { secondOf, type WrittenLine } from "./log.lines.ts";
import type { LogLine, LogRing } from "./log.ring.ts";

/** What of a log was told, run by run. */
export interface ToldLines {
  readonly tell: (written: readonly WrittenLine[]) => void;
  /** The lines of this run that come again when the cluster is asked from the second of the last. */
  readonly known: () => { readonly sinceTime?: string; readonly lines: readonly WrittenLine[] };
  /** What is told from now on is of another run. */
  readonly nextRun: () => void;
  /** Lines are missing before what is told next. */
  readonly missing: () => void;
}

export function createToldLines(ring: LogRing, tellAll: (lines: readonly LogLine[]) => void): ToldLines {
  let run = 0;
  let isGap = false;
  return {
    tell: (written) => {
      if (written.length === 0) return;
      const lines = written.map((line, index) => ring.add(line, run, isGap && index === 0));
      isGap = false;
      tellAll(lines);
    },
    known: () => {
      const last = ring.last();
      if (last?.run !== run) return { lines: [] };
      const sinceTime = secondOf(last.stamp);
      const first = sinceTime.slice(0, -1);
      return { sinceTime, lines: ring.lines().filter((line) => line.run === run && line.stamp >= first) };
    },
    nextRun: () => {
      run += 1;
    },
    missing: () => {
      isGap = true;
    },
  };
}
