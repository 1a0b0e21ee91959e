import type { OutgoingHttpHeaders } from "node:http";
import type { Reply } from "../http.ts";
import type { Fields } from "./kubernetes.object.ts";

const headers = { "Content-Type": "application/json", "Cache-Control": "no-cache, private" };

/** An answer in JSON as the API server gives it. */
export function answer(status: number, body: Fields, more: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { ...headers, ...more }, body: `${JSON.stringify(body)}\n` };
}

/** What a refusal says besides its code and its words. */
export interface StatusOptions {
  readonly reason?: string | undefined;
  readonly details?: Fields | undefined;
  readonly metadata?: Fields;
  readonly headers?: OutgoingHttpHeaders;
}

/** A refusal: a Status with a code, a reason and words. */
export class StatusError extends Error {
  readonly status: Fields;
  readonly reply: Reply;

  constructor(
    code: number,
    message: string,
    { reason, details, metadata = {}, headers = {} }: StatusOptions = {},
  ) {
    super(message);
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata,
      status: "Failure",
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
    this.reply = answer(code, this.status, headers);
  }
}

/** What was asked for in a way that cannot be read. */
export function badRequest(message: string): StatusError {
  return new StatusError(400, message, { reason: "BadRequest" });
}

/** There is no such object. */
export function notFound({ group, plural }: { group: string; plural: string }, name: string): StatusError {
  const details = { name, ...(group === "" ? {} : { group }), kind: plural };
  const qualified = group === "" ? plural : `${plural}.${group}`;
  return new StatusError(404, `${qualified} "${name}" not found`, { reason: "NotFound", details });
}

/** There is nothing of the kind at all. */
export function unknownResource(): StatusError {
  const message = "the server could not find the requested resource";
  return new StatusError(404, message, { reason: "NotFound", details: {} });
}

/** Only what happened after a version that is forgotten would be the answer. */
export function expired(message: string, metadata: Fields = {}): StatusError {
  return new StatusError(410, message, { reason: "Expired", metadata });
}

/** What can be done elsewhere, but not here. */
export function methodNotAllowed(): StatusError {
  const message = "the server does not allow this method on the requested resource";
  return new StatusError(405, message, { reason: "MethodNotAllowed", details: {} });
}
