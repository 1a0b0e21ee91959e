import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { PlacedFile } from "../workspace/files/file.places.ts";
import type { Files } from "../workspace/files/file.tree.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { deployedKey, objectOf, type ReadFunction } from "./function.reader.ts";

/** What somebody wants a function to be; what is undefined stays as it is. */
export interface FunctionChange {
  readonly runtime?: string | undefined;
  readonly handler?: string | undefined;
  /** All labels of one's own; the platform's stay. */
  readonly labels?: Readonly<Record<string, Json>> | undefined;
  readonly lunchbadgerId?: string | undefined;
  readonly itemOrder?: number | undefined;
  /** The whole document, in place of the one that is there; what else is said is put into it. */
  readonly serverless?: JsonObject | undefined;
  readonly files: readonly PlacedFile[];
}

/** A function as it is to be kept. */
export type Content = Pick<ReadFunction, "serverless" | "files">;

/** The labels by which the platform finds a function and its pods. */
export const platformLabels = ["producer", "env", "app", "id"];

/** An object with some fields set; those that are undefined stay as they are. */
function withFields(object: JsonObject, fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...object, ...(Object.fromEntries(given) as JsonObject) };
}

function changedLabels(labels: JsonObject, { labels: own, lunchbadgerId }: FunctionChange): JsonObject {
  const kept = Object.entries(labels).filter(([label]) => platformLabels.includes(label));
  return withFields(own ? { ...own, ...Object.fromEntries(kept) } : labels, { id: lunchbadgerId });
}

function changedDocument(
  place: Pick<FunctionsGrant, "producer" | "env">,
  name: string,
  from: JsonObject,
  change: FunctionChange,
): JsonObject {
  const { runtime, handler, labels, lunchbadgerId, itemOrder } = change;
  let document = change.serverless ?? from;
  if (runtime !== undefined) {
    document = withFields(document, { provider: withFields(objectOf(document["provider"]), { runtime }) });
  }
  if (lunchbadgerId !== undefined || itemOrder !== undefined) {
    const lunchbadger = withFields(objectOf(document["lunchbadger"]), { id: lunchbadgerId, itemOrder });
    document = withFields(document, { lunchbadger });
  }
  if (handler !== undefined || labels !== undefined || lunchbadgerId !== undefined) {
    const functions = objectOf(document["functions"]);
    const key = deployedKey(place, name, document);
    const deployed = objectOf(functions[key]);
    const changed = withFields(deployed, {
      handler,
      labels: changedLabels(objectOf(deployed["labels"]), change),
    });
    document = withFields(document, { functions: { ...functions, [key]: changed } });
  }
  return document;
}

function changedFiles(from: Files, wanted: readonly PlacedFile[]): Files {
  const files = new Map(from);
  for (const { path, text } of wanted) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return files;
}

/** A function's content with a change put to it. */
export function changedContent(
  place: Pick<FunctionsGrant, "producer" | "env">,
  name: string,
  from: Content,
  change: FunctionChange,
): Content {
  return {
    serverless: changedDocument(place, name, from.serverless, change),
    files: changedFiles(from.files, change.files),
  };
}

/** What changes between two states of the files, by path; undefined is what goes. */
export function fileChanges(before: Files, after: Files): ReadonlyMap<string, string | undefined> {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return new Map(
    [...paths].filter((path) => before.get(path) !== after.get(path)).map((path) => [path, after.get(path)]),
  );
}
