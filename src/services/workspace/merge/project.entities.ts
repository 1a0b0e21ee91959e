import type { Json, JsonObject } from "../json.ts";
import { isSame } from "./canonical.ts";
import { isList, isObject } from "./json.kinds.ts";
import type { Entities } from "./merge.ts";

export { withKeptIds } from "./project.ids.ts";

const textOf = (value: Json | undefined) => (typeof value === "string" ? value : undefined);

/** The text without the separator, so that what is joined by it cannot be read in two ways. */
function escaped(text: string, separator: string): string {
  return text.replaceAll("~", "~0").replaceAll(separator, "~1");
}

function connectionKey(item: JsonObject): string | undefined {
  const [from, to] = [textOf(item["fromId"]), textOf(item["toId"])];
  return from === undefined || to === undefined ? undefined : `${escaped(from, "→")}→${escaped(to, "→")}`;
}

/** By what the items of a list are told apart. The platform makes up new ids for these two on every save. */
function keyOf(field: string, item: JsonObject): string | undefined {
  if (field === "connections") return connectionKey(item);
  return textOf(item[field === "states" ? "key" : "id"]);
}

/** A list's items by their keys; undefined for what is no list, and when some item has no key of its own. */
function keyed(field: string, value: Json): ReadonlyMap<string, Json> | undefined {
  if (!isList(value)) return undefined;
  const items = new Map<string, Json>();
  for (const item of value) {
    const key = isObject(item) ? keyOf(field, item) : undefined;
    if (key === undefined || items.has(key)) return undefined;
    items.set(key, item);
  }
  return items;
}

/** The fields of a project's document that are no lists of things with keys: they can only be taken whole. */
export function wholeFields(document: JsonObject): ReadonlySet<string> {
  const fields = Object.entries(document).filter(([field, value]) => keyed(field, value) === undefined);
  return new Set(fields.map(([field]) => field));
}

/**
 * A project's document taken apart: an entity for each item of a list, `gateways/<id>`, one that says that the list
 * is there, `gateways`, and one for every other field.
 */
export function toEntities(
  document: JsonObject,
  whole: ReadonlySet<string> = wholeFields(document),
): Entities {
  const entities = Object.entries(document).flatMap(([field, value]): [string, Json][] => {
    const group = escaped(field, "/");
    const items = whole.has(field) ? undefined : keyed(field, value);
    if (!items) return [[group, value]];
    return [[group, []], ...Array.from(items, ([key, item]): [string, Json] => [`${group}/${key}`, item])];
  });
  return new Map(entities);
}

/** The field that a key belongs to, and whether it is one of a list's items. */
function placeOf(key: string): { field: string; isItem: boolean } {
  const slash = key.indexOf("/");
  const group = slash === -1 ? key : key.slice(0, slash);
  return { field: group.replaceAll("~1", "/").replaceAll("~0", "~"), isItem: slash !== -1 };
}

/** The document that was taken apart. */
export function fromEntities(entities: Entities): JsonObject {
  const fields = new Map<string, Json>();
  const lists = new Map<string, Json[]>();
  for (const [key, value] of entities) {
    const { field, isItem } = placeOf(key);
    if (!isItem) fields.set(field, value);
    else lists.set(field, [...(lists.get(field) ?? []), value]);
  }
  for (const [field, items] of lists) {
    const whole = fields.get(field);
    fields.set(field, isList(whole) ? [...whole, ...items] : items);
  }
  return Object.fromEntries(fields);
}

/** What a field is set to that is to go: the platform's merge of top-level fields removes none. */
const emptied = (value: Json): Json => (isList(value) ? [] : null);

/**
 * The fields that a save has to send, so that `before` becomes `after` where top-level fields are merged and lists
 * replaced whole. A field that is gone is sent empty, unless it is so already.
 */
export function changedFields(before: JsonObject, after: JsonObject): Record<string, Json> {
  const [old, wanted] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  for (const [field, value] of old) if (!wanted.has(field)) wanted.set(field, emptied(value));
  return Object.fromEntries([...wanted].filter(([field, value]) => !isSame(old.get(field), value)));
}
