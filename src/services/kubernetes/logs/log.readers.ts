import { batchesOf, batchOf, type LogBatch } from "./log.batch.ts";
import { createLogPace, type BatchLimits } from "./log.pace.ts";
import { createLogQueue, type LogQueue } from "./log.queue.ts";
import type { LogLine, LogRing, RingLimits } from "./log.ring.ts";
import { beginningOf, type LogStart } from "./log.start.ts";

/** All who read one log. */
export interface LogReaders {
  /** One more: who begins with what is remembered, as soon as that is known. */
  readonly join: (start: LogStart) => LogQueue;
  /** Tells them, no faster than the limits allow. */
  readonly tell: (lines: readonly LogLine[]) => void;
  /** Done as soon as there is room for more to tell. */
  readonly room: () => Promise<void>;
  /** For how long more has been written than they could be told. */
  readonly behindMs: () => number;
  /** What they are told from now on is the newest. */
  readonly catchUp: () => void;
  /** The first lines are known. */
  readonly begin: () => void;
  /** Since when the log cannot be read; undefined when it can again. */
  readonly setStale: (since: Date | undefined) => void;
  /** Ends them all, once they have what waits for them. */
  readonly end: (error?: Error) => void;
}

interface Parts {
  readonly ring: LogRing;
  /** What may wait for one of them. */
  readonly limits: RingLimits;
  readonly batch: BatchLimits;
  readonly onLost: (lines: number) => void;
  /** The last one has gone. */
  readonly onEmpty: () => void;
}

export function createLogReaders({ ring, limits, batch: together, onLost, onEmpty }: Parts): LogReaders {
  const readers = new Set<LogQueue>();
  /** Those who wait for the first lines to be known. */
  const waiting = new Map<LogQueue, LogStart>();
  /** How many of the lines that wait to be told somebody has begun with. */
  const known = new Map<LogQueue, number>();
  let hasBegun = false;
  let staleSince: Date | undefined;

  const tellOne = (reader: LogQueue, batch: LogBatch) => {
    const count = known.get(reader);
    if (count === undefined) return reader.push(batch);
    const rest = batch.lines.slice(count);
    if (count > batch.lines.length) known.set(reader, count - batch.lines.length);
    else known.delete(reader);
    if (rest.length > 0) reader.push(batchOf(rest));
  };

  const pace = createLogPace(together, (batch) => {
    for (const reader of readers) if (!waiting.has(reader)) tellOne(reader, batch);
  });

  const begin = (reader: LogQueue, start: LogStart) => {
    const { lines, ...what } = beginningOf(ring, start);
    if (pace.waiting() > 0) known.set(reader, pace.waiting());
    reader.open(batchesOf(lines, together), { ...what, staleSince });
  };

  return {
    join: (start) => {
      const reader: LogQueue = createLogQueue(limits, {
        onLost,
        onLeft: () => {
          waiting.delete(reader);
          known.delete(reader);
          if (readers.delete(reader) && readers.size === 0) onEmpty();
        },
      });
      readers.add(reader);
      if (hasBegun) begin(reader, start);
      else waiting.set(reader, start);
      if (!hasBegun && staleSince) reader.open([], { staleSince });
      return reader;
    },
    tell: pace.add,
    room: pace.room,
    behindMs: pace.behindMs,
    catchUp: pace.catchUp,
    begin: () => {
      hasBegun = true;
      staleSince = undefined;
      for (const [reader, start] of waiting) begin(reader, start);
      waiting.clear();
    },
    setStale: (since) => {
      if (staleSince === since) return;
      staleSince = since;
      for (const reader of readers) {
        // Who waits for the first lines is told that they cannot be had.
        if (!waiting.has(reader)) reader.setStale(since);
        else if (since) reader.open([], { staleSince: since });
      }
    },
    end: (error) => {
      pace.flush();
      for (const reader of readers) reader.end(error);
      readers.clear();
      waiting.clear();
    },
  };
}
