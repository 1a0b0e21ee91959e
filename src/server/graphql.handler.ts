import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import Negotiator from "negotiator";
import readBody from "raw-body";
import type { Context } from "../context.ts";
import type { SettError } from "../errors.ts";
import { refusalStatus } from "./refusal.status.ts";
import { createContext, type Shared } from "./request-context.ts";

interface Means {
  readonly apollo: ApolloServer<Context>;
  readonly shared: Shared;
  readonly bodyLimit: number;
  readonly checkDocument: (text: string) => SettError | undefined;
}

/** A request that cannot be read at all; it is answered in GraphQL's form all the same. */
class UnreadableRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const isJson = (type: string | undefined) => /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type ?? "");

async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const { "content-type": type, "content-encoding": encoding, "content-length": length } = request.headers;
  // The server answers for itself what it thinks of other types, its guard against forged requests first of all.
  if (!isJson(type)) return undefined;
  if (encoding !== undefined && encoding !== "identity") {
    throw new UnreadableRequest(415, "A compressed body is not taken.");
  }
  let text: string;
  try {
    text = await readBody(request, { limit, length: length ?? null, encoding: "utf-8" });
  } catch (error) {
    const isLarge =
      typeof error === "object" && error !== null && "type" in error && error.type === "entity.too.large";
    throw isLarge
      ? new UnreadableRequest(413, `The body is too large: at most ${limit} bytes are taken.`)
      : new UnreadableRequest(400, "The body could not be read.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableRequest(400, "The body is not JSON.");
  }
}

function queryOf(body: unknown, search: string): string | undefined {
  const query: unknown =
    typeof body === "object" && body !== null && "query" in body
      ? body.query
      : new URLSearchParams(search).get("query");
  return typeof query === "string" ? query : undefined;
}

/** Answers an error that comes before GraphQL, in the media type that the client would read an answer in. */
function answerError(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  error: GraphQLFormattedError,
): void {
  const types = ["application/json", "application/graphql-response+json"];
  const type = new Negotiator(request).mediaType(types) ?? "application/json";
  const body = JSON.stringify({ errors: [error] });
  response
    .writeHead(status, {
      "content-type": `${type}; charset=utf-8`,
      "content-length": Buffer.byteLength(body),
    })
    .end(body);
}

async function answer(
  response: ServerResponse,
  { status, headers, body }: HTTPGraphQLResponse,
): Promise<void> {
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

/** GraphQL over HTTP, on plain `node:http`. */
export function createGraphqlHandler({ apollo, shared, bodyLimit, checkDocument }: Means) {
  return async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const search = request.url?.includes("?") ? request.url.slice(request.url.indexOf("?")) : "";
    try {
      if (request.method !== "GET" && request.method !== "POST") {
        response.setHeader("allow", "GET, POST");
        throw new UnreadableRequest(405, "Only GET and POST are taken here.");
      }
      const body = request.method === "POST" ? await readJsonBody(request, bodyLimit) : undefined;
      const query = queryOf(body, search);
      const refusal = query === undefined ? undefined : checkDocument(query);
      if (refusal) {
        shared.metrics.operations.observe({ type: "unknown", outcome: refusal.code }, 0);
        shared.log.info({ requestId, codes: [refusal.code] }, "operation refused unread");
        answerError(request, response, refusalStatus(request.headers.accept), refusal.toJSON());
        return;
      }
      const headers = new HeaderMap();
      for (const [name, value] of Object.entries(request.headers)) {
        if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
      }
      const httpGraphQLRequest = { method: request.method, headers, search, body };
      // Made out here: of what breaks while Apollo makes it, nobody would learn.
      const made = await createContext(requestId, request.headers, shared);
      const context = async () => made;
      await answer(response, await apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest, context }));
    } catch (error) {
      if (!(error instanceof UnreadableRequest)) throw error;
      // What is still to come of a large body is read and dropped, and the connection stays: were it closed, a client
      // that is still sending would see it break and never learn why.
      request.resume();
      answerError(request, response, error.status, {
        message: error.message,
        extensions: { code: "BAD_REQUEST" },
      });
    }
  };
}
