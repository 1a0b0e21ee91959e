import { createLogQueue, type LogQueue } from "./log.queue.ts";
import type { LogLine, LogRing, RingLimits } from "./log.ring.ts";
import { beginningOf, type LogStart } from "./log.start.ts";

/** All who read one log. */
export interface LogReaders {
  /** One more: who begins with what is remembered, as soon as that is known. */
  readonly join: (start: LogStart) => LogQueue;
  readonly tell: (lines: readonly LogLine[]) => void;
  /** The first lines are known. */
  readonly begin: () => void;
  /** Since when the log cannot be read; undefined when it can again. */
  readonly setStale: (since: Date | undefined) => void;
  /** Ends them all, once they have what waits for them. */
  readonly end: (error?: Error) => void;
}

interface Parts {
  readonly ring: LogRing;
  readonly limits: RingLimits;
  readonly onLost: (lines: number) => void;
  /** The last one has gone. */
  readonly onEmpty: () => void;
}

export function createLogReaders({ ring, limits, onLost, onEmpty }: Parts): LogReaders {
  const readers = new Set<LogQueue>();
  /** Those who wait for the first lines to be known. */
  const waiting = new Map<LogQueue, LogStart>();
  let hasBegun = false;
  let staleSince: Date | undefined;

  const begin = (reader: LogQueue, start: LogStart) => {
    const { lines, ...what } = beginningOf(ring, start);
    reader.open(lines, { ...what, staleSince });
  };

  return {
    join: (start) => {
      const reader: LogQueue = createLogQueue(limits, {
        onLost,
        onLeft: () => {
          waiting.delete(reader);
          if (readers.delete(reader) && readers.size === 0) onEmpty();
        },
      });
      readers.add(reader);
      if (hasBegun) begin(reader, start);
      else waiting.set(reader, start);
      if (!hasBegun && staleSince) reader.open([], { staleSince });
      return reader;
    },
    tell: (lines) => {
      for (const reader of readers) if (!waiting.has(reader)) reader.push(lines);
    },
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
      for (const reader of readers) reader.end(error);
      readers.clear();
      waiting.clear();
    },
  };
}
