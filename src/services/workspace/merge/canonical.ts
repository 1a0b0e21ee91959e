import { createHash } from "node:crypto";
import { stringify } from "safe-stable-stringify";
import type { Json } from "../json.ts";

/** Enough of a hash that no two documents share one. */
const revisionLength = 27;

/** One text for all spellings of a value: the order of keys means nothing, that of lists does. */
function canonical(value: unknown): string {
  return stringify(value) ?? "";
}

/** The name of a value's content: two values that say the same have the same revision. */
export function revisionOf(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, revisionLength);
}

/** Whether two values say the same, in whatever order of keys; undefined is what is not there. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || canonical(one) === canonical(other);
}
