import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";

/** Writes to a client that may not read. */
export interface SocketWriter {
  /** Sends a message; cuts the connection when too much waits for its reader. Resolves when more may be sent. */
  readonly send: (message: string) => Promise<void>;
}

/** From this share of the limit on, the next event of a subscription waits until the client has read. */
const calmShare = 4;

export function createSocketWriter(
  socket: WebSocket,
  { limit, onCut }: { limit: number; onCut: () => void },
): SocketWriter {
  return {
    send: async (message) => {
      if (socket.readyState !== WebSocket.OPEN) return;
      const sent = new Promise<void>((resolve) => socket.send(message, () => resolve()));
      if (socket.bufferedAmount > limit) {
        onCut();
        socket.terminate();
        return;
      }
      if (socket.bufferedAmount > limit / calmShare) await sent;
    },
  };
}

/**
 * Cuts a connection whose client does not answer from one ping to the next. Each ping is another word, and only that
 * word counts for an answer: a client that reads nothing cannot know it, whatever it sends of its own accord.
 */
export function keepAlive(socket: WebSocket, everyMs: number, onDead: () => void): void {
  let expected: string | undefined;
  const timer = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (expected !== undefined) {
      onDead();
      socket.terminate();
      return;
    }
    expected = randomBytes(8).toString("hex");
    socket.ping(expected);
  }, everyMs).unref();
  socket.on("pong", (word) => {
    if (word.toString() === expected) expected = undefined;
  });
  socket.once("close", () => clearInterval(timer));
}
