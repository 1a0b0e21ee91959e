import type { Files } from "./file.tree.ts";

/** A file that is to be at a place; no text deletes it. */
export interface PlacedFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** All folders of these files. */
function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      folders.add(path.slice(0, end));
    }
  }
  return folders;
}

/** Whether a file with this path would be in another file. */
function isInFile(path: string, isFile: (path: string) => boolean): boolean {
  return [...foldersOf([path])].some(isFile);
}

/** A check of whether each file can be where it is wanted, among the others and among those that are there. */
export function placeCheck(
  wanted: readonly PlacedFile[],
  files: Files,
  problemOfPath: (path: string) => string | undefined,
): (file: PlacedFile) => string | undefined {
  const named = new Set(wanted.map(({ path }) => path));
  const seen = new Set<string>();
  const folders = foldersOf([...files.keys(), ...named]);
  const isFile = (path: string) => files.has(path) || named.has(path);

  return ({ path, text }) => {
    if (seen.has(path)) return "is named twice";
    seen.add(path);
    const ofPath = problemOfPath(path);
    if (ofPath !== undefined) return ofPath;
    if (folders.has(path)) return "is a folder: name the files in it";
    if (isInFile(path, isFile)) return "is in what is a file, not a folder";
    if (text !== undefined || files.has(path)) return undefined;
    return "is not there, so it cannot be deleted";
  };
}
