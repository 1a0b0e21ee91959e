import { laidOver, takenOut } from "./field.merge.ts";
import {
  comparedFields,
  holdersOf,
  isField,
  keyFieldsOf,
  ownedIn,
  placesOf,
  without,
  wordsOf,
  type FieldSet,
} from "./field.set.ts";
import type { Fields } from "./kubernetes.object.ts";
import {
  isSameWriter,
  settable,
  settablePlaces,
  writtenManagers,
  type Manager,
  type Writer,
} from "./managed.fields.ts";
import { apiVersionOf, type Resource } from "./resource.kinds.ts";
import { StatusError } from "./status.error.ts";

/** Who applies, and whether he takes what others have set. */
export interface Applier extends Writer {
  readonly isForced: boolean;
}

/** What came of applying: what can be set of the object, and who has set what. */
export interface Applied {
  readonly object: Fields;
  readonly managedFields: readonly Fields[];
}

/**
 * Lays what somebody wants over what is there. What he wanted before and wants no more goes, unless it is somebody
 * else's, too; what somebody else has set to something else is a conflict, unless he forces it.
 */
export function apply(
  resource: Resource,
  live: Fields,
  known: readonly Manager[],
  wanted: Fields,
  applier: Applier,
): Applied {
  const { shape } = resource;
  const part = settable(resource, wanted, applier.subresource);
  const places = placesOf(part, shape);
  const fields = ownedIn(places);
  const others = known.filter((each) => !isSameWriter(each, applier));
  const last = known.find((each) => isSameWriter(each, applier))?.fields ?? new Set<string>();
  const merged = laidOver(live, part, shape);
  const gone = abandoned(last, [new Set(places.keys()), ...others.map((each) => each.fields)]);
  const object = takenOut(merged, gone, shape) as Fields;

  const { changed, removed } = comparedFields(
    settablePlaces(resource, live, applier.subresource),
    settablePlaces(resource, object, applier.subresource),
  );
  const conflicts = others
    .map((each) => ({ each, places: [...each.fields].filter((path) => changed.has(path)) }))
    .filter(({ places }) => places.length > 0);
  if (conflicts.length > 0 && !applier.isForced) throw applyConflict(conflicts);
  const { manager, operation, subresource } = applier;
  const own = { manager, operation, subresource, apiVersion: apiVersionOf(resource), fields };
  const managedFields = writtenManagers(
    known,
    [...others.map((each) => ({ ...each, fields: without(each.fields, changed, removed) })), own],
    changed.size + removed.size > 0 ? own : undefined,
  );
  return { object, managedFields };
}

/** Places of before that nobody has any more, nor anything in them. */
function abandoned(last: FieldSet, current: readonly FieldSet[]): FieldSet {
  const all = current.flatMap((each) => [...each]);
  const holders = [...all, ...all.flatMap(holdersOf)];
  const held = new Set([...holders, ...holders.flatMap(keyFieldsOf), "f:metadata"]);
  const named = [...last].flatMap((path) => [path, ...holdersOf(path).filter(isField)]);
  return new Set(named.filter((path) => !held.has(path)));
}

interface Conflict {
  readonly each: Manager;
  readonly places: readonly string[];
}

function applyConflict(conflicts: readonly Conflict[]): StatusError {
  const sorted = conflicts.toSorted((one, other) => (nameOf(one.each) < nameOf(other.each) ? -1 : 1));
  const causes = sorted.flatMap(({ each, places }) =>
    places.map((path) => ({
      reason: "FieldManagerConflict",
      message: `conflict with ${nameOf(each)}`,
      field: wordsOf(path),
    })),
  );
  const [only] = causes;
  const listed = sorted.map(
    ({ each, places }) =>
      `conflicts with ${nameOf(each)}:\n${places.map((path) => `- ${wordsOf(path)}`).join("\n")}`,
  );
  const message =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${only?.message ?? ""}: ${only?.field ?? ""}`
      : `Apply failed with ${causes.length} conflicts: ${listed.join("\n")}`;
  return new StatusError(409, message, { reason: "Conflict", details: { causes } });
}

function nameOf({ manager, operation, apiVersion, subresource }: Manager): string {
  const part = subresource === "" ? "" : ` with subresource "${subresource}"`;
  return `"${manager}"${part}${operation === "Update" ? ` using ${apiVersion}` : ""}`;
}
