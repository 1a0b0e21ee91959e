import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resolvers } from "../src/resolvers/resolvers.ts";
import { buildSchema, printSdl } from "../src/schema/build-schema.ts";
import { schemaDifferences, type Difference } from "./schema.differences.ts";

const releasedFile = "schema.released.graphql";

if (process.argv.includes("--release")) {
  copyFileSync("schema.graphql", releasedFile);
  console.log(`wrote ${releasedFile}`);
} else {
  await check();
}

/** Fails on what breaks clients and is not announced, and on documents that do not fit; tells the rest. */
async function check(): Promise<void> {
  const documents = readdirSync("documents").map((name) => join("documents", name));
  const { unannounced, announced, dangerous, harmless, misfits } = await schemaDifferences({
    released: readFileSync(releasedFile, "utf8"),
    current: printSdl(buildSchema(resolvers)),
    changelog: readFileSync("CHANGELOG.md", "utf8"),
    documents: Object.fromEntries(documents.map((name) => [name, readFileSync(name, "utf8")])),
  });
  tell("dangerous", dangerous);
  tell("breaking, and announced", announced);
  tell("breaking", unannounced);
  tell("does not fit the schema", misfits);
  if (unannounced.length > 0) {
    console.error("Name each in CHANGELOG.md, in a list below a heading Breaking of the unreleased part.");
  }
  const told = announced.length + dangerous.length;
  console.log(`Since the last release: ${harmless} harmless changes of the schema, ${told} to know of.`);
  process.exitCode = unannounced.length + misfits.length > 0 ? 1 : 0;
}

function tell(kind: string, differences: readonly Difference[]): void {
  for (const { at, message } of differences) console.error(`${kind}: \`${at}\` ${message}`);
}
