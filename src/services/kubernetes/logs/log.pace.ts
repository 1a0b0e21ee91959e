import { firstBatch, type LogBatch } from "./log.batch.ts";
import { sizeOf, type LogLine, type RingLimits } from "./log.ring.ts";

/** Most that is told at once, and how often. */
export interface BatchLimits extends RingLimits {
  readonly everyMs: number;
}

/** Tells lines in batches, one at once and the next ones a while apart, however fast lines come. */
export interface LogPace {
  readonly add: (lines: readonly LogLine[]) => void;
  /** How many lines have come and wait to be told. */
  readonly waiting: () => number;
  /** Done as soon as what waits is less than a batch: who reads on only then, reads no faster than is told. */
  readonly room: () => Promise<void>;
  /** For how long more has come than could be told, but for short times between. */
  readonly behindMs: () => number;
  /** What comes from now on is the newest. */
  readonly catchUp: () => void;
  /** Tells all that waits, at once. */
  readonly flush: () => void;
}

/** How many full batches one counts for that is not: a log that is read late has but few of them. */
const weight = 10;

export function createLogPace(limits: BatchLimits, tell: (batch: LogBatch) => void): LogPace {
  let kept: readonly LogLine[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  /** How many batches have been full, less those that were not. */
  let full = 0;
  let onRoom: (() => void)[] = [];

  const isFull = () => kept.length >= limits.lines || bytes >= limits.bytes;

  const tellNext = (): boolean => {
    const batch = firstBatch(kept, limits);
    if (!batch) return false;
    kept = kept.slice(batch.lines.length);
    bytes -= batch.size;
    const isWhole = batch.lines.length >= limits.lines || batch.size >= limits.bytes;
    full = isWhole ? full + 1 : Math.max(0, full - weight);
    tell(batch);
    return true;
  };

  const letIn = () => {
    const called = onRoom;
    onRoom = [];
    for (const each of called) each();
  };

  const beat = () => {
    const isTelling = tellNext();
    if (!isTelling) full = 0;
    timer = isTelling ? setTimeout(beat, limits.everyMs) : undefined;
    if (!isFull()) letIn();
  };

  return {
    add: (lines) => {
      kept = kept.length === 0 ? lines : [...kept, ...lines];
      bytes += lines.reduce((sum, line) => sum + sizeOf(line), 0);
      if (!timer) beat();
    },
    waiting: () => kept.length,
    room: () => (isFull() ? new Promise((resolve) => onRoom.push(resolve)) : Promise.resolve()),
    behindMs: () => full * limits.everyMs,
    catchUp: () => {
      full = 0;
    },
    flush: () => {
      clearTimeout(timer);
      timer = undefined;
      while (tellNext());
      letIn();
    },
  };
}
