import type { Delivery } from "../../../live/event.queue.ts";
import { sourceOf, type Ending, type ReadySource } from "../../../live/ready.source.ts";
import { batchOf, type LogBatch, type LogChunk } from "./log.batch.ts";
import { sizeOf, type RingLimits } from "./log.ring.ts";

/** What waits for one reader. */
export interface LogQueue extends ReadySource<Delivery<LogChunk>> {
  /** From now on there is something to tell, be it that there are no lines. */
  readonly open: (batches: readonly LogBatch[], what?: Partial<Omit<LogChunk, "lines">>) => void;
  readonly push: (batch: LogBatch) => void;
  readonly setStale: (since: Date | undefined) => void;
  /** Ends it once all that waits is delivered: well, or with an error. */
  readonly end: (error?: Error) => void;
}

/** A reader's own queue. One that is full loses its oldest lines, and the next chunk says how many. */
export function createLogQueue(
  limits: RingLimits,
  { onLost, onLeft }: { onLost: (lines: number) => void; onLeft: () => void },
): LogQueue {
  let waiting: LogBatch[] = [];
  /** How many lines of the first batch are lost. */
  let from = 0;
  let [lines, bytes] = [0, 0];
  let missed = 0;
  let run: number | undefined;
  let staleSince: Date | undefined;
  /** Something other than lines is to be told: the beginning, or that the log can be read again. */
  let news: { readonly gap: boolean; readonly restarted: boolean } | undefined;
  let isOpen = false;
  let end: Ending | undefined;
  let listener: (() => void) | undefined;

  const loseOne = () => {
    const [first] = waiting;
    const line = first?.lines[from];
    if (!first || !line) return;
    lines -= 1;
    bytes -= sizeOf(line);
    from += 1;
    if (from < first.lines.length) return;
    waiting.shift();
    from = 0;
  };

  /** What comes next: a batch as it is for everybody, unless some of it is lost. */
  const takeBatch = (): LogBatch | undefined => {
    const first = waiting.shift();
    const batch = first && from > 0 ? batchOf(first.lines.slice(from)) : first;
    from = 0;
    lines -= batch?.lines.length ?? 0;
    bytes -= batch?.size ?? 0;
    return batch;
  };

  const take = (): Delivery<LogChunk> | undefined => {
    if (!isOpen || (lines === 0 && !news)) return undefined;
    const batch = takeBatch();
    const first = batch?.lines[0];
    const isOtherRun = first !== undefined && run !== undefined && first.run !== run;
    const what = {
      restarted: (news?.restarted ?? false) || isOtherRun,
      gap: (news?.gap ?? false) || (first?.isAfterGap ?? false),
      staleSince,
    };
    const event = { lines: batch?.lines ?? [], ...what };
    const delivery = batch && missed === 0 ? batch.deliver(what) : { event, missed };
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
    ending: () => (isOpen && (lines > 0 || news) ? undefined : end),
    leave: () => {
      waiting = [];
      [from, lines, bytes] = [0, 0, 0];
      news = undefined;
      queue.end();
      onLeft();
    },
  });

  const add = (batch: LogBatch) => {
    waiting.push(batch);
    lines += batch.lines.length;
    bytes += batch.size;
    let lost = 0;
    for (; lines > limits.lines || (bytes > limits.bytes && lines > 1); lost += 1) loseOne();
    missed += lost;
    if (lost > 0) onLost(lost);
  };

  const queue: LogQueue = Object.assign(source, {
    open: (batches, { gap = false, restarted = false, staleSince: since } = {}) => {
      isOpen = true;
      staleSince = since;
      news = { gap, restarted };
      if (!end) batches.forEach(add);
      listener?.();
    },
    push: (batch) => {
      if (end) return;
      add(batch);
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
