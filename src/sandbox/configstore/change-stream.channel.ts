import type { ServerResponse } from "node:http";

/** The open change streams of one producer. */
export class ChangeChannel {
  readonly #subscribers = new Set<ServerResponse>();
  readonly #keepAliveMs: number;
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(keepAliveMs: number) {
    this.#keepAliveMs = keepAliveMs;
  }

  /** Opens a stream on a response: nothing of the past is replayed. */
  subscribe(response: ServerResponse): void {
    response.writeHead(200, {
      "X-Powered-By": "Express",
      "Content-Type": "text/event-stream;charset=UTF-8",
      "Cache-Control": "no-cache",
      Connection: "keep-alive",
    });
    response.write(":ok\n\n");
    this.#subscribers.add(response);
    this.#keepAlive ??= setInterval(() => this.#write(":\n"), this.#keepAliveMs);
    response.once("close", () => this.#leave(response));
  }

  /** Tells every subscriber. */
  send(event: string, data: string): void {
    this.#write(`event: ${event}\ndata: ${data}\n\n`);
  }

  #write(chunk: string): void {
    for (const subscriber of this.#subscribers) subscriber.write(chunk);
  }

  #leave(response: ServerResponse): void {
    this.#subscribers.delete(response);
    if (this.#subscribers.size > 0) return;
    clearInterval(this.#keepAlive);
    this.#keepAlive = undefined;
  }
}
