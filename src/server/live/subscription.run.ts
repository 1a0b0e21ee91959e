import { execute } from "graphql";
import type { Context } from "../../context.ts";
import type { Metrics } from "../../metrics.ts";
import { asGraphqlError, codesOf, presentErrors, type ErrorFormat } from "./error.presenter.ts";
import type { LiveOperation, LiveRequest, Step } from "./operation.runner.ts";
import type { Payload } from "./payload.sharing.ts";
import type { OpenSubscription } from "./subscription.plugin.ts";

interface Means {
  readonly request: LiveRequest;
  readonly context: Context;
  /** What the next event carries. */
  readonly renew: () => Promise<Context>;
  readonly format: ErrorFormat;
  readonly metrics: Metrics;
  readonly share: (event: unknown, make: () => Promise<Payload>) => Promise<Payload>;
}

/** Makes an answer of each event of a subscription, and says in the end how it went. */
export function runSubscription(
  { events, schema, document }: OpenSubscription,
  { request, context, renew, format, metrics, share }: Means,
): LiveOperation {
  const source = events[Symbol.asyncIterator]();
  const startedAt = performance.now();
  let sent = 0;
  let isOver = false;
  metrics.subscriptions.inc();

  const over = (reason: string) => {
    if (isOver) return;
    isOver = true;
    metrics.subscriptions.dec();
    metrics.subscriptionEnds.inc({ reason });
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    context.log.info({ reason, events: sent, seconds }, "subscription ended");
  };

  const payloadOf = async (event: unknown): Promise<Payload> => {
    const contextValue = await renew();
    const { operationName, variables } = request;
    const { data, errors } = await execute({
      schema,
      document,
      rootValue: event,
      contextValue,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    const presented = errors && presentErrors(errors, contextValue, format);
    const json = JSON.stringify({ data, ...(presented ? { errors: presented } : {}) });
    return { json, codes: codesOf(presented) };
  };

  const stop = () => {
    void Promise.resolve(source.return?.()).catch(() => undefined);
  };

  const next = async (): Promise<Step> => {
    if (isOver) return { kind: "complete" };
    try {
      const { done, value } = (await source.next()) as IteratorResult<unknown, undefined>;
      if (done) {
        over("source");
        return { kind: "complete" };
      }
      const payload = await share(value, () => payloadOf(value));
      sent += 1;
      metrics.events.inc();
      return { kind: "next", ...payload };
    } catch (error) {
      const errors = presentErrors([asGraphqlError(error)], context, format);
      over(codesOf(errors)[0] ?? "unknown");
      stop();
      return { kind: "error", errors };
    }
  };

  return {
    isSubscription: true,
    next,
    cancel: () => {
      over("client");
      stop();
    },
  };
}
