import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import { textFrame } from "./text.frame.ts";

/** From this share of the limit on, the next event of a subscription waits until the client has read. */
const calmShare = 4;

interface Held {
  readonly frame: Buffer;
  readonly written: () => void;
}

/** What waits until others are written. */
interface Backlog {
  readonly held: Held[];
  bytes: number;
  /** The length of the longest of them. */
  longest: number;
}

/** Whose reader it is. */
export interface WriterOwner {
  /** How many bytes may wait for the reader. */
  readonly bufferLimit: number;
  readonly onCut: (why: string) => void;
}

/**
 * Writes to a client that may not read. One message may be longer than the limit: it is written once its reader has
 * read the others. What comes behind it waits here: again up to the limit, and one longer message besides. Frames are
 * written as they are, past the library's own sender, which would write each in two pieces; as nothing is compressed,
 * it never keeps anything back that should go first. Thousands of sockets have a writer: a class, because its methods
 * are there once and not for each of them.
 */
export class SocketWriter {
  private readonly socket: WebSocket;
  private readonly connection: Duplex;
  private readonly owner: WriterOwner;
  private backlog: Backlog | undefined;
  /** How many of those that were written are told of when they are gone. */
  private writing = 0;

  constructor(socket: WebSocket, connection: Duplex, owner: WriterOwner) {
    this.socket = socket;
    this.connection = connection;
    this.owner = owner;
  }

  /** Whether all that was sent has gone, and nothing of it is kept here. */
  isDrained(): boolean {
    return this.backlog === undefined && this.connection.writableLength === 0;
  }

  say(message: object): Promise<void> | undefined {
    return this.send(textFrame(JSON.stringify(message)));
  }

  /** Sends a frame; cuts the connection when too much waits for its reader. A promise is of when more may be sent. */
  send(frame: Buffer): Promise<void> | undefined {
    const { connection, backlog } = this;
    if (this.socket.readyState !== WebSocket.OPEN) return undefined;
    if (backlog) return this.hold(frame, backlog);
    // Only who has not read for a while is waited for: a promise for each message of thousands costs.
    if (connection.writableLength + frame.length <= this.owner.bufferLimit / calmShare) {
      connection.write(frame);
      return undefined;
    }
    if (this.fits(frame)) return new Promise((written) => this.write({ frame, written }));
    this.backlog = { held: [], bytes: 0, longest: 0 };
    return this.hold(frame, this.backlog);
  }

  /** Closes the connection after all that was to be sent. */
  close(code: number, reason: string): void {
    const isOpen = this.socket.readyState === WebSocket.OPEN;
    for (const { frame, written } of this.backlog?.held ?? []) {
      if (isOpen) this.connection.write(frame, written);
      else written();
    }
    this.backlog = undefined;
    this.socket.close(code, reason);
  }

  /** Whether it can be written now: what is longer than the limit waits for no more than that the others are gone. */
  private fits({ length }: Buffer): boolean {
    return this.writing === 0 || this.connection.writableLength + length <= this.owner.bufferLimit;
  }

  private write({ frame, written }: Held): void {
    this.writing += 1;
    this.connection.write(frame, () => {
      this.writing -= 1;
      written();
      this.release();
    });
  }

  private hold(frame: Buffer, backlog: Backlog): Promise<void> | undefined {
    const { length } = frame;
    const longest = Math.max(backlog.longest, length);
    // Nobody is cut for one long answer that they have asked for, wherever among the others it is.
    if (backlog.bytes + length - longest > this.owner.bufferLimit) {
      this.owner.onCut("too much waits for its reader");
      this.socket.terminate();
      return undefined;
    }
    backlog.longest = longest;
    backlog.bytes += length;
    return new Promise((written) => backlog.held.push({ frame, written }));
  }

  private release(): void {
    const { backlog } = this;
    if (!backlog) return;
    for (;;) {
      const [next] = backlog.held;
      if (!next) break;
      if (this.socket.readyState !== WebSocket.OPEN || !this.fits(next.frame)) return;
      backlog.held.shift();
      backlog.bytes -= next.frame.length;
      this.write(next);
    }
    this.backlog = undefined;
  }
}
