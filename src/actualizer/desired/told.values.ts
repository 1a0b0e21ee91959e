import type { Json } from "../../services/workspace/json.ts";
import { isList, isObject } from "../../services/workspace/merge/json.kinds.ts";

/** Fields in which people keep secrets: what is in them is told by its name alone, wherever words about it end up. */
const untold: ReadonlySet<string> = new Set(["configuration", "data", "env", "system", "variables"]);

const longestShown = 60;

/** Whether no value in a field is ever told. The name of an environment, which is a word, is no secret. */
export const isUntold = (field: string, value: Json) =>
  untold.has(field) && (isObject(value) || isList(value));

/** A value in words; undefined where there is none, or more of it than anybody wants to read. */
export function shownValue(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestShown || text.includes("\n") ? undefined : text;
}

/** What would become of a value, in words: without the value where it is too long. */
export function changeWords(place: string, from: Json | undefined, to: Json): string {
  const [before, after] = [shownValue(from), shownValue(to)];
  if (after === undefined || (before === undefined && from !== undefined)) return `change ${place}`;
  return before === undefined ? `set ${place} to ${after}` : `change ${place} ${before} → ${after}`;
}
