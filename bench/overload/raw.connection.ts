import { connect, type Socket } from "node:net";

/** What came back: its status and its body. */
export type Heard = (status: number, body: Buffer) => void;

/** One kept connection, which asks one thing at a time and takes next to no time for it. */
export interface RawConnection {
  /** Sends a request as it is; false when the last one is not answered yet. */
  readonly send: (request: Buffer, heard: Heard) => boolean;
  /** Goes away, whatever was asked. */
  readonly leave: () => void;
  readonly isFree: () => boolean;
  /** Resolves once it is open, or gone. */
  readonly opened: Promise<void>;
}

const headEnd = Buffer.from("\r\n\r\n");
const lengthName = /\r\ncontent-length: *(\d+)/i;

/** Opens a connection; `onCut` is called when somebody else ends it. */
export function openRaw(port: number, onCut: (wasAsked: boolean) => void): RawConnection {
  const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let heard: Heard | undefined;
  let parts: Buffer[] = [];
  let size = 0;
  let expected: { status: number; from: number; to: number } | undefined;
  let isGone = false;

  const gone = () => {
    if (isGone) return;
    isGone = true;
    onCut(heard !== undefined);
  };

  const readHead = (all: Buffer): void => {
    const end = all.indexOf(headEnd);
    if (end < 0) return;
    const head = all.toString("latin1", 0, end);
    const from = end + headEnd.length;
    const length = Number(lengthName.exec(head)?.[1] ?? 0);
    expected = { status: Number(head.slice(9, 12)), from, to: from + length };
  };

  socket.on("data", (data: Buffer) => {
    parts.push(data);
    size += data.length;
    if (!expected) readHead(parts.length === 1 ? data : Buffer.concat(parts));
    if (!expected || size < expected.to) return;
    const { status, from, to } = expected;
    const body = (parts.length === 1 ? data : Buffer.concat(parts)).subarray(from, to);
    const tell = heard;
    [heard, expected, parts, size] = [undefined, undefined, [], 0];
    tell?.(status, body);
  });
  socket.on("error", gone);
  socket.on("close", gone);

  return {
    send: (request, tell) => {
      if (heard !== undefined || isGone) return false;
      heard = tell;
      socket.write(request);
      return true;
    },
    leave: () => {
      isGone = true;
      socket.destroy();
    },
    isFree: () => heard === undefined && !isGone,
    opened: new Promise((resolve) => {
      socket.once("connect", () => resolve()).once("close", () => resolve());
    }),
  };
}

/** A client that asks for a lot, one thing after the other, and reads none of it. */
export function openUnreading(port: number, request: Buffer, times: number): () => void {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  socket.pause();
  for (let time = 0; time < times; time += 1) socket.write(request);
  return () => socket.destroy();
}
