import { Conflict } from "../../errors.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { textOf } from "../workspace/document/document.reader.ts";
import { isSame } from "../workspace/merge/canonical.ts";
import { conflictEntities } from "../workspace/merge/conflict.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import { merge, type Entities, type EntityConflict } from "../workspace/merge/merge.ts";
import type { Content } from "./function.change.ts";

const changedMessage = "Others changed the same of this function since the revision you started from.";
const unknownMessage =
  "The revision you started from is no longer known here: read the function again and make your change to that.";

const escaped = (key: string) => key.replaceAll("~", "~0").replaceAll("/", "~1");
const unescaped = (key: string) => key.replaceAll("~1", "/").replaceAll("~0", "~");

/** The fields of an object, each field of those within taken for itself; what is no object, or empty, is one field. */
function leavesOf(object: JsonObject, path: string): readonly [string, Json][] {
  return Object.entries(object).flatMap(([key, value]: [string, Json]): readonly [string, Json][] => {
    const place = `${path}/${escaped(key)}`;
    return isObject(value) && Object.keys(value).length > 0 ? leavesOf(value, place) : [[place, value]];
  });
}

/** A function taken apart: an entity for each field of its document, and one for each file. */
export function entitiesOf({ serverless, files }: Content): Entities {
  const all = [
    ...leavesOf(serverless, "serverless"),
    ...Array.from(files, ([path, text]): [string, Json] => [`files/${path}`, text]),
  ];
  // Neither fields nor files have an order: put into one, they cannot be in two.
  return new Map(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The function that was taken apart. */
function fromEntities(entities: Entities): Content {
  const serverless = Object.create(null) as Record<string, Json>;
  const files = new Map<string, string>();
  for (const [key, value] of entities) {
    const [kind, ...path] = key.split("/");
    if (kind === "files") files.set(path.join("/"), textOf(value) ?? "");
    else {
      const last = path.pop() ?? "";
      const place = path.reduce(
        (at, each) => (at[unescaped(each)] ??= Object.create(null) as JsonObject) as Record<string, Json>,
        serverless,
      );
      place[unescaped(last)] = value;
    }
  }
  return { serverless: JSON.parse(JSON.stringify(serverless)) as JsonObject, files };
}

/** What one side made a value or a file of, and the other something with more in it. */
function clashes(merged: Entities, versions: Readonly<Record<"base" | "theirs" | "mine", Entities>>) {
  const keys = new Set(merged.keys());
  const within = [...keys].flatMap((key) => {
    const parts = key.split("/");
    return parts.slice(2).map((_part, index) => parts.slice(0, index + 2).join("/"));
  });
  return [...new Set(within)]
    .filter((key) => keys.has(key))
    .map((entity): EntityConflict => ({
      entity,
      base: versions.base.get(entity),
      theirs: versions.theirs.get(entity),
      mine: versions.mine.get(entity),
    }));
}

function differing(theirs: Entities, mine: Entities): readonly EntityConflict[] {
  return [...new Set([...theirs.keys(), ...mine.keys()])]
    .map((entity) => ({ entity, base: undefined, theirs: theirs.get(entity), mine: mine.get(entity) }))
    .filter((each) => !isSame(each.theirs, each.mine));
}

/** The error for a change that started from what nobody knows any more. */
export function unknownStart(now: Content, mine: Content, revision: string): Conflict {
  const conflicts = differing(entitiesOf(now), entitiesOf(mine));
  return new Conflict(unknownMessage, { revision }, conflictEntities(conflicts));
}

/** A function with the changes of both sides; throws Conflict, by field and by file, where both changed the same. */
export function mergedContent(base: Content, now: Content, mine: Content, revision: string): Content {
  const versions = { base: entitiesOf(base), theirs: entitiesOf(now), mine: entitiesOf(mine) };
  const result = merge(versions.base, versions.theirs, versions.mine);
  const conflicts = "conflicts" in result ? result.conflicts : clashes(result.merged, versions);
  if ("conflicts" in result || conflicts.length > 0) {
    throw new Conflict(changedMessage, { revision }, conflictEntities(conflicts));
  }
  return fromEntities(result.merged);
}
