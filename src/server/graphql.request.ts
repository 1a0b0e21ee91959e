import type { IncomingMessage } from "node:http";
import { readJsonBody, tooDeep, UnreadableRequest } from "./json-body.ts";
import { isBottomlessJson } from "./nesting.ts";

/** A request as it came, read as far as it can be without knowing GraphQL. */
export interface GraphqlRequest {
  readonly method: "GET" | "POST";
  /** From the question mark on; empty without one. */
  readonly search: string;
  /** What the body's JSON holds; undefined for one that is none, and without one. */
  readonly body: unknown;
}

/** The server reads JSON out of these itself. */
const jsonParameters = ["variables", "extensions"];

function checkSearch(search: string): void {
  const parameters = new URLSearchParams(search);
  for (const name of jsonParameters) {
    if (isBottomlessJson(parameters.get(name) ?? "")) throw new UnreadableRequest(400, tooDeep);
  }
}

/** The text of the document that is asked for, wherever the request has it. */
export function textOf({ body, search }: GraphqlRequest): string | undefined {
  const text: unknown =
    typeof body === "object" && body !== null && "query" in body
      ? body.query
      : search === ""
        ? undefined
        : new URLSearchParams(search).get("query");
  return typeof text === "string" ? text : undefined;
}

/** Reads a request with a body of at most so many bytes. */
export async function readGraphqlRequest(
  request: IncomingMessage,
  bodyLimit: number,
): Promise<GraphqlRequest> {
  const { method, url = "" } = request;
  const mark = url.indexOf("?");
  const search = mark === -1 ? "" : url.slice(mark);
  if (method === "POST") return { method, search, body: await readJsonBody(request, bodyLimit) };
  if (method !== "GET") {
    throw new UnreadableRequest(405, "Only GET and POST are taken here.", { allow: "GET, POST" });
  }
  checkSearch(search);
  return { method, search, body: undefined };
}
