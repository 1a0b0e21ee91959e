import { once } from "node:events";
import { connect } from "node:net";

/** What a server answered, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

function answerIn(received: string): RawAnswer | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const body = received.slice(end + 4);
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? "0");
  if (Buffer.byteLength(body) < length) return undefined;
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head, body };
}

/** Writes one request as it stands, the whole of it before anything is read, and reads the answer. */
export async function sendRaw(port: number, request: string): Promise<RawAnswer> {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8").pause();
  await once(socket, "connect");
  await new Promise<void>((resolve, reject) => {
    socket.write(request, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  let received = "";
  try {
    for await (const text of socket as AsyncIterable<string>) {
      received += text;
      const answer = answerIn(received);
      if (answer) return answer;
    }
  } finally {
    socket.destroy();
  }
  throw new Error(`The connection ended after ${received.length} characters.`);
}
