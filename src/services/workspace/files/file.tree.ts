import type { Json, JsonObject } from "../json.ts";
import { isObject } from "../merge/json.kinds.ts";

/** Files by path, with their text. */
export type Files = ReadonlyMap<string, string>;

/** What files are to be: by path, a text, or undefined for what is to be gone. */
export type FileChanges = ReadonlyMap<string, string | undefined>;

/** The object that a text is the JSON of; undefined when it is none. */
export function objectIn(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

type Leaf = readonly [path: string, text: string];

function leavesOf(tree: JsonObject, folder: string): readonly Leaf[] {
  return Object.entries(tree).flatMap(([name, value]: [string, Json]): readonly Leaf[] => {
    const path = folder + name;
    if (typeof value === "object" && value !== null) return leavesOf(value as JsonObject, `${path}/`);
    return [[path, typeof value === "string" ? value : String(value)]];
  });
}

/** The files of a tree of names, by path and in the order of paths. */
export function filesOf(tree: JsonObject): Files {
  return new Map([...leavesOf(tree, "")].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The tree of changes, where null deletes. Names stand for themselves in it, whatever they mean to JavaScript. */
export function treeOf(changes: FileChanges): JsonObject {
  const folder = () => Object.create(null) as Record<string, Json>;
  const root = folder();
  for (const [path, text] of changes) {
    const folders = path.split("/");
    const name = folders.pop() ?? path;
    const last = folders.reduce((at, each) => (at[each] ??= folder()) as Record<string, Json>, root);
    last[name] = text ?? null;
  }
  return root;
}

/** The changes that are not there yet. */
export function missingFrom(files: Files, changes: FileChanges): FileChanges {
  return new Map([...changes].filter(([path, text]) => files.get(path) !== text));
}
