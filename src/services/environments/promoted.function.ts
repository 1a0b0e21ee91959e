import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";

/** A producer's environments that a function goes from and to. */
export interface Route {
  readonly producer: string;
  readonly from: string;
  readonly to: string;
}

/** The document of a function in a repository of functions, which holds a folder for each. */
export const isFunctionDocument = (path: string) => /^[^/]+\/serverless\.ya?ml$/.test(path);

/** Sets the text of a value, if it is one and is to be another. */
function replace(map: YAMLMap, key: string, next: (text: string) => string): void {
  const value = map.get(key, true);
  if (isScalar(value) && typeof value.value === "string") value.value = next(value.value);
}

/**
 * A function's document as it is to be in another environment: what the cluster is to call it, and the labels that say
 * where it is. All else stays as it was written; a document that makes no sense is not touched.
 */
export function promotedFunction(text: string, { producer, from, to }: Route): string {
  const document = parseDocument(text);
  const functions = document.errors.length === 0 ? document.get("functions") : undefined;
  if (!isMap(functions)) return text;
  const [before, after] = [`fn-${producer}-${from}-`, `fn-${producer}-${to}-`];
  const renamed = (name: string) => (name.startsWith(before) ? `${after}${name.slice(before.length)}` : name);
  for (const { key, value } of functions.items) {
    if (isScalar(key) && typeof key.value === "string") key.value = renamed(key.value);
    const labels = isMap(value) ? value.get("labels") : undefined;
    if (!isMap(labels)) continue;
    replace(labels, "env", (env) => (env === from ? to : env));
    replace(labels, "function", renamed);
  }
  return document.toString({ lineWidth: 0 });
}
