import { createHash } from "node:crypto";
import type { PluginFunction } from "@graphql-codegen/plugin-helpers";
import { Kind, parse, type OperationDefinitionNode } from "graphql";
import { textsOf } from "./trusted-documents.plugin.ts";

/** What a text asks: it is of one operation, which `codegen.yml`'s documents all name. */
function operationOf(text: string): { readonly kind: string; readonly name: string } {
  const operation = parse(text).definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation?.name) throw new Error(`an operation has no name:\n${text}`);
  return { kind: operation.operation, name: operation.name.value };
}

const capitalized = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** One document as plain data, so that a bundler keeps it only where it is named. */
function documentOf(text: string): string {
  const { kind, name } = operationOf(text);
  const types = `${capitalized(name)}${capitalized(kind)}`;
  const fields = {
    kind,
    name,
    id: `sha256:${createHash("sha256").update(text).digest("hex")}`,
    text,
  };
  const written = Object.entries(fields).map(([field, value]) => `  ${field}: ${JSON.stringify(value)},\n`);
  return `export const ${capitalized(name)}Document: TrustedDocument<${types}, ${types}Variables> = {\n${written.join("")}};\n`;
}

/** Makes the typed client's documents: texts as `trusted-documents.json` has them, with their hashes and types. */
export const plugin: PluginFunction<Record<string, never>> = (_schema, documents) => ({
  prepend: ['import type { TrustedDocument } from "../document.ts";'],
  content: textsOf(documents.flatMap(({ document }) => document ?? []))
    .map(documentOf)
    .join("\n"),
});
