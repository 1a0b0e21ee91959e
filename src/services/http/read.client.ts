import type { IncomingHttpHeaders } from "node:http";
import { Pool, type Dispatcher } from "undici";
import { CallFailed, failureOf } from "./call.failure.ts";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Where a read goes, and what with. */
export interface Read {
  /** Escaped, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A read that is under way. */
export interface Reading {
  readonly answer: Promise<RawAnswer>;
  /** Ends it here and at the service; one that is over already stays as it is. */
  readonly cut: (failure: CallFailed) => void;
}

/** Reads from one service, over kept connections. */
export interface ReadClient {
  readonly read: (read: Read) => Reading;
  /** Lets go of it; what is under way is cut when it is asked to hurry. */
  readonly close: (isHurried: boolean) => void;
}

interface ReadOptions {
  readonly timeoutMs: number;
  readonly answerLimit: number;
  readonly connections: number;
  readonly isFresh?: boolean | undefined;
}

/** Gathers an answer, as far as it is wanted. */
class Gathering implements Dispatcher.DispatchHandler, Reading {
  readonly answer: Promise<RawAnswer>;
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #controller: Dispatcher.DispatchController | undefined;
  #failure: CallFailed | undefined;
  #resolve!: (answer: RawAnswer) => void;
  #reject!: (failure: CallFailed) => void;

  constructor(limit: number) {
    this.#limit = limit;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  cut(failure: CallFailed): void {
    this.#failure ??= failure;
    this.#controller?.abort(failure);
    this.#reject(failure);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Cut while it waited for a connection: nothing of it is sent.
    if (this.#failure) controller.abort(this.#failure);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    this.#status = status;
    this.#headers = headers;
    if (Number(headers["content-length"]) > this.#limit) this.#tooLong();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > this.#limit) return this.#tooLong();
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first] = this.#chunks;
    const body = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, text: body.toString() });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#reject(failureOf(error));
  }

  #tooLong(): void {
    this.#chunks.length = 0;
    this.cut(new CallFailed("TOO_LONG"));
  }
}

/**
 * Opens a client that does no more than reads need: no redirects, nothing unpacked, no deadlines of its own but that of a
 * new connection, and no more of an answer in memory than the limit.
 */
export function openReadClient(
  origin: string,
  { timeoutMs, answerLimit, connections, isFresh = false }: ReadOptions,
): ReadClient {
  const pool = new Pool(origin, {
    connections,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: timeoutMs },
  });
  return {
    read: ({ path, headers }) => {
      const gathering = new Gathering(answerLimit);
      try {
        pool.dispatch({ path, method: "GET", headers, reset: isFresh }, gathering);
      } catch (error) {
        gathering.cut(failureOf(error));
      }
      return gathering;
    },
    close: (isHurried) => void (isHurried ? pool.destroy() : pool.close()).catch(() => undefined),
  };
}
