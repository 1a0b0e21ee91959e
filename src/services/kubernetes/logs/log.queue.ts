import type { Delivery } from "../../../live/event.queue.ts";
import { sourceOf, type Ending, type ReadySource } from "../../../live/ready.source.ts";
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

/** What waits for one reader. */
export interface LogQueue extends ReadySource<Delivery<LogChunk>> {
  /** From now on there is something to tell, be it that there are no lines. */
  readonly open: (lines: readonly LogLine[], what?: Partial<Omit<LogChunk, "lines">>) => void;
  readonly push: (lines: readonly LogLine[]) => void;
  readonly setStale: (since: Date | undefined) => void;
  /** Ends it once all that waits is delivered: well, or with an error. */
  readonly end: (error?: Error) => void;
}

/** Most lines that are told at once. */
const chunkLines = 500;

/** A reader's own queue. One that is full loses its oldest lines, and the next chunk says how many. */
export function createLogQueue(
  limits: RingLimits,
  { onLost, onLeft }: { onLost: (lines: number) => void; onLeft: () => void },
): LogQueue {
  let waiting: LogLine[] = [];
  let from = 0;
  let bytes = 0;
  let missed = 0;
  let run: number | undefined;
  let staleSince: Date | undefined;
  /** Something other than lines is to be told: the beginning, or that the log can be read again. */
  let news: { readonly gap: boolean; readonly restarted: boolean } | undefined;
  let isOpen = false;
  let end: Ending | undefined;
  let listener: (() => void) | undefined;

  const shift = () => {
    const line = waiting[from];
    if (!line) return;
    from += 1;
    bytes -= sizeOf(line);
    if (from < waiting.length && from <= 2 * limits.lines) return;
    waiting = waiting.slice(from);
    from = 0;
  };

  /** Lines of one run, with nothing missing between them. */
  const takeLines = (): readonly LogLine[] => {
    const lines: LogLine[] = [];
    for (let next = waiting[from]; next && lines.length < chunkLines; next = waiting[from]) {
      if (lines.length > 0 && (next.isAfterGap || next.run !== lines[0]?.run)) break;
      lines.push(next);
      shift();
    }
    return lines;
  };

  const take = (): Delivery<LogChunk> | undefined => {
    if (!isOpen || (from === waiting.length && !news)) return undefined;
    const lines = takeLines();
    const [first] = lines;
    const isOtherRun = first !== undefined && run !== undefined && first.run !== run;
    const event = {
      lines,
      restarted: (news?.restarted ?? false) || isOtherRun,
      gap: (news?.gap ?? false) || (first?.isAfterGap ?? false),
      staleSince,
    };
    const delivery = { event, missed };
    run = first?.run ?? run;
    news = undefined;
    missed = 0;
    return delivery;
  };

  const source = sourceOf<Delivery<LogChunk>>({
    take,
    onReady: (called) => {
      listener = called;
    },
    ending: () => (isOpen && (from < waiting.length || news) ? undefined : end),
    leave: () => {
      waiting = [];
      from = 0;
      news = undefined;
      queue.end();
      onLeft();
    },
  });

  const queue: LogQueue = Object.assign(source, {
    open: (lines, { gap = false, restarted = false, staleSince: since } = {}) => {
      isOpen = true;
      staleSince = since;
      news = { gap, restarted };
      queue.push(lines);
    },
    push: (lines) => {
      if (end) return;
      for (const line of lines) {
        waiting.push(line);
        bytes += sizeOf(line);
      }
      let lost = 0;
      while (waiting.length - from > limits.lines || (bytes > limits.bytes && waiting.length - from > 1)) {
        shift();
        lost += 1;
      }
      missed += lost;
      if (lost > 0) onLost(lost);
      listener?.();
    },
    setStale: (since) => {
      if (staleSince === since) return;
      staleSince = since;
      news ??= { gap: false, restarted: false };
      listener?.();
    },
    end: (error) => {
      end ??= error ? { error } : {};
      listener?.();
    },
  } satisfies Omit<LogQueue, keyof ReadySource<Delivery<LogChunk>>>);
  return queue;
}
