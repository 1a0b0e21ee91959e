import { expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "../../src/config.ts";
import { variables } from "../../src/variables.ts";
import { ownVariables } from "../../src/actualizer/actualizer.config.ts";
import { blocksOf, documentsForPeople, readDocument } from "./markdown.blocks.ts";

const blocks = documentsForPeople().flatMap((path) =>
  blocksOf(readDocument(path)).map((block) => ({ path, ...block })),
);

/** What a real platform needs besides what a document is about. */
const platform = {
  GITEA_URL: "http://gitea.test",
  GITEA_TOKEN: "token",
  GIT_API_URL: "http://git-api.test",
  CONFIGSTORE_URL: "http://configstore.test",
};

const settings = blocks.filter(({ meta }) => meta === "environment");

test("documents show what a gateway is started with", () => {
  expect(settings.length).toBeGreaterThanOrEqual(3);
});

test.each(settings)("a gateway starts with what $path:$line shows", ({ text }) => {
  const shown = Object.fromEntries(
    text.split("\n").map((line) => {
      const [name = "", ...value] = line.trim().split("=");
      return [name, value.join("=")];
    }),
  );
  expect(Object.keys(shown).filter((name) => !(name in variables))).toEqual([]);
  expect(() => readConfig({ ...platform, ...shown })).not.toThrow();
});

test("documents name only variables that there are", () => {
  const known = new Set(["NODE_ENV", ...Object.keys(variables), ...Object.keys(ownVariables)]);
  const guides = documentsForPeople().filter((path) => /guides|getting-started/.test(path));
  // With an underscore in it a word in capitals is a variable or a code, and with a value it is a variable.
  const named = guides.flatMap((path) =>
    [...readDocument(path).matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g)].map(({ 1: name = "" }) => name),
  );
  const codes = readDocument("docs/errors.md") + readDocument("schema.graphql");
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.has(name) && !codes.includes(name))).toEqual([]);
});

const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readDocument("package.json"))).scripts;

test.each(documentsForPeople())("%s names only scripts that there are", (path) => {
  const named = [...readDocument(path).matchAll(/npm (?:run (?:-s )?)([\w:]+)/g)].map(
    ({ 1: name = "" }) => name,
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
