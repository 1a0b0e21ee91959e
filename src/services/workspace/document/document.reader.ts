import { isList, isObject } from "../merge/json.kinds.ts";
import type { Json, JsonObject } from "../json.ts";

const isText = (value: Json): value is string => typeof value === "string";

/** The objects of one of a document's lists; empty where there is no list. */
export function listOf(document: JsonObject, field: string): readonly JsonObject[] {
  const list = document[field];
  if (!isList(list)) return [];
  return list.every(isObject) ? list : list.filter(isObject);
}

/** A text, or undefined for anything else. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A number, or undefined for anything else. */
export function numberOf(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The texts of a list; undefined where there is no list. */
export function textsOf(value: Json | undefined): readonly string[] | undefined {
  if (!isList(value)) return undefined;
  return value.every(isText) ? value : value.filter(isText);
}
