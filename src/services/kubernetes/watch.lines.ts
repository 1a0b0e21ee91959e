import { ClusterUnreachable } from "./cluster.errors.ts";

const newline = 0x0a;

/**
 * The lines of a stream, whatever the borders of its chunks. A line over the limit and one that the end cuts off are
 * failures: nobody knows what was in them.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  bytesLimit: number,
): AsyncGenerator<string, void, undefined> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  const keep = (piece: Uint8Array) => {
    size += piece.length;
    if (size > bytesLimit) throw new ClusterUnreachable("EMSGSIZE");
    if (piece.length > 0) pieces.push(piece);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end));
      // Only a whole line is text: a border may run through a letter.
      const line = Buffer.concat(pieces).toString();
      pieces = [];
      size = 0;
      from = end + 1;
      if (line !== "") yield line;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) throw new ClusterUnreachable("CUT_OFF");
}
