import { createHash } from "node:crypto";
import type { WrittenLine } from "./log.lines.ts";

/** A line as it is remembered and told. */
export interface LogLine extends WrittenLine {
  /** Tells it from all other lines of the container: where a reader can go on after it. */
  readonly position: string;
  /** Which run of the container wrote it, counted since the log is followed. */
  readonly run: number;
  /** Whether lines are missing before it, and nobody knows how many. */
  readonly isAfterGap: boolean;
}

/** What is remembered at most. */
export interface RingLimits {
  readonly lines: number;
  readonly bytes: number;
}

/** The newest lines of a log. */
export interface LogRing {
  readonly add: (written: WrittenLine, run: number, isAfterGap: boolean) => LogLine;
  readonly lines: () => readonly LogLine[];
  readonly last: () => LogLine | undefined;
  /** Whether older lines were there once and are not any more. */
  readonly isCutOff: () => boolean;
  readonly markCutOff: () => void;
}

/** What a line takes up, roughly. */
export const sizeOf = ({ text }: WrittenLine): number => text.length + 150;

/** When the line was written that a position is of. */
export const stampIn = (position: string): string => position.slice(0, position.indexOf("Z") + 1);

function positionOf({ stamp, text }: WrittenLine, number: number): string {
  const digest = createHash("sha256").update(text).digest("base64url").slice(0, 8);
  return `${stamp}.${digest}.${number}`;
}

/** How much may be let go of before the array is made anew. */
const slack = 1000;

export function createLogRing(limits: RingLimits): LogRing {
  let kept: LogLine[] = [];
  let from = 0;
  let bytes = 0;
  let isCutOff = false;

  /** How many lines were written in the same moment before. */
  const numberOf = ({ stamp, text }: WrittenLine): number => {
    let number = 1;
    for (let index = kept.length - 1; index >= from && kept[index]?.stamp === stamp; index -= 1) {
      if (kept[index]?.text === text) number += 1;
    }
    return number;
  };

  const shrink = () => {
    while (kept.length - from > limits.lines || (bytes > limits.bytes && kept.length - from > 1)) {
      const oldest = kept[from];
      if (oldest) bytes -= sizeOf(oldest);
      from += 1;
      isCutOff = true;
    }
    if (from < slack) return;
    kept = kept.slice(from);
    from = 0;
  };

  return {
    add: (written, run, isAfterGap) => {
      const line = { ...written, position: positionOf(written, numberOf(written)), run, isAfterGap };
      kept.push(line);
      bytes += sizeOf(line);
      shrink();
      return line;
    },
    lines: () => kept.slice(from),
    last: () => kept.at(-1),
    isCutOff: () => isCutOff,
    markCutOff: () => {
      isCutOff = true;
    },
  };
}
