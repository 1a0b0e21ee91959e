import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A fenced block of a document. */
export interface Block {
  readonly language: string;
  /** What stands after the language: who asks, or what the block is. */
  readonly meta: string;
  readonly text: string;
  /** The line it begins at, to find it. */
  readonly line: number;
}

const root = new URL("../..", import.meta.url);

/** A document by its path from the root. */
export const readDocument = (path: string): string => readFileSync(new URL(path, root), "utf8");

/** Every document that is Markdown, but for what was decided. */
export function documentsForPeople(): readonly string[] {
  const below = (folder: string) =>
    readdirSync(new URL(folder, root))
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name));
  return ["README.md", "CONTRIBUTING.md", "client/README.md", ...below("docs"), ...below("docs/guides")];
}

/** The fenced blocks of a document, in their order; one in a list is indented as a whole. */
export function blocksOf(document: string): readonly Block[] {
  return [...document.matchAll(/^( *)```(\w+)(?: ([^\n]*))?\n([^]*?)\n *```$/gm)].map(
    ({ 1: indent = "", 2: language = "", 3: meta = "", 4: text = "", index }) => ({
      language,
      meta,
      text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      line: document.slice(0, index).split("\n").length,
    }),
  );
}
