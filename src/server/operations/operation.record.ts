import { unwrapResolverError } from "@apollo/server/errors";
import type { GraphQLError } from "graphql";
import type { Context } from "../../context.ts";
import { UpstreamUnavailable } from "../../errors.ts";
import { plainLogOf, type Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { isInternal } from "../errors.format.ts";

/** Whether nobody waits for an operation any more; what was cut off with that says nothing of any service. */
export const isLeft = ({ signedIn }: Pick<Context, "signedIn">): boolean =>
  signedIn?.caller.budget.isLeft() === true;

/** Says in the log what of errors the answer does not tell: what broke, and why a service did not answer. */
export function noteErrors(
  errors: readonly GraphQLError[],
  context: Pick<Context, "log" | "signedIn">,
): void {
  const { log } = context;
  for (const error of errors) {
    const original = unwrapResolverError(error);
    if (isInternal(error)) log.error({ err: original, path: error.path }, "the gateway broke");
    if (original instanceof UpstreamUnavailable && !isLeft(context)) {
      log.warn({ upstream: original.upstream, reason: original.reason }, "a field failed");
    }
  }
}

/** How an operation went. */
export interface Outcome {
  readonly requestId: string;
  readonly type: string;
  readonly operationName: string | null | undefined;
  readonly startedAt: number;
  /** The codes of its errors, in their order. */
  readonly codes: readonly string[];
  /** Whether nobody waited for it in the end. */
  readonly isLeft: boolean;
}

/** Says of an operation how it went: a log line and a measurement. */
export type RecordOperation = (outcome: Outcome) => void;

export function createRecord(log: Log, metrics: Metrics): RecordOperation {
  const lines = plainLogOf(log);
  const durations = new Map<string, { readonly observe: (seconds: number) => void }>();
  const durationsOf = (type: string, outcome: string) => {
    const key = `${type} ${outcome}`;
    const known = durations.get(key) ?? metrics.operations.labels({ type, outcome });
    durations.set(key, known);
    return known;
  };
  return ({ requestId, type, operationName, startedAt, codes, isLeft: left }) => {
    const milliseconds = performance.now() - startedAt;
    durationsOf(type, left ? "LEFT" : (codes[0] ?? "ok")).observe(milliseconds / 1000);
    lines.info(
      {
        requestId,
        operation: operationName ?? undefined,
        type,
        milliseconds: Math.round(milliseconds * 10) / 10,
        codes: left ? ["LEFT"] : codes,
      },
      "operation",
    );
  };
}
