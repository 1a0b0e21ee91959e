import { posix } from "node:path";
import type { Fields } from "./request.body.ts";
import { fileFailure, workspaceRoot } from "./sls.error.ts";

/** The files below a folder as one object, folders within folders; `leftOut` are right below it. */
export function readTree(
  files: ReadonlyMap<string, string>,
  folder: string,
  leftOut: readonly string[],
): Fields {
  const tree: Fields = {};
  const start = folder === "." ? 0 : folder.length + 1;
  const inside = [...files].filter(([path]) => start === 0 || path.startsWith(`${folder}/`)).sort(byPath);
  for (const [path, content] of inside) {
    const parts = path.slice(start).split("/");
    if (leftOut.includes(parts[0] ?? "")) continue;
    const name = parts.pop() ?? path;
    const at = parts.reduce<Fields>((parent, each) => (parent[each] ??= {}) as Fields, tree);
    at[name] = content;
  }
  return tree;
}

/** Writes a tree over the files: null deletes, and what is not named stays. */
export function writeTree(files: Map<string, string>, tree: Fields, folder: string): void {
  for (const [name, content] of Object.entries(tree)) {
    const path = posix.join(folder, name);
    const below = [...files.keys()].filter((each) => each.startsWith(`${path}/`));
    if (content === null) {
      if (below.length === 0 && !files.has(path)) throw failure("ENOENT", "lstat", path);
      for (const each of [path, ...below]) files.delete(each);
    } else if (typeof content === "object") writeTree(files, content as Fields, path);
    else if (below.length > 0) throw failure("EISDIR", "open", path);
    else files.set(path, typeof content === "string" ? content : JSON.stringify(content));
  }
}

function failure(code: "ENOENT" | "EISDIR", syscall: string, path: string): Error {
  return fileFailure(code, syscall, `${workspaceRoot}/${path}`);
}

function byPath([one]: [string, string], [other]: [string, string]): number {
  return one < other ? -1 : 1;
}
