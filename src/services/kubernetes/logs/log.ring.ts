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

/** A line whose position is made when somebody asks for it: of a log that nobody can keep up with, few are told. */
class RememberedLine implements LogLine {
  readonly stamp: string;
  readonly text: string;
  readonly isCut: boolean;
  readonly run: number;
  readonly isAfterGap: boolean;
  /** Which one it is of those that are equal and of one moment. */
  readonly number: number;
  private made: string | undefined;

  constructor(
    { stamp, text, isCut }: WrittenLine,
    what: Pick<LogLine, "run" | "isAfterGap">,
    number: number,
  ) {
    this.stamp = stamp;
    this.text = text;
    this.isCut = isCut;
    this.run = what.run;
    this.isAfterGap = what.isAfterGap;
    this.number = number;
  }

  get position(): string {
    this.made ??= `${this.stamp}.${digestOf(this.text)}.${this.number}`;
    return this.made;
  }
}

const digestOf = (text: string) => createHash("sha256").update(text).digest("base64url").slice(0, 8);

/** How much may be let go of before the array is made anew. */
const slack = 1000;

export function createLogRing(limits: RingLimits): LogRing {
  let kept: RememberedLine[] = [];
  let from = 0;
  let bytes = 0;
  let isCutOff = false;

  /** How many times each text was written in the moment of the last line. */
  let equals = new Map<string, number>();

  const numberOf = ({ stamp, text }: WrittenLine): number => {
    if (kept.at(-1)?.stamp !== stamp) equals = new Map();
    const number = (equals.get(text) ?? 0) + 1;
    equals.set(text, number);
    return number;
  };

  const forget = (line: RememberedLine) => {
    bytes -= sizeOf(line);
    // Where a clock stands still, a moment may hold more than is remembered.
    const isOfNow = line.stamp === kept.at(-1)?.stamp;
    if (isOfNow && equals.get(line.text) === line.number) equals.delete(line.text);
  };

  const shrink = () => {
    while (kept.length - from > limits.lines || (bytes > limits.bytes && kept.length - from > 1)) {
      const oldest = kept[from];
      if (oldest) forget(oldest);
      from += 1;
      isCutOff = true;
    }
    if (from < slack) return;
    kept = kept.slice(from);
    from = 0;
  };

  return {
    add: (written, run, isAfterGap) => {
      const line = new RememberedLine(written, { run, isAfterGap }, numberOf(written));
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
