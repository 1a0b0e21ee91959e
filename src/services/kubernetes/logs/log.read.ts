import { ClusterUnreachable } from "../cluster.errors.ts";
import { createLineSplitter, type WrittenLine } from "./log.lines.ts";
import type { LogPatience } from "./log.patience.ts";
import type { LogSource, LogWanted } from "./log.source.ts";

/** What was written before: the last of it, if there is more than may be held. */
export interface ReadLines {
  readonly lines: readonly WrittenLine[];
  /** What came after the last end of a line; it may go on. */
  readonly rest: WrittenLine | undefined;
  /** Whether older lines of what was wanted were left out, or newer ones because there was too much to read. */
  readonly isShort: boolean;
}

interface Wanted extends Omit<LogWanted, "follow" | "limitBytes"> {
  /** Most lines that are held. */
  readonly lines: number;
  /** Most bytes of text that are held. */
  readonly bytes: number;
}

/** Reads what a log holds now; undefined where there is none. */
export async function readLines(
  source: LogSource,
  { lines: most, bytes: mostBytes, ...wanted }: Wanted,
  { readTimeoutMs, readBytes, lineBytes }: Pick<LogPatience, "readTimeoutMs" | "readBytes" | "lineBytes">,
  signal?: AbortSignal,
): Promise<ReadLines | undefined> {
  const stream = await source.open(
    { ...wanted, limitBytes: readBytes },
    { lifeMs: readTimeoutMs, ...(signal ? { signal } : {}) },
  );
  if (!stream) return undefined;
  const splitter = createLineSplitter(lineBytes);
  let lines: WrittenLine[] = [];
  let [read, held, from] = [0, 0, 0];
  const keep = (line: WrittenLine) => {
    lines.push(line);
    held += line.text.length;
    for (; lines.length - from > most || (held > mostBytes && lines.length - from > 1); from += 1) {
      held -= lines[from]?.text.length ?? 0;
    }
    if (from <= most) return;
    lines = lines.slice(from);
    from = 0;
  };
  let isShort = false;
  try {
    for await (const chunk of stream.chunks) {
      read += chunk.length;
      for (const line of splitter.feed(chunk)) {
        keep(line);
        isShort ||= from > 0;
      }
    }
  } catch (error) {
    if (signal?.aborted || error instanceof ClusterUnreachable) throw error;
    throw new ClusterUnreachable("CUT_OFF");
  } finally {
    stream.close();
  }
  // What the limit cut in two is no line.
  const isWhole = read < readBytes;
  const rest = isWhole ? splitter.rest() : undefined;
  return { lines: lines.slice(from), rest, isShort: isShort || !isWhole };
}
