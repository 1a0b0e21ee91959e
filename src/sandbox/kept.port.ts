import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** So many are kept; of more, the oldest are given up. */
const mostKept = 300;
const kept = new Map<number, Socket>();
let farEnd: Promise<number> | undefined;

/** Has all there that keeping a port takes: between being left and being kept it is anybody's. */
export async function prepareKeeping(): Promise<void> {
  farEnd ??= openFarEnd();
  await farEnd;
}

async function openFarEnd(): Promise<number> {
  const server = createServer((socket) => socket.on("error", () => undefined).unref()).unref();
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/**
 * Keeps a port on which nothing listens any more from everybody else: whoever still asks there is refused, and not
 * answered by another server that has been given it. Without effect where that cannot be done.
 */
export async function keepPort(port: number): Promise<void> {
  const socket = connect({
    ...{ host: "127.0.0.1", port: await (farEnd ??= openFarEnd()) },
    ...{ localAddress: "127.0.0.1", localPort: port },
  });
  socket.unref();
  kept.set(port, socket);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) givePortUp(oldest);
  await new Promise<void>((done) => {
    socket.once("connect", done);
    socket.on("error", () => done());
  });
}

/** Lets a port be listened on again. */
export function givePortUp(port: number): void {
  kept.get(port)?.resetAndDestroy();
  kept.delete(port);
}
