import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { GraphQLError, parse, validate, type GraphQLSchema } from "graphql";
import { z } from "zod";
import { ConfigurationError } from "../../config.ts";
import { hashOf } from "./asked.document.ts";

/** The documents that are registered: their texts by their hashes. */
export type DocumentManifest = ReadonlyMap<string, string>;

const manifestShape = z.record(
  z.string().regex(/^(?:sha256:)?[0-9a-f]{64}$/),
  z.string("is to be a document's text"),
);

/** The canvas' own documents, which `npm run codegen` writes beside the package, however this file was loaded. */
const ownManifest = fileURLToPath(new URL("../../../trusted-documents.json", import.meta.url));

/** Those of the canvas of the last release, which goes on being asked from while a newer one is rolled out. */
const releasedManifest = fileURLToPath(new URL("../../../trusted-documents.released.json", import.meta.url));

/** Of many mistakes of one document the first few tell enough. */
const mostMistakes = 3;

function mistakesOf(text: string, schema: GraphQLSchema): readonly string[] {
  try {
    const errors = validate(schema, parse(text), undefined, { maxErrors: mostMistakes });
    return errors.slice(0, mostMistakes).map(({ message }) => message);
  } catch (error) {
    if (error instanceof GraphQLError) return [error.message];
    throw error;
  }
}

function readEntries(path: string): Readonly<Record<string, string>> {
  const problem = (message: string) => new ConfigurationError([`TRUSTED_DOCUMENTS: ${path} ${message}`]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw problem(error instanceof SyntaxError ? "is not JSON" : "cannot be read");
  }
  const read = manifestShape.safeParse(content);
  if (read.success) return read.data;
  throw new ConfigurationError(
    read.error.issues.map(({ code, path: [key], message }) => {
      if (key === undefined) return `TRUSTED_DOCUMENTS: ${path} is to be an object of texts by their hashes`;
      const why = code === "invalid_key" ? "is no hash, which has 64 hexadecimal digits" : message;
      return `TRUSTED_DOCUMENTS: ${String(key).slice(0, 80)}: ${why}`;
    }),
  );
}

function readOne(path: string, schema: GraphQLSchema | undefined): DocumentManifest {
  const manifest = new Map<string, string>();
  const problems: string[] = [];
  for (const [key, text] of Object.entries(readEntries(path))) {
    const hash = key.replace("sha256:", "");
    if (hashOf(text) !== hash) problems.push(`TRUSTED_DOCUMENTS: ${hash}: is not the hash of its text`);
    for (const mistake of schema ? mistakesOf(text, schema) : []) {
      problems.push(`TRUSTED_DOCUMENTS: ${hash}: ${mistake}`);
    }
    manifest.set(hash, text);
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return manifest;
}

/**
 * Reads what is registered; throws with everything that is wrong with it. Documents are held to the schema where that is
 * given: what nothing else than the gateway's own build has made need not be at each start. Those of the last release never
 * are: one that asks for what is gone is to be answered which field that is.
 */
export function readManifest(path: string | undefined, schema: GraphQLSchema | undefined): DocumentManifest {
  if (path !== undefined) return readOne(path, schema);
  return new Map([...readOne(releasedManifest, undefined), ...readOne(ownManifest, schema)]);
}
