import { ownVariables } from "../src/actualizer/actualizer.config.ts";
import { platformSettings } from "../src/doctor/platform.settings.ts";
import type { Variable } from "../src/variable-types.ts";
import { variables } from "../src/variables.ts";
import { errorCodes } from "../src/errors.ts";
import { catalogue } from "../src/permissions/catalogue.ts";
import { getDirective } from "@graphql-tools/utils";
import { isObjectType, type GraphQLSchema } from "graphql";
import { ownMetrics } from "./metrics.list.ts";

const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (text: string) => `\`${text}\``;

/** Where each permission is asked for, by the schema's own directives. */
function fieldsByPermission(schema: GraphQLSchema): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const { permission } of getDirective(schema, field, "can") ?? []) {
        const name = String(permission);
        places.set(name, [...(places.get(name) ?? []), `${type.name}.${field.name}`]);
      }
    }
  }
  return places;
}

const variableTable = (all: Readonly<Record<string, Variable>>) =>
  table(
    ["variable", "unset", "what it is"],
    Object.entries(all).map(([name, { unset, about }]) => [code(name), unset ? code(unset) : "—", about]),
  );

const settingTable = () =>
  table(
    ["the platform's", "of", "here", ""],
    platformSettings.map(({ name, of, ours, note }) => [
      code(name),
      of,
      ours.includes(name) ? "the same name" : ours.map(code).join(", ") || "not needed",
      note,
    ]),
  );

/** The parts of the documentation that are made from the code, by document and by the name of the part. */
export function generatedParts(schema: GraphQLSchema): Record<string, Record<string, string>> {
  const fields = fieldsByPermission(schema);
  return {
    "docs/permissions.md": {
      catalogue: table(
        ["permission", "allows", "what Gitea is asked", "asked for by"],
        Object.entries(catalogue).map(([permission, { allows, asks }]) => [
          code(permission),
          allows,
          asks,
          (fields.get(permission) ?? []).sort().map(code).join(", ") || "`viewerCan` only",
        ]),
      ),
    },
    "docs/errors.md": {
      codes: table(
        ["code", "what it means"],
        Object.entries(errorCodes).map(([name, meaning]) => [
          `[${code(name)}](#${name.toLowerCase()})`,
          meaning,
        ]),
      ),
    },
    "docs/configuration.md": {
      variables: variableTable(variables),
      "actualizer variables": variableTable(ownVariables),
      "platform variables": settingTable(),
    },
    "docs/observability.md": {
      metrics: table(
        ["metric", "type", "labels", "what it says"],
        ownMetrics().map(({ name, type, labels, help }) => [
          code(name),
          type,
          labels.map(code).join(", ") || "—",
          help,
        ]),
      ),
    },
  };
}

/** `.env.example`: every variable at its value when unset. */
export function environmentExample(): string {
  const linesOf = (all: Readonly<Record<string, Variable>>) =>
    Object.entries(all).flatMap(([name, { about, unset }]) => [`# ${about}`, `${name}=${unset}`, ""]);
  return [
    "# Every variable that Sett reads, at its value when unset. See docs/configuration.md.",
    "",
    ...linesOf(variables),
    "# From here on: what only the actualizer reads (npm run actualizer), besides those above.",
    "",
    ...linesOf(ownVariables),
  ].join("\n");
}

/** A document with its generated parts replaced; throws when it has no place for one of them. */
export function withParts(name: string, text: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((document, [part, content]) => {
    const [start, end] = [`<!-- generated: ${part} -->`, `<!-- end of ${part} -->`];
    const [from, to] = [document.indexOf(start), document.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${name} has no place for ${part}: ${start} … ${end}`);
    return `${document.slice(0, from + start.length)}\n\n${content}\n\n${document.slice(to)}`;
  }, text);
}
