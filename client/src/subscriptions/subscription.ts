import type { AnyDocument } from "../document.ts";
import type { SettError } from "../errors/sett.error.ts";
import { errorsOf } from "../errors/error-of.ts";
import type { SettClientOptions } from "../options.ts";
import type { RawAnswer } from "../requests/answer.ts";
import { isUnregistered, type AskedDocument, type KnownDocuments } from "../requests/known.documents.ts";
import { backoffMs } from "../waiting.ts";
import { callListener } from "./call.listener.ts";
import { afterLastLine, type Resume } from "./resume.ts";
import type { Subscriber, SubscriptionState } from "./subscriber.ts";
import type { Ending, Transport, Try } from "./transport.ts";
import type { Transports } from "./transports.ts";
import { verdictOn } from "./verdict.ts";

/** What subscriptions are made with. */
export interface SubscriptionMeans {
  readonly options: SettClientOptions;
  readonly transports: Transports;
  readonly known: KnownDocuments;
}

interface Question {
  readonly document: AnyDocument;
  readonly variables: object;
  readonly resume?: Resume | undefined;
}

/** For how long one must have been let in before a refusal is taken for a credential that has expired since. */
const steadyMs = 10_000;

/**
 * Sockets do not say when the gateway has begun to listen, and streams open for a refusal as well: without an event,
 * after this it listens. Whoever reads once a subscription is open is not to read before that.
 */
const settleMs = 250;

/** One subscription, over as many connections as it takes. */
export class Subscription {
  private readonly means: SubscriptionMeans;
  private readonly question: Question;
  private readonly subscriber: Subscriber<unknown>;
  private readonly onEnd: (ended: Subscription) => void;
  private resumedWith: Readonly<Record<string, unknown>> = {};
  private state: SubscriptionState | undefined;
  /** Another after each stop: who was told of something may have left, or begun anew, by the end of that. */
  private round = 0;
  private asked: AskedDocument = {};
  private current: Try | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wasOpened = false;
  private openedAt = Number.POSITIVE_INFINITY;
  private isListening = false;
  private broken = 0;
  private wasRefused = false;

  constructor(
    means: SubscriptionMeans,
    question: Question,
    subscriber: Subscriber<unknown>,
    onEnd: (ended: Subscription) => void,
  ) {
    this.means = means;
    this.question = question;
    this.subscriber = subscriber;
    this.onEnd = onEnd;
  }

  /** Begins; also anew, at once, as with another credential. */
  begin(): void {
    if (this.state === "ended") return;
    this.stop();
    const { round } = this;
    if (this.state === undefined) this.tell("connecting");
    else if (this.wasOpened) this.tell("reconnecting");
    if (this.round !== round) return;
    const { transports, known } = this.means;
    const { document, variables } = this.question;
    const transport = transports.pick();
    this.openedAt = Number.POSITIVE_INFINITY;
    this.isListening = false;
    this.asked = known.asked(document);
    this.current = transport.begin(
      {
        ...this.asked,
        operationName: document.name,
        variables: { ...variables, ...this.resumedWith },
      },
      {
        opened: () => this.round === round && this.opened(transport),
        next: (answer) => this.round === round && this.next(answer),
        ended: (ending) => this.round === round && this.ended(ending, transport),
      },
    );
  }

  /** Ends without a word. */
  leave(): void {
    if (this.state === "ended") return;
    this.stop();
    this.state = "ended";
    this.onEnd(this);
  }

  private opened(transport: Transport): void {
    this.means.transports.opened(transport);
    this.openedAt = Date.now();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.listening(), settleMs);
  }

  private listening(): void {
    clearTimeout(this.timer);
    if (this.isListening) return;
    this.isListening = true;
    const { wasOpened } = this;
    this.wasOpened = true;
    this.tell(wasOpened ? "resumed" : "open");
  }

  private next({ data, errors: answered }: RawAnswer): void {
    const { round } = this;
    this.listening();
    if (this.round !== round) return;
    this.broken = 0;
    this.wasRefused = false;
    const errors = errorsOf(answered, {}, data ?? undefined);
    const [error] = errors;
    if (data === undefined || data === null) {
      if (error) callListener(() => this.subscriber.problem?.(error));
      return;
    }
    callListener(() => {
      this.resumedWith = (this.question.resume ?? afterLastLine)(data) ?? this.resumedWith;
    });
    if (this.round === round) callListener(() => this.subscriber.next(data, errors));
  }

  private ended(ending: Ending, transport: Transport): void {
    const { transports, known, options } = this.means;
    const past = this.current;
    this.current = undefined;
    clearTimeout(this.timer);
    if (ending.kind === "errors") {
      const [error] = errorsOf(ending.errors);
      if (known.isToBeToldOf(this.question.document, this.asked, error)) return this.begin();
      if (isUnregistered(error)) known.forget(this.question.document);
    }
    if (ending.kind === "broken") transports.broke(transport);
    if (Date.now() - this.openedAt > steadyMs) {
      this.broken = 0;
      this.wasRefused = false;
    }
    const verdict = verdictOn(ending);
    if (verdict.kind === "complete") return this.finish();
    if (verdict.kind === "over") return this.finish(verdict.error);
    if (verdict.kind === "refused") {
      const mayChange = typeof options.authorization === "function" || this.wasOpened;
      if (this.wasRefused || !mayChange) return this.finish(verdict.error);
      this.wasRefused = true;
      // What is left of the connection is that of the credential which is not accepted any more.
      past?.drop();
      return this.begin();
    }
    this.again(verdict.error, verdict.afterMs);
  }

  private again(error: SettError, afterMs: number): void {
    const { firstDelayMs = 500, longestDelayMs = 20_000, attempts } = this.means.options.reconnect ?? {};
    if (attempts !== undefined && this.broken >= attempts) return this.finish(error);
    const { round } = this;
    this.tell(this.wasOpened ? "reconnecting" : "connecting", error);
    if (this.round !== round) return;
    const delayMs = Math.max(afterMs, backoffMs(this.broken, firstDelayMs, longestDelayMs));
    this.broken += 1;
    this.timer = setTimeout(() => this.begin(), delayMs);
  }

  private finish(error?: SettError): void {
    if (this.state === "ended") return;
    this.stop();
    this.tell("ended", error);
    callListener(() => (error ? this.subscriber.error?.(error) : this.subscriber.complete?.()));
    this.onEnd(this);
  }

  private stop(): void {
    this.round += 1;
    clearTimeout(this.timer);
    this.current?.leave();
    this.current = undefined;
  }

  private tell(state: SubscriptionState, why?: SettError): void {
    if (this.state === "ended" || (this.state === state && why === undefined)) return;
    this.state = state;
    callListener(() => this.subscriber.state?.(state, why));
  }
}
