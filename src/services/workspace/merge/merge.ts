import type { Json } from "../json.ts";
import { isSame } from "./canonical.ts";
import { mergeOrder } from "./order.ts";

/**
 * A document taken apart, in its order. Keys that are alike up to their first slash are a group, whose order counts;
 * a key without a slash stands for itself, and the order between groups means nothing.
 */
export type Entities = ReadonlyMap<string, Json>;

/** What both sides changed, differently: how it was, and what each made of it; undefined where it is not there. */
export interface EntityConflict {
  readonly entity: string;
  readonly base: Json | undefined;
  readonly theirs: Json | undefined;
  readonly mine: Json | undefined;
}

/** What a merge comes to: a document with the changes of both, or what stands against it. */
export type Merge = { readonly merged: Entities } | { readonly conflicts: readonly EntityConflict[] };

/** The side whose version stands: the one that changed it; undefined when both did, differently. */
function standing({ base, theirs, mine }: EntityConflict): "theirs" | "mine" | undefined {
  if (isSame(base, theirs)) return "mine";
  if (isSame(base, mine) || isSame(theirs, mine)) return "theirs";
  return undefined;
}

function groupOf(key: string): string {
  const slash = key.indexOf("/");
  return slash === -1 ? key : key.slice(0, slash + 1);
}

/** The keys of each group, in their order. */
function groupsOf(entities: Entities): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const key of entities.keys()) {
    const group = groups.get(groupOf(key));
    if (group) group.push(key);
    else groups.set(groupOf(key), [key]);
  }
  return groups;
}

const byName = (one: EntityConflict, other: EntityConflict) => (one.entity < other.entity ? -1 : 1);

/** What each entity comes to: those that stay, and those that both sides changed differently. */
function mergedEntities(base: Entities, theirs: Entities, mine: Entities) {
  const kept = new Map<string, Json>();
  const conflicts: EntityConflict[] = [];
  for (const entity of new Set([...base.keys(), ...theirs.keys(), ...mine.keys()])) {
    const versions = {
      entity,
      base: base.get(entity),
      theirs: theirs.get(entity),
      mine: mine.get(entity),
    };
    const side = standing(versions);
    const value = side && versions[side];
    if (!side) conflicts.push(versions);
    else if (value !== undefined) kept.set(entity, value);
  }
  return { kept, conflicts };
}

/** The keys in the order of the merged document, and the groups that both sides put in another order. */
function mergedOrder(base: Entities, theirs: Entities, mine: Entities) {
  const [before, others, own] = [groupsOf(base), groupsOf(theirs), groupsOf(mine)];
  const added = new Set([...others.keys(), ...own.keys()].filter((group) => !before.has(group)));
  const conflicts: EntityConflict[] = [];
  const keys = [...before.keys(), ...[...added].sort()].flatMap((group) => {
    const versions = {
      base: before.get(group) ?? [],
      theirs: others.get(group) ?? [],
      mine: own.get(group) ?? [],
    };
    const order = mergeOrder(versions.base, versions.theirs, versions.mine);
    if (!order) conflicts.push({ entity: group.slice(0, -1), ...versions });
    return order ?? [];
  });
  return { keys, conflicts };
}

/**
 * Both sides' changes to what they started from. An entity that one side changed, added or deleted is as that side
 * has it; one that both changed the same way too; one that both changed differently is a conflict. It comes to the
 * same whichever side is whose.
 */
export function merge(base: Entities, theirs: Entities, mine: Entities): Merge {
  const entities = mergedEntities(base, theirs, mine);
  const order = mergedOrder(base, theirs, mine);
  const conflicts = [...entities.conflicts, ...order.conflicts].sort(byName);
  if (conflicts.length > 0) return { conflicts };
  const merged = order.keys.flatMap((key): [string, Json][] => {
    const value = entities.kept.get(key);
    return value === undefined ? [] : [[key, value]];
  });
  return { merged: new Map(merged) };
}
