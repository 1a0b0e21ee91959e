import type { Delivery } from "../../../live/event.queue.ts";
import { sizeOf, type LogLine, type RingLimits } from "./log.ring.ts";

/** Lines of one run of a container, as one reader gets them. */
export interface LogChunk {
  readonly lines: readonly LogLine[];
  /** Whether the container has been started anew since what the reader got before. */
  readonly restarted: boolean;
  /** Whether lines are missing before these, and nobody knows how many. */
  readonly gap: boolean;
  /** Since when the log cannot be read; undefined while it can. */
  readonly staleSince: Date | undefined;
}

/** Lines of one run that are told together, with nothing missing between them. */
export interface LogBatch {
  readonly lines: readonly LogLine[];
  /** How many bytes they take up. */
  readonly size: number;
  /** Them, for one who has missed nothing: the same object for all who get them alike, so that one answer is made of it. */
  readonly deliver: (what: Omit<LogChunk, "lines">) => Delivery<LogChunk>;
}

const sizeOfAll = (lines: readonly LogLine[]) => lines.reduce((sum, line) => sum + sizeOf(line), 0);

/** Makes a batch of lines that belong together. */
export function batchOf(lines: readonly LogLine[], size = sizeOfAll(lines)): LogBatch {
  let made: Delivery<LogChunk> | undefined;
  return {
    lines,
    size,
    deliver: ({ restarted, gap, staleSince }) => {
      const { event } = made ?? {};
      const isAlike = event?.restarted === restarted && event.gap === gap && event.staleSince === staleSince;
      if (!made || !isAlike) made = { event: { lines, restarted, gap, staleSince }, missed: 0 };
      return made;
    },
  };
}

/** The first of these lines that may be told together; undefined when there are none. */
export function firstBatch(lines: readonly LogLine[], limits: RingLimits, from = 0): LogBatch | undefined {
  const first = lines[from];
  if (!first) return undefined;
  let [size, end] = [0, from];
  for (let next: LogLine | undefined = first; next; next = lines[end]) {
    const isOther = end > from && (next.isAfterGap || next.run !== first.run);
    if (isOther || end - from >= limits.lines || size >= limits.bytes) break;
    size += sizeOf(next);
    end += 1;
  }
  return batchOf(lines.slice(from, end), size);
}

/** All of these lines, in batches. */
export function batchesOf(lines: readonly LogLine[], limits: RingLimits): readonly LogBatch[] {
  const batches: LogBatch[] = [];
  let from = 0;
  for (let next = firstBatch(lines, limits); next; next = firstBatch(lines, limits, from)) {
    batches.push(next);
    from += next.lines.length;
  }
  return batches;
}
