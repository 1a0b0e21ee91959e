import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import Negotiator from "negotiator";
import readBody from "raw-body";
import { bracketLimit, isBottomlessJson } from "./nesting.ts";

/** A request that cannot be read at all; it is answered in GraphQL's form all the same. */
export class UnreadableRequest extends Error {
  readonly status: number;
  /** What the answer says besides. */
  readonly headers: OutgoingHttpHeaders;

  constructor(status: number, message: string, headers: OutgoingHttpHeaders = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const isJson = (type: string | undefined) => /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type ?? "");

/** What is said of JSON that nests too deep. */
export const tooDeep = `JSON may nest ${bracketLimit} levels deep.`;

/** JSON has no byte order mark, but some write one. */
const withoutMark = (text: string) => (text.startsWith("\uFEFF") ? text.slice(1) : text);

/** Reads a body of at most so many bytes; undefined for one that is not said to be JSON. */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const { "content-type": type, "content-encoding": encoding, "content-length": length } = request.headers;
  // The server answers for itself what it thinks of other types, its guard against forged requests first of all.
  if (!isJson(type)) return undefined;
  if (encoding !== undefined && encoding !== "identity") {
    throw new UnreadableRequest(415, "A compressed body is not taken.");
  }
  let text: string;
  try {
    const body = await readBody(request, { limit, length: length ?? null });
    text = withoutMark(body.toString("utf8"));
  } catch (error) {
    const isLarge =
      typeof error === "object" && error !== null && "type" in error && error.type === "entity.too.large";
    throw isLarge
      ? new UnreadableRequest(413, `The body is too large: at most ${limit} bytes are taken.`)
      : new UnreadableRequest(400, "The body could not be read.");
  }
  if (isBottomlessJson(text)) throw new UnreadableRequest(400, tooDeep);
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableRequest(400, "The body is not JSON.");
  }
}

/** Answers an error that comes before GraphQL, in the media type that the client would read an answer in. */
export function answerError(
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

/** Answers a request that could not be read. */
export function answerUnreadable(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message, headers }: UnreadableRequest,
): void {
  // What is still to come of a large body is read and dropped, and the connection stays: were it closed, a client
  // that is still sending would see it break and never learn why.
  request.resume();
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) response.setHeader(name, value);
  answerError(request, response, status, { message, extensions: { code: "BAD_REQUEST" } });
}
