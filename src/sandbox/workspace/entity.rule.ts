import { textOf, type Entity } from "./loopback.body.ts";
import type { Issue } from "./loopback.error.ts";

/** The complaints about fields that must be there; what is asked twice is complained about twice. */
export function blankIssues(entity: Entity, ...fields: string[]): Issue[] {
  return fields
    .filter((field) => isBlank(entity[field]))
    .map((field) => issue(entity, field, "presence", "can't be blank"));
}

/** The complaint about a name of characters that are not allowed. */
export function formatIssues(entity: Entity, field: string, pattern: RegExp): Issue[] {
  const value = entity[field];
  if (value === undefined || value === null) return [issue(entity, field, "format.null", "is null")];
  if (value === "") return [issue(entity, field, "format.blank", "is blank")];
  return pattern.test(textOf(value)) ? [] : [issue(entity, field, "format", "is invalid")];
}

/** The complaint about a name that something with another id has. */
export function uniquenessIssues(
  entity: Entity,
  sentId: unknown,
  others: readonly Entity[],
  field = "name",
): Issue[] {
  const taken = others.some((other) => other[field] === entity[field] && other["id"] !== sentId);
  return taken && !isBlank(entity[field]) ? [issue(entity, field, "uniqueness", "is not unique")] : [];
}

/** What LoopBack takes for blank: an empty list is, an empty object is not. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : Number.isNaN(value);
}

function issue(entity: Entity, field: string, code: string, message: string): Issue {
  const value = entity[field];
  return {
    field,
    code,
    message,
    value: value === undefined ? "undefined" : JSON.stringify(value),
  };
}
