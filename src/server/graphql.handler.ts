import type { IncomingMessage, ServerResponse } from "node:http";
import { HeaderMap, type ApolloServer, type HTTPGraphQLResponse } from "@apollo/server";
import type { Context } from "../context.ts";
import type { SettError } from "../errors.ts";
import { answerError, answerUnreadable, readJsonBody, tooDeep, UnreadableRequest } from "./json-body.ts";
import { isBottomlessJson } from "./nesting.ts";
import { refusalStatus } from "./refusal.status.ts";
import { createContext, type Shared } from "./request-context.ts";

interface Means {
  readonly apollo: ApolloServer<Context>;
  readonly shared: Shared;
  readonly bodyLimit: number;
  readonly checkDocument: (text: string) => SettError | undefined;
}

/** The server reads JSON out of these itself. */
const jsonParameters = ["variables", "extensions"];

function checkSearch(search: string): void {
  const parameters = new URLSearchParams(search);
  for (const name of jsonParameters) {
    if (isBottomlessJson(parameters.get(name) ?? "")) throw new UnreadableRequest(400, tooDeep);
  }
}

function queryOf(body: unknown, search: string): string | undefined {
  const query: unknown =
    typeof body === "object" && body !== null && "query" in body
      ? body.query
      : new URLSearchParams(search).get("query");
  return typeof query === "string" ? query : undefined;
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
      if (request.method === "GET") checkSearch(search);
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
      answerUnreadable(request, response, error);
    }
  };
}
