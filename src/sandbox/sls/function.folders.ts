import { posix } from "node:path";
import { readTree, writeTree } from "./file.tree.ts";
import type { Fields } from "./request.body.ts";
import { readDocument, writtenDocument } from "./serverless.document.ts";
import { fileFailure, workspaceRoot } from "./sls.error.ts";

/** A service as it is told: its document, and its other files as a tree. */
export interface ServiceBody {
  serverless: Fields;
  files: Fields;
}

const documentName = "serverless.yml";

/** The disk of an sls-api: a folder for each service. Names are joined to paths as they come, dots and slashes included. */
export class FunctionFolders {
  /** All files by path; those that are in no folder are nobody's. */
  readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files));
  }

  /** The names of the services, in order. */
  names(): string[] {
    const folders = [...this.files.keys()].flatMap((path) => /^([^.][^/]*)\//.exec(path)?.[1] ?? []);
    return [...new Set(folders)].sort();
  }

  has(name: string): boolean {
    return isThere(this.files, folderOf(name));
  }

  /** Whether the folder has a document, without which no command does anything in it. */
  hasDocument(name: string): boolean {
    return this.files.has(posix.join(folderOf(name), documentName));
  }

  document(name: string): Fields {
    return readDocument(this.files.get(posix.join(folderOf(name), documentName)));
  }

  /** A service; one that is not there is told as an empty one. */
  read(name: string): ServiceBody {
    const files = readTree(this.files, folderOf(name), [documentName, ".serverless"]);
    return { serverless: this.document(name), files };
  }

  /** Makes a folder, of which the one above must be there. */
  create(name: string, document: Fields, files: Readonly<Record<string, string>>): void {
    const folder = folderOf(name);
    if (isThere(this.files, folder)) throw fileFailure("EEXIST", "mkdir", `${workspaceRoot}/${name}`);
    if (!isThere(this.files, posix.dirname(folder))) {
      throw fileFailure("ENOENT", "mkdir", `${workspaceRoot}/${name}`);
    }
    this.files.set(posix.join(folder, documentName), writtenDocument(document));
    writeTree(this.files, files, folder);
  }

  /** Writes a document, if it has functions, and files over what is there. */
  write(name: string, { serverless, files }: ServiceBody): void {
    const folder = folderOf(name);
    const path = posix.join(folder, documentName);
    // A document without functions is passed over, and with it the look whether the folder is there.
    if (serverless["functions"]) {
      if (!this.has(name)) throw fileFailure("ENOENT", "open", `${workspaceRoot}/${path}`);
      this.files.set(path, writtenDocument(serverless));
    }
    writeTree(this.files, files, folder);
  }

  remove(name: string): void {
    const folder = folderOf(name);
    for (const path of [...this.files.keys()]) if (path.startsWith(`${folder}/`)) this.files.delete(path);
  }
}

function folderOf(name: string): string {
  return posix.join(".", name).replace(/\/$/, "");
}

function isThere(files: ReadonlyMap<string, string>, path: string): boolean {
  const isAbove = path === "." || /^\.\.(?:\/\.\.)*$/.test(path);
  return isAbove || files.has(path) || [...files.keys()].some((each) => each.startsWith(`${path}/`));
}
