import { createHash } from "node:crypto";

/** Who did something, and when. */
export interface Signature {
  name: string;
  email: string;
  date: Date;
}

/** A commit with the whole of its files: the path of each and its blob. */
export interface Commit {
  readonly id: string;
  readonly treeId: string;
  readonly files: ReadonlyMap<string, string>;
  readonly parent: Commit | undefined;
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A file or folder of a tree. */
export interface TreeEntry {
  readonly name: string;
  readonly path: string;
  readonly type: "file" | "dir";
  readonly sha: string;
}

/** The folders of a commit, by path; the root is the empty path. */
export type Tree = ReadonlyMap<string, readonly TreeEntry[]>;

const trees = new WeakMap<ReadonlyMap<string, string>, { tree: Tree; rootId: string }>();

/** The id which git gives to these contents. */
export function blobId(content: Buffer): string {
  return objectId("blob", content);
}

/** A new commit; its id is the one git would give it. */
export function newCommit(wanted: Omit<Commit, "id" | "treeId">): Commit {
  const treeId = treeOf(wanted.files).rootId;
  const lines = [
    `tree ${treeId}`,
    ...(wanted.parent === undefined ? [] : [`parent ${wanted.parent.id}`]),
    `author ${stamp(wanted.author)}`,
    `committer ${stamp(wanted.committer)}`,
    "",
    wanted.message,
  ];
  return { ...wanted, treeId, id: objectId("commit", Buffer.from(lines.join("\n"))) };
}

/** The folders of a set of files. */
export function foldersOf(files: ReadonlyMap<string, string>): Tree {
  return treeOf(files).tree;
}

/** What is at a path of a commit. */
export function entryAt(commit: Commit, path: string): TreeEntry | undefined {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  return foldersOf(commit.files)
    .get(folder)
    ?.find((entry) => entry.path === path);
}

/** The blob of a file, or a mark of the folder, so that a change of either shows. */
function markAt(commit: Commit | undefined, path: string): string | undefined {
  return commit?.files.get(path) ?? (commit && entryAt(commit, path)?.sha);
}

/** The commits which changed a path, newest first; all of them when there is no path. */
export function* historyOf(head: Commit, path = ""): Generator<Commit> {
  for (let commit: Commit | undefined = head; commit !== undefined; commit = commit.parent) {
    if (path === "" || markAt(commit, path) !== markAt(commit.parent, path)) yield commit;
  }
}

/** The last commit which changed a path. */
export function lastChangeOf(head: Commit, path: string): Commit {
  const [latest = head] = historyOf(head, path);
  return latest;
}

/** What a commit did to its parent's files. */
export function changesOf(commit: Commit): { added: string[]; removed: string[]; modified: string[] } {
  const before: ReadonlyMap<string, string> = commit.parent?.files ?? new Map<string, string>();
  const paths = [...commit.files.keys()];
  return {
    added: paths.filter((path) => !before.has(path)),
    removed: [...before.keys()].filter((path) => !commit.files.has(path)),
    modified: paths.filter((path) => before.has(path) && before.get(path) !== commit.files.get(path)),
  };
}

function objectId(type: string, content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}

function stamp(signature: Signature): string {
  return `${signature.name} <${signature.email}> ${Math.floor(signature.date.getTime() / 1000)} +0000`;
}

function treeOf(files: ReadonlyMap<string, string>): { tree: Tree; rootId: string } {
  const known = trees.get(files);
  if (known !== undefined) return known;
  const tree = new Map<string, readonly TreeEntry[]>();
  const built = { tree, rootId: buildFolder([...files], "", tree) };
  trees.set(files, built);
  return built;
}

function buildFolder(
  files: [path: string, sha: string][],
  folder: string,
  into: Map<string, readonly TreeEntry[]>,
): string {
  const start = folder === "" ? 0 : folder.length + 1;
  const below = new Map<string, [string, string][]>();
  const entries: TreeEntry[] = [];
  for (const file of files) {
    const slash = file[0].indexOf("/", start);
    if (slash < 0) {
      entries.push({ name: file[0].slice(start), path: file[0], type: "file", sha: file[1] });
    } else {
      const path = file[0].slice(0, slash);
      const inside = below.get(path);
      if (inside === undefined) below.set(path, [file]);
      else inside.push(file);
    }
  }
  for (const [path, inside] of below) {
    entries.push({ name: path.slice(start), path, type: "dir", sha: buildFolder(inside, path, into) });
  }
  // git sorts a folder as if its name ended with a slash.
  const key = (entry: TreeEntry): string => (entry.type === "dir" ? `${entry.name}/` : entry.name);
  entries.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  into.set(folder, entries);
  const mode = { file: "100644", dir: "40000" };
  const lines = entries.flatMap((entry) => [
    Buffer.from(`${mode[entry.type]} ${entry.name}\0`),
    Buffer.from(entry.sha, "hex"),
  ]);
  return objectId("tree", Buffer.concat(lines));
}
