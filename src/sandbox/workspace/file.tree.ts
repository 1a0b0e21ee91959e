import { posix } from "node:path";
import { textOf, type Entity } from "./loopback.body.ts";
import { fileError } from "./loopback.error.ts";
import type { Files } from "./project.disk.ts";
import { projectRoot } from "./project.template.ts";

const leftOut =
  /^(?:node_modules|\.git[^/]*|lunchbadger\.json|package-lock\.json|yarn\.lock)(?:\/|$)|^\.\.(?:\/|$)/;

/** All files as one object, folders within folders; what the pod keeps to itself is left out. */
export function treeOf(files: Files): Entity {
  const tree: Entity = {};
  for (const [path, content] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    if (leftOut.test(path)) continue;
    const folders = path.split("/");
    const name = folders.pop() ?? path;
    const folder = folders.reduce<Entity>((at, each) => (at[each] ??= {}) as Entity, tree);
    folder[name] = content;
  }
  return tree;
}

/** Writes a tree over the files: null deletes. Names are joined to the path as they come, `..` and slashes included. */
export function writeTree(files: Files, tree: Entity, folder = ""): void {
  for (const [name, content] of Object.entries(tree)) {
    const path = posix.join(folder, name).replace(/^\/+/, "");
    if (content === null) remove(files, path);
    else if (typeof content === "object") writeTree(files, content as Entity, path);
    else if (isFolder(files, path)) throw fileError("EISDIR", "open", `${projectRoot}/${path}`);
    else files.set(path, textOf(content));
  }
}

function remove(files: Files, path: string): void {
  const gone = [...files.keys()].filter((each) => each === path || each.startsWith(`${path}/`));
  if (gone.length === 0) throw fileError("ENOENT", "lstat", `${projectRoot}/${path}`);
  for (const each of gone) files.delete(each);
}

function isFolder(files: Files, path: string): boolean {
  return [...files.keys()].some((each) => each.startsWith(`${path}/`));
}
