import type { Json } from "../json.ts";
import type { EntityConflict } from "./merge.ts";

/** A conflict as an error shows it: null is what is not there. */
export type ShownConflict = Readonly<Record<"base" | "theirs" | "mine", Json>> & { readonly entity: string };

/** What an error tells of conflicts. */
export function conflictEntities(conflicts: readonly EntityConflict[]): readonly ShownConflict[] {
  return conflicts.map(({ entity, base, theirs, mine }) => ({
    entity,
    base: base ?? null,
    theirs: theirs ?? null,
    mine: mine ?? null,
  }));
}
