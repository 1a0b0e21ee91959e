import { isFields } from "./field.shape.ts";
import { textOf, type ClusterObject } from "./kubernetes.object.ts";
import type { DefinedColumn } from "./stored.kinds.ts";

const step =
  /\.(?<name>[A-Za-z_][\w-]*)|\[\?\(@\.(?<key>[\w-]+)\s*==\s*["'](?<value>[^"']*)["']\)\]|\[(?<index>\d+)\]/y;

/** What stands in a column of custom objects: nothing where the object has nothing there. */
export function cellOf({ jsonPath, type }: DefinedColumn, object: ClusterObject): string | number {
  const value = valueAt(object, jsonPath);
  if (value === undefined || value === null) return "";
  if (type === "date") return ageOf(textOf(value));
  return typeof value === "number" ? value : typeof value === "string" ? value : JSON.stringify(value);
}

/** How long ago something was. */
export function ageOf(at: string): string {
  return `${Math.round((Date.now() - Date.parse(at)) / 1000)}s`;
}

/** What a path leads to: fields, items by their number, and the one with a certain field. */
function valueAt(object: unknown, path: string): unknown {
  let value = object;
  step.lastIndex = 0;
  while (step.lastIndex < path.length) {
    const { name, key, value: wanted, index } = step.exec(path)?.groups ?? {};
    if (name !== undefined) value = isFields(value) ? value[name] : undefined;
    else if (key !== undefined && Array.isArray(value)) {
      value = (value as unknown[]).find((each) => isFields(each) && each[key] === wanted);
    } else value = Array.isArray(value) ? (value as unknown[])[Number(index)] : undefined;
    if (step.lastIndex === 0) return undefined;
  }
  return value;
}
