import { execute, getOperationAST, Kind } from "graphql";
import type { ReadySource } from "../../live/ready.source.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { outsideSpans, type Tracing } from "../../tracing/tracing.ts";
import { isRefusal } from "../../permissions/permission.question.ts";
import { answerText, noteUngiven, textTooLong } from "../admission/answer.limit.ts";
import { asGraphqlError, codesOf, presentErrors, type ErrorFormat } from "./error.presenter.ts";
import type { Asked } from "./asked.memory.ts";
import type { LiveCaller } from "./live.caller.ts";
import type { OperationLimits } from "./operation.limits.ts";
import type { LiveOperation, Sink } from "./operation.runner.ts";
import type { Payload, PayloadSharing, PayloadTaker } from "./payload.sharing.ts";

/** What subscriptions share. */
export interface SubscriptionMeans {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing | undefined;
  /** An event was told. */
  readonly countEvent: () => void;
  readonly format: ErrorFormat;
  readonly sharePayload: PayloadSharing;
  readonly limits: Pick<OperationLimits, "leave">;
  /** How many characters what is told of an event may have. */
  readonly answerLimit: number;
}

/** What a subscription has of its own. */
interface Parts {
  readonly events: ReadySource<unknown>;
  readonly asked: Asked;
  readonly caller: LiveCaller;
  /** Whose place it has among those that run. */
  readonly viewer: string;
}

/**
 * Makes an answer of each event of a subscription, one after the other, and says in the end how it went. Thousands run
 * at once: a class, because its methods are there once and not for each of them.
 */
class SubscriptionRun implements LiveOperation, PayloadTaker {
  readonly isSubscription = true;
  private readonly means: SubscriptionMeans;
  private readonly asked: Asked;
  private readonly caller: LiveCaller;
  private readonly viewer: string;
  private readonly source: ReadySource<unknown>;
  /** In whole milliseconds: thousands keep it, and a fraction is an object of its own. */
  private readonly startedAtMs = Math.round(performance.now());
  private sink: Sink | undefined;
  private sent = 0;
  private isOver = false;
  /** The next event waits, for this one's answer or for its reader. */
  private isBusy = false;
  private isGoing = false;

  constructor({ events, asked, caller, viewer }: Parts, means: SubscriptionMeans) {
    this.source = events;
    this.asked = asked;
    this.caller = caller;
    this.viewer = viewer;
    this.means = means;
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

  make(event: unknown): Promise<Payload> {
    const { tracing, metrics } = this.means;
    metrics.payloads.inc();
    // What is told is no part of the operation that gave rise to it.
    return outsideSpans(tracing, () => this.made(event));
  }

  private async made(event: unknown): Promise<Payload> {
    const { schema, document, operationName, variables } = this.asked;
    const contextValue = await this.caller.context();
    const { data, errors } = await execute({
      schema,
      document,
      rootValue: event,
      contextValue,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    const presented = errors && presentErrors(errors, contextValue, this.means.format);
    const json = answerText({ data, ...(presented ? { errors: presented } : {}) });
    const codes = codesOf(presented);
    const refusal = textTooLong(json, this.means.answerLimit);
    if (!refusal) return { kind: "next", json, codes };
    noteUngiven(this.means.log, this.caller.requestId, refusal);
    // It is so for all who asked for the same: they share the refusal too.
    return { kind: "next", json: JSON.stringify({ data: null, errors: [refusal.toJSON()] }), codes };
  }

  take(payload: Payload): void {
    // What was being made when the permission went is not told any more.
    const ending = this.source.ending();
    if (this.isOver || (ending && "error" in ending)) return this.free();
    this.sent += 1;
    this.means.countEvent();
    const calm = this.sink?.take(payload);
    if (calm) void calm.then(() => this.free());
    else this.free();
  }

  fail(error: unknown): void {
    if (this.isOver) return;
    if (isRefusal(error)) void this.noteRefusal(error);
    const { requestId } = this.caller;
    const context = { log: this.log(), requestId, signedIn: undefined };
    const errors = presentErrors([asGraphqlError(error)], context, this.means.format);
    this.end(codesOf(errors)[0] ?? "unknown");
    void this.sink?.take({ kind: "error", errors });
  }

  /** The right that it ran on is gone. */
  private async noteRefusal(error: unknown): Promise<void> {
    const context = await this.caller.context().catch(() => undefined);
    const { document, operationName } = this.asked;
    const root = getOperationAST(document, operationName)?.selectionSet.selections[0];
    context?.audit.refused(context, error, {
      kind: "subscription",
      isWhole: false,
      field: root?.kind === Kind.FIELD ? root.name.value : undefined,
      operation: operationName ?? undefined,
    });
  }

  private log(): Log {
    return this.means.log.child({ requestId: this.caller.requestId });
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
      this.means.sharePayload(event, this.asked, this);
    }
    this.isGoing = false;
    const ending = this.isOver ? undefined : this.source.ending();
    if (!ending) return;
    if ("error" in ending) return this.fail(ending.error);
    if (this.isBusy) return;
    this.end("source");
    void this.sink?.take({ kind: "complete" });
  }

  private end(reason: string): void {
    if (this.isOver) return;
    this.isOver = true;
    const { metrics, limits } = this.means;
    metrics.subscriptions.dec();
    metrics.subscriptionEnds.inc({ reason });
    const seconds = Math.round((performance.now() - this.startedAtMs) / 1000);
    this.log().info({ reason, events: this.sent, seconds }, "subscription ended");
    limits.leave(this.viewer);
    this.source.leave();
  }
}

/** Begins to follow the events of a subscription; they wait until somebody takes them. */
export const runSubscription = (parts: Parts, means: SubscriptionMeans): LiveOperation =>
  new SubscriptionRun(parts, means);
