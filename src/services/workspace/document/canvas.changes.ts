import { NotFound } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { listOf, textOf } from "./document.reader.ts";
import { drawnIds } from "./document.rule.ts";

/** The document with one of its lists changed. */
function withList(
  document: JsonObject,
  field: string,
  change: (list: readonly JsonObject[]) => readonly JsonObject[],
): JsonObject {
  return { ...document, [field]: change(listOf(document, field)) };
}

/** The document with an item of a list changed in these fields, or added when there is none of this id. */
export function withItem(document: JsonObject, field: string, id: string, fields: JsonObject): JsonObject {
  const isThere = listOf(document, field).some((item) => item["id"] === id);
  return withList(document, field, (list) =>
    isThere
      ? list.map((item) => (item["id"] === id ? { ...item, ...fields } : item))
      : [...list, { id, ...fields }],
  );
}

/** What a canvas can draw an arrow to or from, within an item. */
const endsWithin = (item: JsonObject): readonly (string | undefined)[] => [
  textOf(item["id"]),
  ...listOf(item, "pipelines").map((pipeline) => textOf(pipeline["id"])),
];

/** The document without an item of a list, and without the connections that led to it or from it. */
export function withoutItem(document: JsonObject, field: string, id: string, noun: string): JsonObject {
  const item = listOf(document, field).find((each) => each["id"] === id);
  if (!item) throw new NotFound(noun);
  const smaller = withList(document, field, (list) => list.filter((each) => each !== item));
  const left = drawnIds(smaller);
  // What another thing has the same id as is still there to lead to.
  const gone = endsWithin(item).filter((id) => id !== undefined && !left.has(id));
  const leadsThere = (connection: JsonObject) =>
    ["fromId", "toId"].some((end) => gone.includes(textOf(connection[end])));
  return withList(smaller, "connections", (list) => list.filter((each) => !leadsThere(each)));
}

/** Two ends of an arrow. */
export interface Ends {
  readonly fromId: string;
  readonly toId: string;
}

const joins = (connection: JsonObject, { fromId, toId }: Ends) =>
  connection["fromId"] === fromId && connection["toId"] === toId;

/** The document with a connection between two ends; it is there once, however often it is made. */
export function withConnection(document: JsonObject, ends: Ends): JsonObject {
  if (listOf(document, "connections").some((each) => joins(each, ends))) return document;
  return withList(document, "connections", (list) => [...list, { fromId: ends.fromId, toId: ends.toId }]);
}

/** The document without the connection between two ends. */
export function withoutConnection(document: JsonObject, ends: Ends): JsonObject {
  if (!listOf(document, "connections").some((each) => joins(each, ends))) throw new NotFound("connection");
  return withList(document, "connections", (list) => list.filter((each) => !joins(each, ends)));
}
