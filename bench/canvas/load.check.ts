import { deepStrictEqual } from "node:assert/strict";
import type { Reading, StraightCanvas } from "./straight.canvas.ts";

interface Named {
  readonly name: string;
}
interface StoredModel extends Named {
  readonly properties: readonly { readonly name: string; readonly type: unknown }[];
}
type Files = Readonly<Record<string, unknown>>;

interface Shown {
  readonly document: Readonly<Record<string, unknown>>;
  readonly connections: readonly unknown[];
  readonly gateways: readonly Named[];
  readonly models: readonly (StoredModel & { readonly config: { readonly dataSource: string } | null })[];
  readonly dataSources: readonly Named[];
  readonly files: readonly { readonly path: string; readonly text: string | null }[];
  readonly workspace: { readonly instance: string; readonly commit: string };
}

const byName = <Each extends Named>(all: readonly Each[]) =>
  all.toSorted((one, other) => (one.name < other.name ? -1 : 1));
const names = (all: readonly Named[]) => byName(all).map(({ name }) => name);
const models = (all: readonly StoredModel[]) =>
  byName(all).map(({ name, properties }) => ({
    name,
    properties: byName(properties).map((property) => ({ name: property.name, type: property.type })),
  }));

/** The texts of a tree of files by path, in the order of paths. */
function texts(tree: Files, folder = ""): (readonly [string, unknown])[] {
  return Object.entries(tree)
    .flatMap(([name, value]): (readonly [string, unknown])[] =>
      typeof value === "string" ? [[`${folder}${name}`, value]] : texts(value as Files, `${folder}${name}/`),
    )
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The file with secrets in it, which the gateway shows without them. */
const isPlain = ([path]: readonly [string, unknown]) => path !== "server/datasources.json";

/** Throws unless the gateway's answer to a load tells what the workspace itself tells. */
export async function checkLoad(answer: string, { read }: StraightCanvas): Promise<void> {
  const { data, errors } = JSON.parse(answer) as { data?: { project?: Shown }; errors?: unknown };
  deepStrictEqual(errors, undefined);
  const shown = data?.project;
  if (!shown) throw new Error("There is no project.");
  const told = async <Told>(what: Reading) => (await read(what)) as Told;
  const document = await told<Shown["document"]>("document");
  const files = texts((await told<{ files: Files }>("files")).files);
  const configs = await told<readonly (Named & { dataSource: string })[]>("configs");
  const status = await told<{ instance: string; ws_git: string }>("status");
  deepStrictEqual(shown.document, document);
  deepStrictEqual(shown.connections, document["connections"]);
  deepStrictEqual(names(shown.gateways), names(document["gateways"] as Named[]));
  deepStrictEqual(models(shown.models), models(await told("models")));
  deepStrictEqual(names(shown.dataSources), names(await told("dataSources")));
  for (const { name, config } of shown.models) {
    deepStrictEqual(config?.dataSource, configs.find((each) => each.name === name)?.dataSource);
  }
  const shownFiles = shown.files.map(({ path, text }) => [path, text] as const);
  deepStrictEqual(shownFiles.filter(isPlain), files.filter(isPlain));
  deepStrictEqual([shown.workspace.instance, shown.workspace.commit], [status.instance, status.ws_git]);
}
