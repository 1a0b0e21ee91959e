import { Conflict } from "../../../errors.ts";
import type { Outcome } from "../document.service.ts";
import type { Json, JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import { conflictEntities } from "../merge/conflict.ts";
import { merge, type Entities, type EntityConflict } from "../merge/merge.ts";
import { inOrder, type ReadModel } from "./model.reader.ts";

/** What a writer started from, and what became of it meanwhile. */
export interface Started {
  /** What is there now; undefined when somebody has deleted it. */
  readonly now: ReadModel | undefined;
  readonly revision: string | undefined;
  /** What was there at the named revision; undefined when nobody knows any more. */
  readonly recalled: Json | undefined;
}

const messages = {
  changed: "Others changed the same things of this model since the revision you started from.",
  deleted: "Somebody has deleted this model since the revision you started from.",
  unknown:
    "The revision you started from is no longer known here: read the model again and make your change to that.",
};

const nothing: Entities = new Map();

/** What differs between what is there and what is wanted in its place. */
function differing(base: Entities | undefined, theirs: Entities, mine: Entities): readonly EntityConflict[] {
  return [...new Set([...theirs.keys(), ...mine.keys()])]
    .sort()
    .map((entity) => ({
      entity,
      base: base?.get(entity),
      theirs: theirs.get(entity),
      mine: mine.get(entity),
    }))
    .filter((versions) => !isSame(versions.theirs, versions.mine));
}

function conflict(
  message: string,
  now: ReadModel | undefined,
  conflicts: readonly EntityConflict[],
): Conflict {
  return new Conflict(message, { revision: now?.revision ?? null }, conflictEntities(conflicts));
}

const recalledEntities = (recalled: Json | undefined): Entities | undefined =>
  recalled === undefined ? undefined : inOrder(Object.entries(recalled as JsonObject));

/**
 * What a model is to be: the change made to what its writer started from, together with what others changed since.
 * Nothing that others did is overwritten unseen, unless the writer named no revision.
 */
export function mergedModel(
  { now, revision, recalled }: Started,
  change: (from: Entities) => Entities,
): { wanted: Entities; outcome: Outcome } {
  const theirs = now?.entities ?? nothing;
  if (revision === undefined) return { wanted: change(theirs), outcome: "LAST_WRITE_WINS" };
  if (revision === now?.revision) return { wanted: change(theirs), outcome: "SAVED" };
  const base = recalledEntities(recalled);
  const mine = change(base ?? theirs);
  if (!now) throw conflict(messages.deleted, now, differing(base, theirs, mine));
  if (!base) throw conflict(messages.unknown, now, differing(base, theirs, mine));
  const result = merge(base, theirs, mine);
  if ("merged" in result) return { wanted: inOrder(result.merged), outcome: "MERGED" };
  throw conflict(messages.changed, now, result.conflicts);
}

/** Refuses to delete what others have changed since the writer read it. */
export function checkUnchanged({ now, revision, recalled }: Started & { now: ReadModel }): void {
  if (revision === undefined || revision === now.revision) return;
  const base = recalledEntities(recalled);
  const conflicts = differing(base, now.entities, nothing);
  const theirs = base ? conflicts.filter((each) => !isSame(each.base, each.theirs)) : conflicts;
  throw conflict(base ? messages.changed : messages.unknown, now, theirs);
}
