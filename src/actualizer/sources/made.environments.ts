import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { FoundEnvironment } from "./environment.reader.ts";

/**
 * Leaves out made environments beyond the limit, those that were made last: whoever may make repositories can mark any
 * number of them, and each is a workspace that runs.
 */
export function leaveOutBeyond(
  limit: number,
  { isStatic }: Pick<PlatformNames, "isStatic">,
  found: readonly FoundEnvironment[],
): readonly FoundEnvironment[] {
  const made = found.filter(({ env }) => !isStatic(env));
  const others = new Set(made.toSorted((one, other) => one.repository.id - other.repository.id).slice(limit));
  const leftOut = `Besides those that every producer has, ${limit} environments can be run, and others were made before this one.`;
  return found.map((each) => (others.has(each) ? { ...each, leftOut } : each));
}
