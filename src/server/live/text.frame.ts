/** Whole, and text; a server masks nothing (RFC 6455, section 5.2). */
const wholeText = 0x81;
const shortest = 126;
const longer = 65_536;

const headLength = (length: number): number => (length < shortest ? 2 : length < longer ? 4 : 10);

/** A message of so many bytes as it goes over a WebSocket, and from where on it is to be filled in. */
export function emptyFrame(length: number): { readonly frame: Buffer; readonly start: number } {
  const start = headLength(length);
  const frame = Buffer.allocUnsafe(start + length);
  frame[0] = wholeText;
  if (length < shortest) {
    frame[1] = length;
  } else if (length < longer) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  return { frame, start };
}

/** A text as it goes over a WebSocket: in one piece, so that it is one write. */
export function textFrame(text: string): Buffer {
  const { frame, start } = emptyFrame(Buffer.byteLength(text));
  frame.write(text, start);
  return frame;
}
