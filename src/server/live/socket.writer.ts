import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import type { Beats } from "./beats.ts";

/** From this share of the limit on, the next event of a subscription waits until the client has read. */
const calmShare = 4;

const text = { binary: false };

interface Held {
  readonly message: string | Buffer;
  readonly written: () => void;
}

interface Limits {
  /** How many bytes may wait for the reader. */
  readonly limit: number;
  readonly onCut: () => void;
}

/**
 * Writes to a client that may not read. One message may be longer than the limit: it is written once its reader has
 * read the others. What comes behind it waits here: again up to the limit, and one longer message besides. Thousands of
 * sockets have a writer: a class, because its methods are there once and not for each of them.
 */
export class SocketWriter {
  private readonly socket: WebSocket;
  private readonly limits: Limits;
  private readonly held: Held[] = [];
  private heldBytes = 0;
  /** The length of the longest of them. */
  private longest = 0;
  /** How many of those that were written are told of when they are gone. */
  private writing = 0;

  constructor(socket: WebSocket, limits: Limits) {
    this.socket = socket;
    this.limits = limits;
  }

  /** Sends a message; cuts the connection when too much waits for its reader. A promise is of when more may be sent. */
  send(message: string | Buffer): Promise<void> | undefined {
    const { socket, held } = this;
    if (socket.readyState !== WebSocket.OPEN) return undefined;
    // Only who has not read for a while is waited for: a promise for each message of thousands costs.
    if (held.length === 0 && socket.bufferedAmount + message.length <= this.limits.limit / calmShare) {
      socket.send(message, text);
      return undefined;
    }
    if (held.length === 0 && this.fits(message))
      return new Promise((written) => this.write({ message, written }));
    return this.hold(message);
  }

  /** Closes the connection after all that was to be sent. */
  close(code: number, reason: string): void {
    for (const held of this.held.splice(0)) this.socket.send(held.message, text, held.written);
    this.socket.close(code, reason);
  }

  /** Whether it can be written now: what is longer than the limit waits for no more than that the others are gone. */
  private fits({ length }: string | Buffer): boolean {
    return this.writing === 0 || this.socket.bufferedAmount + length <= this.limits.limit;
  }

  private write({ message, written }: Held): void {
    this.writing += 1;
    this.socket.send(message, text, () => {
      this.writing -= 1;
      written();
      this.release();
    });
  }

  private hold(message: string | Buffer): Promise<void> | undefined {
    const { length } = message;
    const longest = Math.max(this.longest, length);
    // Nobody is cut for one long answer that they have asked for, wherever among the others it is.
    if (this.heldBytes + length - longest > this.limits.limit) {
      this.limits.onCut();
      this.socket.terminate();
      return undefined;
    }
    this.longest = longest;
    this.heldBytes += length;
    return new Promise((written) => this.held.push({ message, written }));
  }

  private release(): void {
    for (;;) {
      const [next] = this.held;
      if (!next || this.socket.readyState !== WebSocket.OPEN || !this.fits(next.message)) return;
      this.held.shift();
      this.heldBytes -= next.message.length;
      if (this.held.length === 0) this.longest = 0;
      this.write(next);
    }
  }
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
