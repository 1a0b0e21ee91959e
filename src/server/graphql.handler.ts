import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type ApolloServer } from "@apollo/server";
import { openBudget } from "../budget.ts";
import type { Context } from "../context.ts";
import { RateLimited, SettError } from "../errors.ts";
import { withinSpan } from "../tracing/tracing.ts";
import { allowanceKey } from "./admission/allowances.ts";
import { answerTooLong, noteUngiven } from "./admission/answer.limit.ts";
import { unread } from "../permissions/audit.notes.ts";
import { createFirstLook } from "./admission/first.look.ts";
import { retryAfter } from "./admission/too-many.ts";
import { turnAway } from "./admission/turn-away.ts";
import { readGraphqlRequest, textOf, type GraphqlRequest } from "./graphql.request.ts";
import { answerError, answerUnreadable, UnreadableRequest } from "./json-body.ts";
import { createShortAnswer, type WrittenAnswer } from "./operations/short.answer.ts";
import { refusalStatus } from "./refusal.status.ts";
import { createContext, type Shared } from "./request-context.ts";
import { resolveRequest } from "./trusted/resolved.request.ts";
import type { TrustedDocuments } from "./trusted/trusted.documents.ts";

interface Means {
  readonly apollo: ApolloServer<Context>;
  readonly shared: Shared;
  readonly bodyLimit: number;
  readonly documents: TrustedDocuments;
  readonly checkDocument: (text: string) => SettError | undefined;
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

async function answer(response: ServerResponse, { status, headers, body }: WrittenAnswer): Promise<void> {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.statusCode = status ?? 200;
  if (body.kind === "complete") {
    response.setHeader("content-length", Buffer.byteLength(body.string));
    response.end(body.string);
    return;
  }
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

/** GraphQL over HTTP, on plain `node:http`: reads a request, checks its document, and runs it. */
export function createGraphqlHandler({ apollo, shared, bodyLimit, documents, checkDocument }: Means) {
  const answerShortly = createShortAnswer(shared.operations.shortWay);
  const lookFirst = createFirstLook(shared.allowances, checkDocument);

  const refuse = (
    request: IncomingMessage,
    response: ServerResponse,
    { requestId, refusal }: { requestId: string; refusal: SettError },
  ) => {
    shared.metrics.operations.observe({ type: "unknown", outcome: refusal.code }, 0);
    shared.log.info({ requestId, codes: [refusal.code] }, "operation refused unread");
    const status = refusalStatus(request.headers.accept);
    const isTooMany = refusal instanceof RateLimited;
    if (isTooMany) response.setHeader("retry-after", retryAfter(refusal));
    answerError(request, response, isTooMany && status === 400 ? 429 : status, refusal.toJSON());
  };

  const answerAtLength = (asked: GraphqlRequest, request: IncomingMessage, made: Context) => {
    const httpGraphQLRequest = { ...asked, headers: headersOf(request) };
    return apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context: async () => made });
  };

  const run = async (
    request: IncomingMessage,
    response: ServerResponse,
    { asked, made }: { asked: GraphqlRequest; made: Context },
  ) => {
    const shortly = answerShortly(asked, request.headers, made);
    const refused = shortly ? undefined : await lookFirst(textOf(asked), made);
    if (refused) {
      made.audit.refused(made, refused, unread);
      return refuse(request, response, { requestId: made.requestId, refusal: refused });
    }
    const answered = await (shortly ?? answerAtLength(asked, request, made));
    const refusal = answerTooLong(answered.body, shared.answerLimit);
    if (refusal) {
      noteUngiven(shared.log, made.requestId, refusal);
      return answerError(request, response, refusalStatus(request.headers.accept), refusal.toJSON());
    }
    await answer(response, answered);
  };

  const handle = async (
    request: IncomingMessage,
    response: ServerResponse,
    requestId: string,
  ): Promise<void> => {
    const turnedAway = shared.admission.refusal();
    if (turnedAway) return turnAway(request, response, turnedAway);
    const asked = resolveRequest(await readGraphqlRequest(request, bodyLimit), documents);
    if (asked instanceof SettError) return refuse(request, response, { requestId, refusal: asked });
    const budget = openBudget(shared.operationTimeoutMs);
    response.once("close", budget.leave);
    // Made out here: of what breaks while Apollo makes it, nobody would learn.
    const { headers, socket: connection } = request;
    const making = createContext({ requestId, headers, budget, connection }, shared);
    // Neither is waited for where it is there: nearly always.
    const made = making instanceof Promise ? await making : making;
    const entering = shared.admission.enter(allowanceKey(made), response);
    const { tracing } = shared;
    const leave =
      entering instanceof Promise ? await withinSpan(tracing, "wait for a place", () => entering) : entering;
    if (!leave) return;
    if (leave instanceof SettError) {
      made.audit.refused(made, leave, unread);
      return turnAway(request, response, leave);
    }
    try {
      await withinSpan(tracing, "operation", () => run(request, response, { asked, made }));
    } finally {
      leave();
    }
  };

  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    try {
      await handle(request, response, requestId);
    } catch (error) {
      if (!(error instanceof UnreadableRequest)) throw error;
      answerUnreadable(request, response, error);
    }
  };
}
