import { stringify } from "safe-stable-stringify";
import { isFields, type FieldShape } from "./field.shape.ts";
import type { Fields } from "./kubernetes.object.ts";

/** Places in an object: each is its elements, one after the other, as the cluster writes them. */
export type FieldSet = ReadonlySet<string>;

interface Found {
  /** What stands there; undefined for what only holds other places. */
  readonly text: string | undefined;
  /** Whether who sets it owns the place itself, and not only what is in it. */
  readonly isOwned: boolean;
}

/** All places of an object, with what stands there. */
export type FieldMap = ReadonlyMap<string, Found>;

const separator = "\u0000";

/** A place in another one. */
export function below(path: string, element: string): string {
  return path === "" ? element : `${path}${separator}${element}`;
}

/** The elements of a list, if each can be told from the others. */
export function elementsOf(list: readonly unknown[], shape: FieldShape): readonly string[] | undefined {
  if (!shape.isKeyed) return undefined;
  const elements = list.map((item) => shape.element(item));
  return elements.every((each) => each !== undefined) ? elements : undefined;
}

/** All places of an object. */
export function placesOf(value: unknown, shape: FieldShape): FieldMap {
  const found = new Map<string, Found>();
  const add = (each: unknown, own: FieldShape, path: string, isItem: boolean): void => {
    const put = (text: string | undefined, isOwned: boolean): void => {
      if (path !== "") found.set(path, { text, isOwned: isOwned || isItem });
    };
    if (isFields(each) && !own.isWhole) {
      const fields = Object.entries(each).filter(([, part]) => part !== undefined);
      put(undefined, fields.length === 0);
      for (const [name, part] of fields) add(part, own.field(name), below(path, `f:${name}`), false);
      return;
    }
    const elements = Array.isArray(each) && !own.isWhole ? elementsOf(each, own) : undefined;
    if (elements === undefined) return put(stringify(each), true);
    put(undefined, false);
    for (const [index, element] of elements.entries()) {
      add((each as unknown[])[index], own.items, below(path, element), true);
    }
  };
  add(value, shape, "", false);
  return found;
}

/** The places that are owned by whoever applies an object. */
export function ownedIn(places: FieldMap): FieldSet {
  return new Set([...places].filter(([, { isOwned }]) => isOwned).map(([path]) => path));
}

/** How an object differs from another: places that are new, that hold something else, and that are gone. */
export function comparedFields(before: FieldMap, after: FieldMap): { changed: FieldSet; removed: FieldSet } {
  const changed = [...after].filter(([path, { text }]) => {
    const was = before.get(path);
    // What was nothing before and holds other places now is as it was.
    if (was !== undefined && text === undefined) return was.text !== undefined && was.text !== "null";
    return was === undefined || was.text !== text;
  });
  const removed = [...before.keys()].filter((path) => !after.has(path));
  return { changed: new Set(changed.map(([path]) => path)), removed: new Set(removed) };
}

/** The places that are in none of some other sets. */
export function without(set: FieldSet, ...others: readonly FieldSet[]): FieldSet {
  return new Set([...set].filter((path) => !others.some((other) => other.has(path))));
}

/** The places that hold a place. */
export function holdersOf(path: string): readonly string[] {
  const elements = path.split(separator);
  return elements.slice(1).map((_element, index) => elements.slice(0, index + 1).join(separator));
}

/** Whether a place is a field, and not an item of a list. */
export function isField(path: string): boolean {
  return path.slice(path.lastIndexOf(separator) + 1).startsWith("f:");
}

/** The fields by which an item is told apart from others: without them it would be no item. */
export function keyFieldsOf(path: string): readonly string[] {
  const element = path.slice(path.lastIndexOf(separator) + 1);
  if (!element.startsWith("k:")) return [];
  return Object.keys(JSON.parse(element.slice(2)) as Fields).map((key) => below(path, `f:${key}`));
}

/** A place in words: `.spec.template.spec.containers[name="fn"].image`. */
export function wordsOf(path: string): string {
  const words = path.split(separator).map((element) => {
    const rest = element.slice(2);
    if (element.startsWith("f:")) return `.${rest}`;
    if (element.startsWith("v:")) return `[=${rest}]`;
    const keys = Object.entries(JSON.parse(rest) as Fields);
    return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}]`;
  });
  return words.join("");
}

/** Places as an object's `managedFields` have them: what is in each below it, and a dot for itself. */
export function fieldsV1(set: FieldSet): Fields {
  const root: Record<string, unknown> = {};
  for (const path of [...set].sort()) {
    let at = root;
    for (const element of path.split(separator)) {
      at[element] ??= {};
      at = at[element] as Record<string, unknown>;
    }
    at["."] = {};
  }
  return withoutLoneDots(root);
}

/** The places in a `fieldsV1`. */
export function readFieldsV1(fields: Fields, path = ""): FieldSet {
  const inner = Object.entries(fields).filter(([element]) => element !== ".");
  const own = path !== "" && (inner.length === 0 || "." in fields) ? [path] : [];
  return new Set([
    ...own,
    ...inner.flatMap(([element, part]) => [...readFieldsV1(part as Fields, below(path, element))]),
  ]);
}

function withoutLoneDots(fields: Fields): Fields {
  const inner = Object.entries(fields).filter(([element]) => element !== ".");
  const own = "." in fields && inner.length > 0 ? { ".": {} } : {};
  return {
    ...own,
    ...Object.fromEntries(inner.map(([key, part]) => [key, withoutLoneDots(part as Fields)])),
  };
}
