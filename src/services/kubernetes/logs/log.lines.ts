/** A line as a container wrote it: when, to the nanosecond and in UTC, and what. */
export interface WrittenLine {
  readonly stamp: string;
  readonly text: string;
  /** Whether its end was left off because it was too long. */
  readonly isCut: boolean;
}

/** Takes a stream apart, whatever the borders of its chunks. */
export interface LineSplitter {
  /** The lines that this chunk ends. */
  readonly feed: (chunk: Uint8Array) => readonly WrittenLine[];
  /** What came after the last end of a line: whether it is whole, only somebody else can know. */
  readonly rest: () => WrittenLine | undefined;
}

const newline = 0x0a;
/** The longest that stands before a text. */
const stampBytes = 40;
const stampForm = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)(?: |$)/;

/** Nodes write the time as they like: in their own zone, and with as many digits as it takes. */
function stampOf(seconds: string, fraction: string, zone: string): string | undefined {
  const time = new Date(`${seconds}${zone}`);
  if (Number.isNaN(time.getTime())) return undefined;
  return `${time.toISOString().slice(0, 19)}.${fraction.padEnd(9, "0")}Z`;
}

/** A line that has no time is not the container's: it is what the cluster says of the log. */
function readLine(line: string, isCut: boolean): WrittenLine | undefined {
  const [start = "", seconds = "", fraction = "", zone = ""] = stampForm.exec(line) ?? [];
  const stamp = start === "" ? undefined : stampOf(seconds, fraction, zone);
  // The cut may run through a letter.
  const text = isCut ? line.slice(start.length).replace(/\uFFFD+$/, "") : line.slice(start.length);
  return stamp === undefined ? undefined : { stamp, text, isCut };
}

/** Splits what comes with a time before each line. A line of more bytes than the limit is cut there. */
export function createLineSplitter(bytesLimit: number): LineSplitter {
  const room = bytesLimit + stampBytes;
  let pieces: Uint8Array[] = [];
  let size = 0;
  let isCut = false;

  const keep = (piece: Uint8Array) => {
    const kept = piece.subarray(0, room - size);
    if (kept.length < piece.length) isCut = true;
    size += kept.length;
    // A copy, so that a few bytes do not hold on to a whole chunk.
    if (kept.length > 0) pieces.push(Uint8Array.from(kept));
  };
  const take = () => {
    const line = readLine(Buffer.concat(pieces).toString(), isCut);
    pieces = [];
    size = 0;
    isCut = false;
    return line;
  };

  return {
    feed: (chunk) => {
      const lines: WrittenLine[] = [];
      let from = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
        keep(chunk.subarray(from, end));
        const line = take();
        if (line) lines.push(line);
        from = end + 1;
      }
      keep(chunk.subarray(from));
      return lines;
    },
    rest: () => (size > 0 ? take() : undefined),
  };
}

/** The whole second of a line, which is as close as the cluster can be asked. */
export const secondOf = (stamp: string): string => `${stamp.slice(0, 19)}Z`;
