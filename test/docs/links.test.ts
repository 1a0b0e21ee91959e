import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { documentsForPeople, readDocument } from "./markdown.blocks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A heading as its own address within the page, the way that Markdown is shown on the web. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");

const anchorsIn = (path: string) =>
  [...readDocument(path).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

const withoutCode = (text: string) => text.replace(/^ *```[^]*?^ *```$/gm, "").replace(/`[^`\n]*`/g, "");

test.each(documentsForPeople())("every link of %s leads somewhere", (path) => {
  const links = [...withoutCode(readDocument(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, link = ""]) => link,
  );
  const broken = links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : join(dirname(path), file);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsIn(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test("every document is in the table of contents", () => {
  const listed = readDocument("docs/README.md");
  const missing = documentsForPeople()
    .filter((path) => path.startsWith("docs/") && path !== "docs/README.md")
    .filter((path) => !listed.includes(`(${path.slice("docs/".length)})`));
  expect(missing).toEqual([]);
});
