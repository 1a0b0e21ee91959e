import { Conflict } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import { conflictEntities } from "../merge/conflict.ts";
import { merge, type EntityConflict } from "../merge/merge.ts";
import type { Changed } from "./data-source.change.ts";
import { contentOf, entitiesOf, entityNameOf, type ReadDataSource } from "./data-source.reader.ts";
import { withoutSecrets } from "./secrets.ts";

const changedMessage = "Others changed the same of this data source since the revision you started from.";

const entityOf = (shown: JsonObject, field: string): Json | undefined =>
  Object.hasOwn(shown, field) ? shown[field] : undefined;

/** What the writer wants to be shown: what they started from, with what they gave. */
function mineFrom(base: JsonObject, { content, given }: Changed): JsonObject {
  const { shown } = withoutSecrets(content);
  const rest = Object.entries(base).filter(([field]) => !given.includes(field));
  const own = given.filter((field) => Object.hasOwn(shown, field)).map((field) => [field, shown[field]]);
  return Object.fromEntries([...rest, ...own]) as JsonObject;
}

/** Fields that others changed and in which the writer sets nothing but a secret, of which what is shown tells nothing. */
function sealedConflicts(base: JsonObject, theirs: JsonObject, mine: JsonObject, { sealed }: Changed) {
  return sealed
    .filter((field) => !isSame(entityOf(base, field), entityOf(theirs, field)))
    .filter((field) => isSame(entityOf(base, field), entityOf(mine, field)))
    .map((field): EntityConflict => ({
      entity: entityNameOf(field),
      base: entityOf(base, field),
      theirs: entityOf(theirs, field),
      mine: entityOf(mine, field),
    }));
}

/**
 * What is to be stored when others wrote since the revision that a change started from: theirs with the change, field by
 * field. Throws Conflict, with nothing secret in it, where both changed the same.
 */
export function mergedContent(
  stored: JsonObject,
  base: JsonObject,
  change: Changed,
  { shown: theirs, revision }: ReadDataSource,
): JsonObject {
  const before = contentOf(stored);
  const mine = mineFrom(base, change);
  const result = merge(entitiesOf(base), entitiesOf(theirs), entitiesOf(mine));
  const conflicts = [
    ...("conflicts" in result ? result.conflicts : []),
    ...sealedConflicts(base, theirs, mine, change),
  ];
  if (conflicts.length > 0) throw new Conflict(changedMessage, { revision }, conflictEntities(conflicts));
  const isTheirs = (field: string) =>
    !change.given.includes(field) ||
    (!change.sealed.includes(field) &&
      !isSame(entityOf(base, field), entityOf(theirs, field)) &&
      isSame(entityOf(base, field), entityOf(mine, field)));
  const fields = new Set([...Object.keys(before), ...Object.keys(change.content)]);
  return Object.fromEntries(
    [...fields].flatMap((field): [string, Json][] => {
      const value = entityOf(isTheirs(field) ? before : change.content, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
