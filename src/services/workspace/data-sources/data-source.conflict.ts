import { Conflict } from "../../../errors.ts";
import type { Json } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import { conflictEntities } from "../merge/conflict.ts";
import type { EntityConflict } from "../merge/merge.ts";
import type { Changed, DataSourceChange } from "./data-source.change.ts";
import { entityNameOf, type ReadDataSource } from "./data-source.reader.ts";
import { withoutSecrets, type Shown } from "./secrets.ts";

const messages = {
  changed: "The data source has changed since you read it.",
  gone: "The data source is no longer there.",
  unknown:
    "The revision you started from is no longer known here: read the data source again and make your change to that.",
};

const nothing: Shown = { shown: {}, secrets: [] };

const fieldIn = ({ shown }: Shown, field: string): Json | undefined =>
  Object.hasOwn(shown, field) ? shown[field] : undefined;

/** What can be told of each field: what is shown of it, and where in it secrets are set. */
function toldOf(source: Shown): ReadonlyMap<string, Json> {
  const places = new Map<string, string[]>();
  for (const path of source.secrets) {
    const field = path.split(".")[0] ?? "";
    const known = places.get(field);
    if (known) known.push(path);
    else places.set(field, [path]);
  }
  const fields = [...Object.keys(source.shown), ...places.keys()];
  return new Map(
    fields.map((field) => [field, [fieldIn(source, field) ?? null, places.get(field) ?? []] as const]),
  );
}

/** The fields in which two states of a data source differ, as far as that can be told. */
function differing(one: Shown, other: Shown): readonly string[] {
  const [here, there] = [toldOf(one), toldOf(other)];
  const fields = new Set([...here.keys(), ...there.keys()]);
  return [...fields].filter((field) => !isSame(here.get(field), there.get(field)));
}

/** A conflict over fields: of those that are secret it tells no more than that they are concerned. */
function conflictOver(
  fields: Iterable<string>,
  message: string,
  { base, theirs, mine }: Readonly<Record<"base" | "theirs" | "mine", Shown>>,
  revision: string | null,
): Conflict {
  const conflicts = Array.from(new Set(fields), (field): EntityConflict => {
    const [before, there, here] = [fieldIn(base, field), fieldIn(theirs, field), fieldIn(mine, field)];
    return { entity: entityNameOf(field), base: before, theirs: there, mine: here };
  });
  const sorted = conflicts.sort((one, other) => (one.entity < other.entity ? -1 : 1));
  return new Conflict(message, { revision }, conflictEntities(sorted));
}

/** What stands against deleting what others have changed: the fields in which they did, or all where nobody knows. */
export function deletionConflict(base: Shown | undefined, now: ReadDataSource): Conflict {
  const versions = { base: base ?? nothing, theirs: now, mine: nothing };
  const message = base ? messages.changed : messages.unknown;
  return conflictOver(differing(versions.base, now), message, versions, now.revision);
}

/** What stands against changing what others have deleted: everything that the writer wants to be there. */
export function goneConflict(base: Shown | undefined, { fields, settings }: DataSourceChange): Conflict {
  const wanted = Object.entries({ ...base?.shown, ...fields, ...settings });
  const mine = withoutSecrets(Object.fromEntries(wanted.filter(([, value]) => value !== null)));
  const versions = { base: base ?? nothing, theirs: nothing, mine };
  return conflictOver(differing(nothing, mine), messages.gone, versions, null);
}

/**
 * What stands against a change of which nobody knows any more what it started from: everything that it would overwrite.
 * Undefined where that is nothing. A secret that it sets counts, whether or not it is the one that is stored: to say so
 * would let secrets be guessed.
 */
export function unknownConflict(now: ReadDataSource, { content, sealed }: Changed): Conflict | undefined {
  const mine = withoutSecrets(content);
  const fields = [...differing(now, mine), ...sealed];
  if (fields.length === 0) return undefined;
  return conflictOver(fields, messages.unknown, { base: nothing, theirs: now, mine }, now.revision);
}
