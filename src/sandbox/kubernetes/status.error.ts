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

/** Something that is wrong with an object, and where. */
export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** A value that cannot be. */
export function invalidValue(field: string, value: unknown, problem: string): Cause {
  const message = `Invalid value: ${JSON.stringify(value)}: ${problem}`;
  return { reason: "FieldValueInvalid", message, field };
}

/** A field that has to be there. */
export function requiredValue(field: string, problem = ""): Cause {
  const message = problem === "" ? "Required value" : `Required value: ${problem}`;
  return { reason: "FieldValueRequired", message, field };
}

/** A change that cannot be made. */
export function forbiddenValue(field: string, problem: string): Cause {
  return { reason: "FieldValueForbidden", message: `Forbidden: ${problem}`, field };
}

/** What an object cannot be like. */
export function invalid(
  { group, kind }: { group: string; kind: string },
  name: string,
  causes: readonly Cause[],
): StatusError {
  const all = causes.map(({ field, message }) => `${field}: ${message}`);
  const what = group === "" ? kind : `${kind}.${group}`;
  const problems = all.length === 1 ? (all[0] ?? "") : `[${all.join(", ")}]`;
  const details = {
    ...(name === "" ? {} : { name }),
    ...(group === "" ? {} : { group }),
    ...{ kind, causes },
  };
  return new StatusError(422, `${what} "${name}" is invalid: ${problems}`, { reason: "Invalid", details });
}

interface Named {
  readonly group: string;
  readonly plural: string;
}

/** Somebody else has changed it meanwhile. */
export function modifiedMeanwhile(resource: Named, name: string): StatusError {
  const problem =
    "the object has been modified; please apply your changes to the latest version and try again";
  return conflict(resource, name, problem);
}

/** What does not fit what is there. */
export function conflict({ group, plural }: Named, name: string, problem: string): StatusError {
  const details = { name, ...(group === "" ? {} : { group }), kind: plural };
  const what = group === "" ? plural : `${plural}.${group}`;
  const message = `Operation cannot be fulfilled on ${what} "${name}": ${problem}`;
  return new StatusError(409, message, { reason: "Conflict", details });
}

/** There is one of that name. */
export function alreadyExists({ group, plural }: Named, name: string): StatusError {
  const details = { name, ...(group === "" ? {} : { group }), kind: plural };
  const what = group === "" ? plural : `${plural}.${group}`;
  return new StatusError(409, `${what} "${name}" already exists`, { reason: "AlreadyExists", details });
}

/** There is no such object. */
export function notFound({ group, plural }: Named, name: string): StatusError {
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
