import { createHash } from "node:crypto";
import type { PluginFunction } from "@graphql-codegen/plugin-helpers";
import {
  concatAST,
  Kind,
  print,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
} from "graphql";

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The names of the fragments that a definition spreads itself. */
function spreadIn(definition: DefinitionNode): readonly string[] {
  const names = new Set<string>();
  visit(definition, { FragmentSpread: ({ name }) => void names.add(name.value) });
  return [...names];
}

/** The names of the fragments that a definition needs, what each needs before it. */
const neededBy = (definition: DefinitionNode | undefined, all: Fragments): readonly string[] =>
  definition ? spreadIn(definition).flatMap((name) => [...neededBy(all.get(name), all), name]) : [];

/** Fragments in the order in which the generated documents have them: first those that others are made of. */
function fragmentsOf(operation: DefinitionNode, all: Fragments): readonly FragmentDefinitionNode[] {
  const needed = new Set(neededBy(operation, all));
  const inner = [...needed].flatMap((name) => neededBy(all.get(name), all));
  return [...new Set([...inner, ...needed])].flatMap((name) => all.get(name) ?? []);
}

/** Each operation as a client sends it that prints its generated document: itself, then its fragments. */
export function textsOf(documents: readonly DocumentNode[]): readonly string[] {
  const { definitions } = concatAST(documents);
  const fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    .map((operation) =>
      print({ kind: Kind.DOCUMENT, definitions: [operation, ...fragmentsOf(operation, fragments)] }),
    );
}

/** Makes the manifest of trusted documents: their texts by their hashes. */
export const plugin: PluginFunction<Record<string, never>> = (_schema, documents) => {
  const texts = textsOf(documents.flatMap(({ document }) => document ?? []));
  const entries = texts.map((text) => [createHash("sha256").update(text).digest("hex"), text] as const);
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
};
