import type { SandboxRequest } from "../http.ts";
import { GoError, unreadable } from "./go.error.ts";

/** The text fields of a JSON body, "" where one is absent; throws a GoError when it cannot be read. */
export function textFields<F extends string>(request: SandboxRequest, ...fields: F[]): Record<F, string> {
  if (request.body.length === 0) throw new GoError("EOF");
  const body = parse(request.body);
  const values = fields.map((field) => {
    const value = body[field] ?? "";
    if (typeof value !== "string") throw new GoError(`${field} is no string`);
    return [field, value] as const;
  });
  return Object.fromEntries(values) as Record<F, string>;
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    return (JSON.parse(body.toString("utf8")) ?? {}) as Record<string, unknown>;
  } catch (error) {
    throw unreadable(error);
  }
}

/** The login behind `/users/:prefix/:name`. */
export function loginOf({ params }: SandboxRequest): string {
  return `${params["prefix"] ?? ""}-${params["name"] ?? ""}`;
}

/** The same, ready to stand in a path of Gitea's. */
export function loginPart(request: SandboxRequest): string {
  return encodeURIComponent(loginOf(request));
}
