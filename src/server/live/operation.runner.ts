import type { IncomingHttpHeaders } from "node:http";
import type { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import { openBudget } from "../../budget.ts";
import type { Context } from "../../context.ts";
import { SettError } from "../../errors.ts";
import { takeFrom } from "../../live/ready.source.ts";
import { unread } from "../../permissions/audit.notes.ts";
import type { PermissionWatches } from "../../permissions/permission.watches.ts";
import { asEntry } from "../../tracing/tracing.ts";
import { asksForCost } from "../admission/allowances.ts";
import { answerText, noteUngiven, textTooLong } from "../admission/answer.limit.ts";
import { createFirstLook } from "../admission/first.look.ts";
import { createContext, type Shared } from "../request-context.ts";
import type { TrustedDocuments } from "../trusted/trusted.documents.ts";
import { createAskedMemory } from "./asked.memory.ts";
import { asGraphqlError, codesOf, presentErrors, type ErrorFormat } from "./error.presenter.ts";
import { LiveCaller } from "./live.caller.ts";
import type { OperationLimits } from "./operation.limits.ts";
import type { ReadsAlike } from "./payload.audience.ts";
import type { Payload, PayloadSharing } from "./payload.sharing.ts";
import { runSubscription } from "./subscription.run.ts";
import { takeSubscription, type OpenSubscription } from "./subscription.plugin.ts";
import { createTickCounter } from "./tick.counter.ts";

/** What a client asks for; its document perhaps by a hash, and then perhaps without its text. */
export interface LiveRequest {
  readonly query?: string | undefined;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** The same with its document found. */
interface FoundRequest extends LiveRequest {
  readonly query: string;
}

/** Who asks, and in which request. */
export interface Asking {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
  /** Told how to say that nobody waits for the operation any longer. */
  readonly onBegun?: ((leave: () => void) => void) | undefined;
}

/** What comes next of an operation: a payload; or its end, well or by errors. */
export type Step =
  | Payload
  | { readonly kind: "error"; readonly errors: readonly GraphQLFormattedError[] }
  | { readonly kind: "complete" };

/** Takes what comes; a promise is of when it can take more. */
export interface Sink {
  readonly take: (step: Step) => Promise<void> | undefined;
}

/** An operation that was begun: steps until one is not `next`. */
export interface LiveOperation {
  readonly isSubscription: boolean;
  readonly run: (sink: Sink) => void;
  /** The client does not want more, or is not to have it. */
  readonly cancel: (reason?: string) => void;
}

/** Runs operations under the rules they have over HTTP; the viewer is who has so many at once, and not whom it asks for. */
export type RunOperation = (request: LiveRequest, asking: Asking, viewer: string) => Promise<LiveOperation>;

export interface RunnerMeans {
  readonly apollo: ApolloServer<Context>;
  readonly shared: Shared;
  readonly documents: TrustedDocuments;
  readonly checkDocument: (text: string) => SettError | undefined;
  readonly watches: PermissionWatches;
  readonly format: ErrorFormat;
  readonly sharePayload: PayloadSharing;
  readonly readsAlike: ReadsAlike;
  readonly limits: OperationLimits;
}

function finished(...steps: readonly Step[]): LiveOperation {
  return {
    isSubscription: false,
    run: (sink) => {
      for (const step of steps) void sink.take(step);
    },
    cancel: () => undefined,
  };
}

const refused = (errors: readonly GraphQLFormattedError[]) => finished({ kind: "error", errors });

async function contextOf(asking: Asking, means: RunnerMeans) {
  const { shared } = means;
  const budget = openBudget(shared.operationTimeoutMs);
  asking.onBegun?.(budget.leave);
  const { requestId, headers } = asking;
  const made = await createContext({ requestId, headers, budget }, shared);
  const live = new LiveCaller(asking, made.signedIn?.caller.key ?? "", means);
  return { context: made.goingOn(live), live };
}

export function createRunner(means: RunnerMeans): RunOperation {
  const { apollo, shared, documents, checkDocument, format, sharePayload, readsAlike, limits } = means;
  const lookFirst = createFirstLook(shared.allowances, checkDocument);
  const remember = createAskedMemory();
  const { log, metrics, answerLimit, tracing } = shared;
  const countEvent = createTickCounter(metrics.events);
  const subscriptionMeans = { log, metrics, tracing, countEvent, format, sharePayload, limits, answerLimit };

  const answerShortly = ({ query, operationName, variables, extensions }: FoundRequest, context: Context) =>
    shared.operations.shortWay(
      {
        text: query,
        operationName: operationName ?? undefined,
        variables: variables ?? {},
        asksForCost: asksForCost(extensions),
      },
      context,
    );

  const answerAtLength = async (
    { query, operationName, variables, extensions }: FoundRequest,
    contextValue: Context,
  ) => {
    const { body } = await apollo.executeOperation(
      {
        query,
        ...(operationName == null ? {} : { operationName }),
        ...(variables == null ? {} : { variables }),
        ...(asksForCost(extensions) ? { extensions: { cost: true } } : {}),
      },
      { contextValue },
    );
    return body.kind === "single" ? body.singleResult : body.initialResult;
  };

  const run = async (request: FoundRequest, asking: Asking, viewer: string): Promise<LiveOperation> => {
    const { context, live } = await contextOf(asking, means);
    const { query, operationName, variables } = request;
    let opened: OpenSubscription | undefined;
    try {
      const shortly = answerShortly(request, context);
      const refusal = shortly ? undefined : await lookFirst(query, context);
      if (refusal) {
        context.audit.refused(context, refusal, unread);
        return refuse(refusal, asking);
      }
      const result = await (shortly ?? answerAtLength(request, context));
      opened = takeSubscription(live);
      if (opened) {
        const { schema, document, events } = opened;
        const callerKey = readsAlike(document) ? undefined : live.callerKey;
        const asked = remember({ query, operationName, variables, schema, document, callerKey });
        return runSubscription({ events: takeFrom(events), asked, caller: live, viewer }, subscriptionMeans);
      }
      if (result.data === undefined) return refused(result.errors ?? []);
      const { errors, data, extensions } = result;
      const json = answerText({ errors, data, extensions });
      const tooLong = textTooLong(json, shared.answerLimit);
      if (tooLong) {
        noteUngiven(log, asking.requestId, tooLong);
        return refused([tooLong.toJSON()]);
      }
      const answer = { json, codes: codesOf(result.errors) };
      return finished({ kind: "next", ...answer }, { kind: "complete" });
    } catch (error) {
      // Its source may be open already, and nobody else would ever end it.
      opened ??= takeSubscription(live);
      if (opened) takeFrom(opened.events).leave();
      return refused(presentErrors([asGraphqlError(error)], context, format));
    }
  };

  const refuse = (error: SettError, { requestId }: Asking): LiveOperation => {
    shared.metrics.operations.observe({ type: "unknown", outcome: error.code }, 0);
    shared.log.info({ requestId, codes: [error.code] }, "operation refused unread");
    return refused([error.toJSON()]);
  };

  return async (request, asking, viewer) => {
    const query = documents.resolve(request) ?? "";
    if (query instanceof SettError) return refuse(query, asking);
    const refused = limits.enter(viewer);
    if (refused) return refuse(refused, asking);
    let goesOn = false;
    try {
      const operation = await shared.admission.inTurn(viewer, () =>
        asEntry(tracing, { name: "operation" }, () => run({ ...request, query }, asking, viewer)),
      );
      goesOn = operation.isSubscription;
      return operation;
    } finally {
      if (!goesOn) limits.leave(viewer);
    }
  };
}
