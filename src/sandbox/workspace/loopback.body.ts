import type { SandboxRequest } from "../http.ts";
import { parseLikeNode8 } from "./json.syntax.ts";
import { LoopbackError } from "./loopback.error.ts";

/** Something LoopBack keeps, field by field. */
export type Entity = Record<string, unknown>;

const limitBytes = 100 * 1024;

/** A value as text, objects in JSON. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "undefined" : JSON.stringify(value);
}

/** The body as Express's parsers leave it: {} when it is absent or of a kind nobody parses. */
export function bodyOf({ headers, body }: SandboxRequest): unknown {
  const type = headers["content-type"] ?? "";
  const isJson = /^application\/json\b/i.test(type);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  if (body.length === 0 || (!isJson && !isForm)) return {};
  if (body.length > limitBytes) throw tooLarge(body.length);
  const text = body.toString("utf8");
  if (isForm) return Object.fromEntries(new URLSearchParams(text));
  try {
    return parseLikeNode8(text);
  } catch (error) {
    throw new LoopbackError(400, (error as Error).message, {
      name: "SyntaxError",
      expose: true,
      body: text,
      type: "entity.parse.failed",
    });
  }
}

/** The argument `data` of a method: one object. */
export function dataOf(body: unknown): Entity {
  if (body === null) {
    const told = "Invalid value for argument 'data' of type 'object': null.";
    throw new LoopbackError(400, `${told} Received type was converted to object.`);
  }
  if (typeof body === "object") return { ...body };
  throw refusedArgument("data", textOf(body), typeof body, typeof body === "string" ? body : undefined);
}

/** The argument `data` of a method that takes one object or a list of them. */
export function oneOrMany(body: unknown): Entity | Entity[] {
  return Array.isArray(body) ? body.map(dataOf) : dataOf(body);
}

/** An argument in JSON, from a query. */
export function argumentOf(name: string, text: string): unknown {
  try {
    return parseLikeNode8(text);
  } catch {
    throw refusedArgument(name, text, "string", text);
  }
}

function refusedArgument(name: string, value: string, type: string, text: string | undefined): LoopbackError {
  const told = `invalid value for argument '${name}' of type 'object': ${value}. Received type was ${type}.`;
  return new LoopbackError(
    400,
    `${told} Error: ${text === undefined ? "data must be object" : parsing(text)}`,
  );
}

function parsing(text: string): string {
  try {
    parseLikeNode8(text);
    return "data must be object";
  } catch (error) {
    return (error as Error).message;
  }
}

function tooLarge(length: number): LoopbackError {
  return new LoopbackError(413, "request entity too large", {
    name: "PayloadTooLargeError",
    expected: length,
    length,
    limit: limitBytes,
    type: "entity.too.large",
    expose: true,
  });
}
