import { Conflict } from "../../../errors.ts";
import type { Outcome } from "../document.service.ts";
import type { Json, JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import { conflictEntities } from "../merge/conflict.ts";
import { merge, type Entities, type EntityConflict } from "../merge/merge.ts";
import { documentOf, inOrder } from "./held.model.ts";
import type { ReadModel } from "./model.reader.ts";

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

/** All that was there at a revision, what no save can change included. */
const recalledWhole = (recalled: Json | undefined): Entities | undefined =>
  recalled === undefined ? undefined : inOrder(Object.entries(recalled as JsonObject));

/** What of it saves can change: all that is in a group. */
function recalledEntities(recalled: Json | undefined): Entities | undefined {
  const whole = recalledWhole(recalled);
  return whole && new Map([...whole].filter(([entity]) => entity.includes("/")));
}

/** What others have made of what a writer started from, or all that is there where nobody knows that any more. */
function changedSince(base: Entities | undefined, theirs: Entities): readonly EntityConflict[] {
  return [...new Set([...(base ?? nothing).keys(), ...theirs.keys()])]
    .sort()
    .map((entity) => ({ entity, base: base?.get(entity), theirs: theirs.get(entity), mine: undefined }))
    .filter((versions) => !isSame(versions.base, versions.theirs));
}

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
  if (!base) {
    const conflicts = differing(base, theirs, mine);
    // Who wants what is there, such as one who sends a save again, overwrites nothing.
    if (conflicts.length === 0) return { wanted: theirs, outcome: "MERGED" };
    throw conflict(messages.unknown, now, conflicts);
  }
  const result = merge(base, theirs, mine);
  if ("merged" in result) return { wanted: inOrder(result.merged), outcome: "MERGED" };
  throw conflict(messages.changed, now, result.conflicts);
}

/** Refuses to delete what others have changed since the writer read it. */
export function checkUnchanged({ now, revision, recalled }: Started & { now: ReadModel }): void {
  if (revision === undefined || revision === now.revision) return;
  const base = recalledWhole(recalled);
  const theirs = changedSince(base, inOrder(Object.entries(documentOf(now))));
  throw conflict(base ? messages.changed : messages.unknown, now, theirs);
}
