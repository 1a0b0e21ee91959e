import { buildSchema, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { startSett, type SettOptions } from "../support/sett.ts";
import { runExamples } from "./example.runner.ts";
import { blocksOf, documentsForPeople, readDocument } from "./markdown.blocks.ts";

const documents = documentsForPeople().map((path) => ({ path, blocks: blocksOf(readDocument(path)) }));

/** What the gateway of a document is started with, where that matters to it. */
const settings: Readonly<Record<string, SettOptions>> = {
  "docs/guides/follow-a-deploy.md": { actualizer: true },
};

/** How many things each of these shows, so that none is passed over in silence. */
const shows = {
  "README.md": 3,
  "docs/getting-started.md": 8,
  "docs/permissions.md": 3,
  "docs/guides/share-a-project.md": 8,
  "docs/guides/save-together.md": 5,
  "docs/guides/follow-a-deploy.md": 6,
  "docs/guides/write-a-client.md": 4,
  "docs/guides/sign-people-in.md": 1,
  "docs/guides/upgrade.md": 1,
  "docs/guides/run-on-a-cluster.md": 1,
} as const;

describe.each(Object.entries(shows))("%s", (path, count) => {
  test("what it shows is what happens, from its first line to its last", { timeout: 60_000 }, async () => {
    const sett = await startSett(settings[path]);
    const blocks = documents.find((document) => document.path === path)?.blocks ?? [];
    expect(await runExamples(blocks, sett)).toBe(count);
  });
});

/** Run by a test of its own, as services have to break for it. */
const runElsewhere = ["docs/errors.md"];

test("every document that asks something as somebody is run", () => {
  const asking = documents.filter(({ blocks }) =>
    blocks.some(({ language, meta }) => (language === "graphql" && meta !== "") || language === "js"),
  );
  expect(
    asking.map(({ path }) => path).filter((path) => !(path in shows || runElsewhere.includes(path))),
  ).toEqual([]);
});

const schema = buildSchema(readDocument("schema.graphql"));

test.each(
  documents
    .filter(({ path }) => !runElsewhere.includes(path))
    .flatMap(({ path, blocks }) =>
      blocks.filter(({ language }) => language === "graphql").map((block) => ({ path, ...block })),
    ),
)("$path:$line asks for what there is", ({ text }) => {
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
});
