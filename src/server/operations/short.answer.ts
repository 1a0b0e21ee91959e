import type { IncomingHttpHeaders } from "node:http";
import type { HTTPGraphQLResponse } from "@apollo/server";
import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";
import type { Context } from "../../context.ts";
import { asksForCost } from "../admission/allowances.ts";
import { answerText } from "../admission/answer.limit.ts";
import { retryAfter } from "../admission/too-many.ts";
import type { GraphqlRequest } from "../graphql.request.ts";
import { refusalStatus } from "../refusal.status.ts";
import type { AnsweredOperation, AskedOperation, ShortWay } from "./short.way.ts";

/** An answer as it leaves. */
export interface WrittenAnswer extends Pick<HTTPGraphQLResponse, "status" | "body"> {
  readonly headers: Iterable<readonly [name: string, value: string]>;
}

/** Answers a plain request; undefined for one that the server is to answer. */
export type ShortAnswer = (
  asked: GraphqlRequest,
  headers: IncomingHttpHeaders,
  context: Context,
) => Promise<WrittenAnswer> | undefined;

const plainType = /^application\/json(?:; ?charset=utf-8)?$/i;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a plain request asks for; undefined for one that is anything else, well formed or not. */
function read({ method, body }: GraphqlRequest): AskedOperation | undefined {
  if (method !== "POST" || !isRecord(body)) return undefined;
  const { query: text, operationName = null, variables = null, extensions = null } = body;
  if (typeof text !== "string" || text === "") return undefined;
  if (operationName !== null && typeof operationName !== "string") return undefined;
  if (variables !== null && !isRecord(variables)) return undefined;
  if (extensions !== null && (!isRecord(extensions) || "persistedQuery" in extensions)) return undefined;
  return {
    text,
    operationName: operationName ?? undefined,
    variables: variables ?? {},
    asksForCost: asksForCost(extensions),
  };
}

/** In the server's order; of those that a client reads alike, the first is written. */
const types = [
  "application/json; charset=utf-8",
  "application/graphql-response+json; charset=utf-8",
  "application/json; callbackSpec=1.0; charset=utf-8",
];

/** Clients say one of a few things, but may say anything. */
const keptAccepts = 100;

/** Finds the type that an answer is to have; undefined where a client reads none of them. */
function createTypeChoice(): (accept: string | undefined) => string | undefined {
  const chosen = new LRUCache<string, { readonly type: string | undefined }>({ max: keptAccepts });
  return (accept) => {
    if (!accept) return types[0];
    const known = chosen.get(accept);
    if (known) return known.type;
    const type = new Negotiator({ headers: { accept } }).mediaType(types);
    chosen.set(accept, { type });
    return type;
  };
}

function written(
  { errors, data, extensions, refusal }: AnsweredOperation,
  { type, accept }: { readonly type: string; readonly accept: string | undefined },
): WrittenAnswer {
  const headers: [string, string][] = [["content-type", type]];
  const body = { kind: "complete", string: answerText({ errors, data, extensions }, "\n") } as const;
  if (!refusal) return { headers, body };
  headers.push(["retry-after", retryAfter(refusal)]);
  return { status: refusalStatus(accept) === 200 ? 200 : 429, headers, body };
}

/** Takes requests as most clients send them the short way. */
export function createShortAnswer(takeShortWay: ShortWay): ShortAnswer {
  const typeFor = createTypeChoice();
  return (request, { accept, "content-type": sentType = "" }, context) => {
    const type = plainType.test(sentType) ? typeFor(accept) : undefined;
    const asked = type === undefined ? undefined : read(request);
    const answered = asked && takeShortWay(asked, context);
    return answered?.then((answer) => written(answer, { type: type ?? "", accept }));
  };
}
