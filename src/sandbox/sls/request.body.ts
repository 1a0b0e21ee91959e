import type { SandboxRequest } from "../http.ts";
import { SlsError } from "./sls.error.ts";

/** What a body may have in it, by name. */
export type Fields = Record<string, unknown>;

/** What a field must be. */
export type FieldRule = "string" | "object" | "object, if any";

const limitBytes = 100 * 1024;

/** The JSON body as Express leaves it: {} when it is absent or of another kind. */
export function bodyOf({ headers, body }: SandboxRequest): Fields {
  const isJson = /^application\/json\b/i.test(headers["content-type"] ?? "");
  if (!isJson || body.length === 0) return {};
  if (body.length > limitBytes) {
    const { length } = body;
    const told = { expected: length, length, limit: limitBytes, type: "entity.too.large" };
    throw new SlsError(413, { message: "request entity too large", ...told });
  }
  const text = body.toString("utf8");
  const value = parsed(text);
  if (typeof value === "object" && value !== null) return value as Fields;
  const told = { statusCode: 400, status: 400, body: text, type: "entity.parse.failed" };
  throw new SlsError(400, { expose: true, ...told });
}

/** Refuses a body of which fields are missing or of another kind; fields without a rule are nobody's business. */
export function checkFields(body: Fields, rules: Readonly<Record<string, FieldRule>>): void {
  const errors = Object.entries(rules).flatMap(([name, rule]) => problemOf(name, body[name], rule));
  if (errors.length > 0) throw new SlsError(422, { status: 422, statusText: "Unprocessable Entity", errors });
}

function problemOf(name: string, value: unknown, rule: FieldRule): object[] {
  const problem = (message: string, type: string): object[] => [
    { field: [name], location: "body", messages: [`"${name}" ${message}`], types: [type] },
  ];
  if (value === undefined) return rule === "object, if any" ? [] : problem("is required", "any.required");
  if (rule === "string") {
    if (value === "") return problem("is not allowed to be empty", "any.empty");
    return typeof value === "string" ? [] : problem("must be a string", "string.base");
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? [] : problem("must be an object", "object.base");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
