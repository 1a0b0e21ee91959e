import type { JsonObject } from "../json.ts";
import { merge, type EntityConflict } from "./merge.ts";
import { fromEntities, toEntities, wholeFields } from "./project.entities.ts";

/** What merging two versions of a project comes to. */
export type ProjectMerge =
  { readonly merged: JsonObject } | { readonly conflicts: readonly EntityConflict[] };

/**
 * A project's document with the changes of both sides. A list that cannot be taken apart in one of the three
 * versions is taken whole in all, so that no version's items are set against another's list.
 */
export function mergeProjects(base: JsonObject, theirs: JsonObject, mine: JsonObject): ProjectMerge {
  const whole = new Set([base, theirs, mine].flatMap((document) => [...wholeFields(document)]));
  const result = merge(toEntities(base, whole), toEntities(theirs, whole), toEntities(mine, whole));
  return "merged" in result ? { merged: fromEntities(result.merged) } : result;
}
