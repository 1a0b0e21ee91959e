import type { AnyDocument } from "../document.ts";
import { ClientDisposed, GatewayUnreachable, TimedOut } from "../errors/client.errors.ts";
import { RateLimited, UnknownDocument, UpstreamUnavailable } from "../errors/gateway.errors.ts";
import { SettError } from "../errors/sett.error.ts";
import { currentHeaders, type CallOptions, type Endpoints, type SettClientOptions } from "../options.ts";
import { backoffMs, spread, unlessLeft, waited } from "../waiting.ts";
import { readAnswer, type Answer } from "./answer.ts";
import { isUnregistered, type AskedDocument, type KnownDocuments } from "./known.documents.ts";

/** What requests are made with. */
export interface RequestMeans {
  readonly options: SettClientOptions;
  readonly endpoints: Endpoints;
  readonly known: KnownDocuments;
}

/** How long to wait before a query is asked again; undefined where that would not help. */
function retryDelayMs(error: SettError | undefined, tried: number): number | undefined {
  if (error instanceof RateLimited) return spread(error.retryAfterMs);
  const mayPass =
    error instanceof UpstreamUnavailable ||
    error instanceof GatewayUnreachable ||
    error instanceof UnknownDocument;
  return mayPass ? backoffMs(tried, 250, 5_000) : undefined;
}

/** Asks the gateway over HTTP. */
export class Requests {
  private readonly means: RequestMeans;
  private readonly running = new Set<AbortController>();
  private isDisposed = false;

  constructor(means: RequestMeans) {
    this.means = means;
  }

  /** Asks until there is an answer, the caller has had enough, or the call's time is over. */
  async execute(
    document: AnyDocument,
    variables: object | undefined,
    call: CallOptions = {},
  ): Promise<Answer<unknown>> {
    if (this.isDisposed) throw new ClientDisposed();
    const stop = new AbortController();
    const leave = () => stop.abort(call.signal?.reason);
    const timeoutMs = call.timeoutMs ?? this.means.options.timeoutMs;
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => stop.abort(new TimedOut(timeoutMs)), timeoutMs);
    if (call.signal?.aborted) leave();
    call.signal?.addEventListener("abort", leave, { once: true });
    this.running.add(stop);
    try {
      const retries = call.retries ?? this.means.options.retries ?? 0;
      return await this.askUpTo(retries, document, variables, stop.signal);
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener("abort", leave);
      this.running.delete(stop);
    }
  }

  /** Leaves everything that is being asked, and asks nothing more. */
  dispose(): void {
    this.isDisposed = true;
    for (const each of this.running) each.abort(new ClientDisposed());
  }

  private async askUpTo(
    retries: number,
    document: AnyDocument,
    variables: object | undefined,
    signal: AbortSignal,
  ): Promise<Answer<unknown>> {
    for (let tried = 0; ; tried += 1) {
      const outcome = await this.ask(document, variables, signal).catch((error: unknown) => {
        if (error instanceof GatewayUnreachable) return error;
        throw error;
      });
      const error = outcome instanceof SettError ? outcome : outcome.errors[0];
      // A document that is not known has not been run, whatever it is to do.
      const isSafe = document.kind === "query" || error instanceof UnknownDocument;
      const delayMs = isSafe && tried < retries ? retryDelayMs(error, tried) : undefined;
      if (delayMs !== undefined) await waited(delayMs, signal);
      else if (outcome instanceof SettError) throw outcome;
      else return outcome;
    }
  }

  /**
   * Asks with the document's hash; with its text, once it is known that the gateway does not know the hash. One that takes
   * no texts either may be of an older version, and the next to be asked a newer: then the hash is asked with again.
   */
  private async ask(
    document: AnyDocument,
    variables: object | undefined,
    signal: AbortSignal,
  ): Promise<Answer<unknown>> {
    const { known } = this.means;
    const asked = known.asked(document);
    const answer = await this.send(asked, variables, signal);
    if (!known.isToBeToldOf(document, asked, answer.errors[0])) return answer;
    const byText = await this.send(known.asked(document), variables, signal);
    if (!isUnregistered(byText.errors[0])) return byText;
    known.forget(document);
    return answer;
  }

  private async send(
    asked: AskedDocument,
    variables: object | undefined,
    signal: AbortSignal,
  ): Promise<Answer<unknown>> {
    const { options, endpoints } = this.means;
    signal.throwIfAborted();
    const headers = await unlessLeft(currentHeaders(options), signal);
    const send = options.fetch ?? globalThis.fetch;
    try {
      const response = await send(endpoints.graphql, {
        method: "POST",
        // The gateway sends nobody elsewhere: whoever does is not to learn who asks.
        redirect: "error",
        credentials: "same-origin",
        headers: {
          accept: "application/graphql-response+json, application/json;q=0.9",
          "content-type": "application/json",
          ...headers,
        },
        body: JSON.stringify({ ...asked, variables }),
        signal,
      });
      return await readAnswer(response);
    } catch (error) {
      if (error instanceof SettError) throw error;
      throw signal.aborted ? signal.reason : new GatewayUnreachable(error);
    }
  }
}
