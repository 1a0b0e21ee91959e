import { unwrapResolverError } from "@apollo/server/errors";
import { Kind, OperationTypeNode, type GraphQLError } from "graphql";
import type { Context } from "../../context.ts";
import { UpstreamUnavailable } from "../../errors.ts";
import { plainLogOf, type Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { OpenSpan, Tracing } from "../../tracing/tracing.ts";
import { isInternal } from "../errors.format.ts";

/** Whether nobody waits for an operation any more; what was cut off with that says nothing of any service. */
export const isLeft = ({ signedIn }: Pick<Context, "signedIn">): boolean =>
  signedIn?.caller.budget.isLeft() === true;

/** Whose errors are noted: of a whole context, refusals are as well. */
type Noting = Pick<Context, "log" | "signedIn"> | Context;

/** The graph's name of the field that an error stands for, whatever it was called in the question. */
function fieldOf({ nodes }: GraphQLError): string | undefined {
  const node = nodes?.[0];
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
}

/** What was asked for when errors came of it: of what goes on after its request nothing is said. */
interface AskedErrors {
  readonly type?: OperationTypeNode | undefined;
  readonly name?: string | null | undefined;
}

/** Says in the log what of errors the answer does not tell: what broke, why a service did not answer, who was refused. */
export function noteErrors(errors: readonly GraphQLError[], context: Noting, asked: AskedErrors = {}): void {
  const { log } = context;
  for (const error of errors) {
    const original = unwrapResolverError(error);
    if (isInternal(error)) log.error({ err: original, path: error.path }, "the gateway broke");
    if (original instanceof UpstreamUnavailable && !isLeft(context)) {
      log.warn({ upstream: original.upstream, reason: original.reason }, "a field failed");
    }
    if ("audit" in context) {
      const { type: kind = OperationTypeNode.SUBSCRIPTION, name } = asked;
      const place = { isWhole: error.path === undefined, field: fieldOf(error) };
      context.audit.refused(context, original, { kind, ...place, operation: name ?? undefined });
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

/** Of a name that somebody made up, so much. */
const longestName = 80;

/** What is the gateway's or a service's fault, and not its asker's. */
const faults: readonly string[] = ["INTERNAL_SERVER_ERROR", "UPSTREAM_UNAVAILABLE"];

/** Says in the trace which operation it is of, and how it went; never what it was asked with. */
function tellSpan(span: OpenSpan | undefined, { type, operationName, codes }: Outcome): void {
  if (!span) return;
  const name = operationName?.slice(0, longestName);
  span.rename(name === undefined ? type : `${type} ${name}`);
  span.tell({
    "graphql.operation.type": type,
    "graphql.operation.name": name,
    "sett.codes": codes.length > 0 ? [...new Set(codes)].join(" ") : undefined,
  });
  const fault = codes.find((code) => faults.includes(code));
  if (fault !== undefined) span.fail(fault);
}

export function createRecord(log: Log, metrics: Metrics, tracing: Tracing | undefined): RecordOperation {
  const lines = plainLogOf(log);
  const durations = new Map<string, { readonly observe: (seconds: number) => void }>();
  const durationsOf = (type: string, outcome: string) => {
    const key = `${type} ${outcome}`;
    const known = durations.get(key) ?? metrics.operations.labels({ type, outcome });
    durations.set(key, known);
    return known;
  };
  return (outcome) => {
    const { requestId, type, operationName, startedAt, codes, isLeft: left } = outcome;
    const span = tracing?.current();
    tellSpan(span, outcome);
    const milliseconds = performance.now() - startedAt;
    durationsOf(type, left ? "LEFT" : (codes[0] ?? "ok")).observe(milliseconds / 1000);
    lines.info(
      {
        requestId,
        traceId: span?.place.traceId,
        operation: operationName ?? undefined,
        type,
        milliseconds: Math.round(milliseconds * 10) / 10,
        codes: left ? ["LEFT"] : codes,
      },
      "operation",
    );
  };
}
