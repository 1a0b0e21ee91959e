import { createHash, type Hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import type { Context, Live } from "../../context.ts";
import { SettError } from "../../errors.ts";
import { takeFrom } from "../../live/ready.source.ts";
import type { PermissionWatches } from "../../permissions/permission.watches.ts";
import { createContext, whyNobody, type Shared } from "../request-context.ts";
import { asGraphqlError, codesOf, presentErrors, type ErrorFormat } from "./error.presenter.ts";
import type { OperationLimits } from "./operation.limits.ts";
import type { ReadsAlike } from "./payload.audience.ts";
import type { Payload, PayloadSharing } from "./payload.sharing.ts";
import { runSubscription } from "./subscription.run.ts";
import { subscriptionOf } from "./subscription.plugin.ts";

/** What a client asks for. */
export interface LiveRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Who asks, and in which request. */
export interface Asking {
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
}

/** What comes next of an operation: a payload; or its end, well or by errors. */
export type Step =
  | Payload
  | { readonly kind: "error"; readonly errors: readonly GraphQLFormattedError[] }
  | { readonly kind: "complete" };

/** Takes what comes; a promise is of when it can take more. */
export type Sink = (step: Step) => Promise<void> | undefined;

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
      for (const step of steps) void sink(step);
    },
    cancel: () => undefined,
  };
}

const refused = (errors: readonly GraphQLFormattedError[]) => finished({ kind: "error", errors });

/** Tells what is asked for. */
const askedKey = ({ query, operationName, variables }: LiveRequest) =>
  createHash("sha256").update(JSON.stringify([query, operationName, variables]));

/** Tells who asks for it, too: equal keys get equal payloads of an event. For whom nothing is made, anybody stands. */
const payloadKey = (asked: Hash, callerKey = "") => asked.update(callerKey).digest("base64url");

async function contextOf({ requestId, headers }: Asking, { shared, watches }: RunnerMeans) {
  const renewed = () => createContext(requestId, headers, shared);
  const live: Live = {
    watches,
    renew: renewed,
    refusal: () => whyNobody(headers, shared),
    grants: undefined,
  };
  const context: Context = { ...(await renewed()), live };
  return { context, live, renew: async () => ({ ...(await renewed()), live }) };
}

export function createRunner(means: RunnerMeans): RunOperation {
  const { apollo, shared, checkDocument, format, sharePayload, readsAlike, limits } = means;
  const subscriptionMeans = { log: shared.log, metrics: shared.metrics, format, sharePayload };

  const run = async (request: LiveRequest, asking: Asking, onOver: () => void): Promise<LiveOperation> => {
    const { context, live, renew } = await contextOf(asking, means);
    const { query, operationName, variables } = request;
    try {
      const askedFor = askedKey(request);
      const { body } = await apollo.executeOperation(
        {
          query,
          ...(operationName == null ? {} : { operationName }),
          ...(variables == null ? {} : { variables }),
        },
        { contextValue: context },
      );
      const result = body.kind === "single" ? body.singleResult : body.initialResult;
      const subscription = subscriptionOf(live);
      if (subscription) {
        const isAlike = readsAlike(subscription.document);
        const key = payloadKey(askedFor, isAlike ? undefined : context.signedIn?.caller.key);
        const asked = { requestId: asking.requestId, operationName, variables, key, renew, onOver };
        return runSubscription(subscription, asked, subscriptionMeans);
      }
      if (result.data === undefined) return refused(result.errors ?? []);
      const answer = { json: JSON.stringify(result), codes: codesOf(result.errors) };
      return finished({ kind: "next", ...answer }, { kind: "complete" });
    } catch (error) {
      // Its source may be open already, and nobody else would ever end it.
      const subscription = subscriptionOf(live);
      if (subscription) takeFrom(subscription.events).leave();
      return refused(presentErrors([asGraphqlError(error)], context, format));
    }
  };

  const refuse = (error: SettError, { requestId }: Asking): LiveOperation => {
    shared.metrics.operations.observe({ type: "unknown", outcome: error.code }, 0);
    shared.log.info({ requestId, codes: [error.code] }, "operation refused unread");
    return refused([error.toJSON()]);
  };

  return async (request, asking, viewer) => {
    const refusal = checkDocument(request.query);
    if (refusal) return refuse(refusal, asking);
    const leave = limits.enter(viewer);
    if (leave instanceof SettError) return refuse(leave, asking);
    let goesOn = false;
    try {
      const operation = await run(request, asking, leave);
      goesOn = operation.isSubscription;
      return operation;
    } finally {
      if (!goesOn) leave();
    }
  };
}
