import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import type { Beats } from "./beats.ts";

/** Writes to a client that may not read. */
export interface SocketWriter {
  /** Sends a message; cuts the connection when too much waits for its reader. A promise is of when more may be sent. */
  readonly send: (message: string | Buffer) => Promise<void> | undefined;
}

/** From this share of the limit on, the next event of a subscription waits until the client has read. */
const calmShare = 4;

const text = { binary: false };

export function createSocketWriter(
  socket: WebSocket,
  { limit, onCut }: { limit: number; onCut: () => void },
): SocketWriter {
  return {
    send: (message) => {
      if (socket.readyState !== WebSocket.OPEN) return undefined;
      // Only who has not read for a while is waited for: a promise for each message of thousands costs.
      const isBehind = socket.bufferedAmount + message.length > limit / calmShare;
      let sent: Promise<void> | undefined;
      if (isBehind) sent = new Promise((resolve) => socket.send(message, text, () => resolve()));
      else socket.send(message, text);
      if (socket.bufferedAmount <= limit) return sent;
      onCut();
      socket.terminate();
      return undefined;
    },
  };
}

/**
 * Cuts a connection whose client does not answer from one ping to the next. Each ping is another word, and only that
 * word counts for an answer: a client that reads nothing cannot know it, whatever it sends of its own accord. Ends when
 * the returned function is called.
 */
export function keepAlive(socket: WebSocket, beats: Beats, onDead: () => void): () => void {
  let expected: string | undefined;
  socket.on("pong", (word) => {
    if (word.toString() === expected) expected = undefined;
  });
  return beats.join(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    if (expected !== undefined) {
      onDead();
      socket.terminate();
      return;
    }
    expected = randomBytes(8).toString("hex");
    socket.ping(expected);
  });
}
