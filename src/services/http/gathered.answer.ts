import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { CallFailed, failureOf } from "./call.failure.ts";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Gathers an answer, as far as it is wanted. */
export class Gathering implements Dispatcher.DispatchHandler {
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

  /** Ends it here and at the service; one that is over already stays as it is. */
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
