import { isFields, type Fields } from "./json.fields.ts";

/** Turns a value into one of the wanted types where that is possible; what is wrong with it otherwise. */
export function coerced(type: unknown, holder: Fields | unknown[], key: string | number): string | undefined {
  const wanted = [type ?? []].flat() as string[];
  const fields = holder as Fields;
  const value = fields[key];
  if (wanted.length === 0 || wanted.some((each) => isOf(each, value))) return undefined;
  for (const each of wanted) {
    const other = turned(each, value);
    if (other === undefined) continue;
    fields[key] = other;
    return undefined;
  }
  return `should be ${wanted.join(",")}`;
}

function isOf(type: string, value: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isFields(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

/** The value as one of that type; undefined where it cannot be one. Nothing turns into a list or an object. */
function turned(type: string, value: unknown): unknown {
  if (type === "string") {
    if (value === null) return "";
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  }
  if (type === "number" || type === "integer") {
    const isReadable =
      value === null || typeof value === "boolean" || (typeof value === "string" && value !== "");
    const number = isReadable ? Number(value) : NaN;
    return Number.isNaN(number) || (type === "integer" && !Number.isInteger(number)) ? undefined : number;
  }
  if (type === "boolean") {
    if (value === "true" || value === 1) return true;
    return value === "false" || value === 0 || value === null ? false : undefined;
  }
  return type === "null" && (value === "" || value === 0 || value === false) ? null : undefined;
}
