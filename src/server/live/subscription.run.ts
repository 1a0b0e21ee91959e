import { execute } from "graphql";
import type { Context } from "../../context.ts";
import { takeFrom, type ReadySource } from "../../live/ready.source.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { asGraphqlError, codesOf, presentErrors, type ErrorFormat } from "./error.presenter.ts";
import type { LiveOperation, LiveRequest, Sink } from "./operation.runner.ts";
import type { Payload, PayloadSharing, PayloadTaker } from "./payload.sharing.ts";
import type { OpenSubscription } from "./subscription.plugin.ts";

/** What subscriptions share. */
export interface SubscriptionMeans {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly format: ErrorFormat;
  readonly sharePayload: PayloadSharing;
}

/** What a subscription keeps of its own. */
interface Asked extends Pick<LiveRequest, "operationName" | "variables"> {
  readonly requestId: string;
  /** What tells its payloads from those of others. */
  readonly key: string;
  /** What the next event carries. */
  readonly renew: () => Promise<Context>;
  /** Called once, when it has ended. */
  readonly onOver: () => void;
}

/**
 * Makes an answer of each event of a subscription, one after the other, and says in the end how it went. Thousands run
 * at once: a class, because its methods are there once and not for each of them.
 */
class SubscriptionRun implements LiveOperation, PayloadTaker {
  readonly isSubscription = true;
  private readonly means: SubscriptionMeans;
  private readonly asked: Asked;
  private readonly opened: OpenSubscription;
  private readonly source: ReadySource<unknown>;
  private readonly startedAt = performance.now();
  private sink: Sink | undefined;
  private sent = 0;
  private isOver = false;
  /** The next event waits, for this one's answer or for its reader. */
  private isBusy = false;
  private isGoing = false;

  constructor(opened: OpenSubscription, asked: Asked, means: SubscriptionMeans) {
    this.opened = opened;
    this.asked = asked;
    this.means = means;
    this.source = takeFrom(opened.events);
    means.metrics.subscriptions.inc();
  }

  run(sink: Sink): void {
    this.sink = sink;
    this.source.onReady(() => {
      if (!this.isGoing) this.go();
    });
    this.go();
  }

  cancel(reason = "client"): void {
    this.end(reason);
  }

  async make(event: unknown): Promise<Payload> {
    this.means.metrics.payloads.inc();
    const { schema, document } = this.opened;
    const { operationName, variables, renew } = this.asked;
    const contextValue = await renew();
    const { data, errors } = await execute({
      schema,
      document,
      rootValue: event,
      contextValue,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    const presented = errors && presentErrors(errors, contextValue, this.means.format);
    const json = JSON.stringify({ data, ...(presented ? { errors: presented } : {}) });
    return { kind: "next", json, codes: codesOf(presented) };
  }

  take(payload: Payload): void {
    // What was being made when the permission went is not told any more.
    const ending = this.source.ending();
    if (this.isOver || (ending && "error" in ending)) return this.free();
    this.sent += 1;
    this.means.metrics.events.inc();
    const calm = this.sink?.(payload);
    if (calm) void calm.then(() => this.free());
    else this.free();
  }

  fail(error: unknown): void {
    if (this.isOver) return;
    const { requestId } = this.asked;
    const errors = presentErrors([asGraphqlError(error)], { log: this.log(), requestId }, this.means.format);
    this.end(codesOf(errors)[0] ?? "unknown");
    void this.sink?.({ kind: "error", errors });
  }

  private log(): Log {
    return this.means.log.child({ requestId: this.asked.requestId });
  }

  private free(): void {
    this.isBusy = false;
    if (!this.isGoing) this.go();
  }

  private go(): void {
    // Whoever tells of an event tells thousands: what breaks for one of them is that one's.
    try {
      this.goOn();
    } catch (error) {
      this.isGoing = false;
      this.fail(error);
    }
  }

  private goOn(): void {
    this.isGoing = true;
    while (!this.isBusy && !this.isOver) {
      const event = this.source.take();
      if (event === undefined) break;
      this.isBusy = true;
      this.means.sharePayload(event, this.asked.key, this);
    }
    this.isGoing = false;
    const ending = this.isOver ? undefined : this.source.ending();
    if (!ending) return;
    if ("error" in ending) return this.fail(ending.error);
    if (this.isBusy) return;
    this.end("source");
    void this.sink?.({ kind: "complete" });
  }

  private end(reason: string): void {
    if (this.isOver) return;
    this.isOver = true;
    const { metrics } = this.means;
    metrics.subscriptions.dec();
    metrics.subscriptionEnds.inc({ reason });
    const seconds = Math.round((performance.now() - this.startedAt) / 1000);
    this.log().info({ reason, events: this.sent, seconds }, "subscription ended");
    this.asked.onOver();
    this.source.leave();
  }
}

/** Begins to follow the events of a subscription; they wait until somebody takes them. */
export const runSubscription = (
  opened: OpenSubscription,
  asked: Asked,
  means: SubscriptionMeans,
): LiveOperation => new SubscriptionRun(opened, asked, means);
