import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { resolvers } from "../src/resolvers/resolvers.ts";
import { buildSchema, printSdl } from "../src/schema/build-schema.ts";
import { schemaHash, version } from "../src/version.ts";
import { schemaDifferences, type Difference } from "./schema.differences.ts";

/** What the last release served, and what its clients ask. */
const releasedSchema = "schema.released.graphql";
const releasedDocuments = "trusted-documents.released.json";

const { values: options } = parseArgs({
  options: {
    // Makes this the last release.
    release: { type: "boolean", default: false },
    // The address of a gateway that runs: what it serves is compared instead.
    deployed: { type: "string" },
  },
});

const read = (name: string) => readFileSync(name, "utf8");

if (options.release) release();
else await check();

/** Takes over what is generated, which `npm run check:generated` holds to the code. */
function release(): void {
  const sdl = read("schema.graphql");
  const about = `# Released as ${version.version}. A gateway that serves it tells ${schemaHash(sdl)} as its schema at /version.\n`;
  writeFileSync(releasedSchema, about + sdl);
  writeFileSync(releasedDocuments, read("trusted-documents.json"));
  console.log(`wrote ${releasedSchema} and ${releasedDocuments}`);
}

/** Which schema a gateway serves, by its own word, and that schema. */
async function readDeployed(address: string): Promise<{ about: string; sdl: string }> {
  const ask = async (path: string) => {
    const response = await fetch(new URL(path, address));
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: is INTROSPECTION on?`);
    return response.text();
  };
  const told = JSON.parse(await ask("/version")) as { readonly version: string; readonly schema: string };
  return { about: `${told.version}, schema ${told.schema}`, sdl: await ask("/schema.graphql") };
}

/** Fails on what breaks clients and is not announced, and on documents that do not fit; tells the rest. */
async function check(): Promise<void> {
  const documents = readdirSync("documents").map((name) => join("documents", name));
  const deployed = options.deployed === undefined ? undefined : await readDeployed(options.deployed);
  const { unannounced, announced, dangerous, harmless, misfits } = await schemaDifferences({
    released: deployed?.sdl ?? read(releasedSchema),
    current: printSdl(buildSchema(resolvers)),
    changelog: read("CHANGELOG.md"),
    documents: Object.fromEntries(documents.map((name) => [name, read(name)])),
    releasedDocuments: JSON.parse(read(releasedDocuments)) as Record<string, string>,
  });
  tell("dangerous", dangerous);
  tell("breaking, and announced", announced);
  tell("breaking", unannounced);
  tell("does not fit the schema", misfits);
  if (unannounced.length > 0) {
    console.error("Name each in CHANGELOG.md, in a list below a heading Breaking of the unreleased part.");
  }
  const told = announced.length + dangerous.length;
  const since = deployed ? `what runs there (${deployed.about})` : "the last release";
  console.log(`Since ${since}: ${harmless} harmless changes of the schema, ${told} to know of.`);
  process.exitCode = unannounced.length + misfits.length > 0 ? 1 : 0;
}

function tell(kind: string, differences: readonly Difference[]): void {
  for (const { at, message } of differences) console.error(`${kind}: \`${at}\` ${message}`);
}
