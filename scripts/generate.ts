import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import type { CodegenPlugin } from "@graphql-codegen/plugin-helpers";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { parse, printSchema, type GraphQLSchema } from "graphql";
import { format, resolveConfig } from "prettier";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { definitionFiles } from "../src/actualizer/resources/resource.definitions.ts";
import { resolvers } from "../src/resolvers/resolvers.ts";
import { buildSchema, printSdl } from "../src/schema/build-schema.ts";
import { chartSchema } from "./chart-schema.ts";
import * as clientDocuments from "./client-documents.plugin.ts";
import { environmentExample, generatedParts, withParts } from "./tables.ts";
import * as trustedDocuments from "./trusted-documents.plugin.ts";

/** What of codegen.yml is understood; anything else in it is a mistake. */
const documentsShape = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const settingsShape = z.strictObject({
  schema: z.string(),
  documents: documentsShape,
  generates: z.record(
    z.string(),
    z.strictObject({
      documents: documentsShape.optional(),
      plugins: z.array(z.string()),
      config: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

const plugins: Record<string, CodegenPlugin> = {
  "typescript-operations": typescriptOperations,
  "typed-document-node": typedDocumentNode,
  "trusted-documents": trustedDocuments,
  "client-documents": clientDocuments,
};

function readOperations(patterns: readonly string[]) {
  return patterns.flatMap((pattern) => {
    const folder = dirname(pattern);
    return readdirSync(folder)
      .filter((name) => extname(name) === extname(pattern))
      .sort()
      .map((name) => join(folder, name))
      .map((location) => ({ location, document: parse(readFileSync(location, "utf8")) }));
  });
}

async function generateTypes(schema: GraphQLSchema): Promise<Record<string, string>> {
  const settings = settingsShape.parse(parseYaml(readFileSync("codegen.yml", "utf8")));
  const files: Record<string, string> = {};
  for (const [filename, { documents, plugins: wanted, config }] of Object.entries(settings.generates)) {
    const pluginMap = Object.fromEntries(wanted.map((name) => [name, plugins[name] ?? unknownPlugin(name)]));
    files[filename] = await codegen({
      filename,
      schema: parse(printSchema(schema)),
      documents: readOperations(documents ?? settings.documents),
      plugins: wanted.map((name) => ({ [name]: {} })),
      pluginMap,
      config,
    });
  }
  return files;
}

function unknownPlugin(name: string): never {
  throw new Error(`codegen.yml names the plugin ${name}, which is not at hand.`);
}

async function generateAll(): Promise<Record<string, string>> {
  const schema = buildSchema(resolvers);
  const formatted = async (name: string, text: string) =>
    [name, await format(text, { ...(await resolveConfig(name)), filepath: name })] as const;
  const documents = Object.entries(generatedParts(schema)).map(([name, parts]) =>
    formatted(name, withParts(name, readFileSync(name, "utf8"), parts)),
  );
  const definitions = Object.entries(definitionFiles()).map(([name, text]) => formatted(name, text));
  const chart = "deploy/chart/values.schema.json";
  const chartValues = await formatted(chart, chartSchema(readFileSync(chart, "utf8")));
  return {
    "schema.graphql": printSdl(schema),
    ".env.example": environmentExample(),
    ...(await generateTypes(schema)),
    ...Object.fromEntries([...(await Promise.all([...documents, ...definitions])), chartValues]),
  };
}

function readIfThere(name: string): string | undefined {
  try {
    return readFileSync(name, "utf8");
  } catch {
    return undefined;
  }
}

const stale = Object.entries(await generateAll()).filter(([name, text]) => readIfThere(name) !== text);
if (process.argv.includes("--check")) {
  for (const [name] of stale) console.error(`${name} is not what the code makes of it; run npm run codegen`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) {
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, text);
    console.log(`wrote ${name}`);
  }
}
