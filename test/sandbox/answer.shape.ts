/**
 * What an answer must look like: "string", "number", "boolean" or "null"; "=x" for the value x itself; "#name" for a
 * named shape; an object's keys, no more and no fewer; an array's different elements, each of which must occur.
 */
export type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

/** Shapes that several answers share, by name. */
export type NamedShapes = Readonly<Record<string, Shape>>;

/** How to compare: `cut` says that the recorded lists end early. */
export interface Comparison {
  named: NamedShapes;
  cut?: boolean;
}

/** Where a value differs from its shape, one line each; none when it does not. */
export function differences(value: unknown, shape: Shape, how: Comparison, at = "$"): string[] {
  if (typeof shape === "string") return leafDifferences(value, shape, how, at);
  if (isList(shape)) return listDifferences(value, shape, how, at);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${at}: ${kindOf(value)} instead of an object`];
  }
  const fields = value as Record<string, unknown>;
  const missing = Object.keys(shape).filter((key) => !(key in fields));
  const extra = Object.keys(fields).filter((key) => !(key in shape));
  return [
    ...missing.map((key) => `${at}.${key}: missing`),
    ...extra.map((key) => `${at}.${key}: not in the recording`),
    ...Object.entries(shape)
      .filter(([key]) => key in fields)
      .flatMap(([key, inner]) => differences(fields[key], inner, how, `${at}.${key}`)),
  ];
}

function leafDifferences(value: unknown, shape: string, how: Comparison, at: string): string[] {
  if (shape.startsWith("#")) {
    const named = how.named[shape.slice(1)];
    if (named === undefined) throw new Error(`no shape is called ${shape}`);
    return differences(value, named, how, at);
  }
  const met = shape.startsWith("=") ? String(value) === shape.slice(1) : kindOf(value) === shape;
  return met ? [] : [`${at}: ${shape.startsWith("=") ? String(value) : kindOf(value)} instead of ${shape}`];
}

function listDifferences(value: unknown, shapes: readonly Shape[], how: Comparison, at: string): string[] {
  if (!Array.isArray(value)) return [`${at}: ${kindOf(value)} instead of a list`];
  if (shapes.length === 0)
    return value.length === 0 ? [] : [`${at}: ${value.length} elements instead of none`];
  if (value.length === 0) return [`${at}: an empty list instead of elements`];
  const fits = (element: unknown, shape: Shape): boolean => differences(element, shape, how).length === 0;
  const unknownElements =
    how.cut === true ? [] : value.filter((each) => !shapes.some((shape) => fits(each, shape)));
  const absent = shapes.filter((shape) => !value.some((each) => fits(each, shape)));
  const nearest = (element: unknown): string[] =>
    shapes
      .map((shape) => differences(element, shape, how, `${at}[]`))
      .reduce((best, next) => (next.length < best.length ? next : best));
  return unknownElements.length > 0
    ? nearest(unknownElements[0])
    : absent.map(() => `${at}: no element of a recorded shape (of ${shapes.length})`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}
