import { isMap, isScalar, parseDocument, type Document, type YAMLMap } from "yaml";
import { UpstreamRejected } from "../../errors.ts";

/** A producer's environments that a function goes from and to. */
export interface Route {
  readonly producer: string;
  readonly from: string;
  readonly to: string;
}

/** A document of a function's, and where it is. */
export interface FunctionDocument {
  readonly path: string;
  readonly text: string;
}

/** The document of a function in a repository of functions, which holds a folder for each. */
export const isFunctionDocument = (path: string) => /^[^/]+\/serverless\.ya?ml$/.test(path);

/** Far more than anybody writes about a function, and little enough to be read without holding all else up. */
export const mostDocumentBytes = 200_000;

const refuse = (path: string, why: string): never => {
  throw new UpstreamRejected("gitea", `${path} ${why}; mend it first.`);
};

/** What is made of a document. Its parser goes as deep as it nests, which a process does not, and may throw besides. */
function within<Result>({ path, text }: FunctionDocument, read: (document: Document) => Result): Result {
  if (Buffer.byteLength(text) > mostDocumentBytes) refuse(path, `has more than ${mostDocumentBytes} bytes`);
  try {
    // Whether keys are unique is asked of each key by going through all.
    return read(parseDocument(text, { uniqueKeys: false }));
  } catch (error) {
    return refuse(path, error instanceof RangeError ? "nests too deeply" : "is no YAML that makes sense");
  }
}

/** The functions that a document is of, by what the cluster is to call them; undefined where it makes no sense. */
function functionsIn(document: Document): YAMLMap | undefined {
  const functions = document.errors.length === 0 ? document.get("functions") : undefined;
  return isMap(functions) ? functions : undefined;
}

const labelsOf = (value: unknown): YAMLMap | undefined => {
  const labels = isMap(value) ? value.get("labels") : undefined;
  return isMap(labels) ? labels : undefined;
};

const textOf = (value: unknown) =>
  isScalar(value) && typeof value.value === "string" ? value.value : undefined;

/** The environments that a document's functions are called after or labelled with; undefined where it makes no sense. */
export function environmentsIn(document: FunctionDocument, producer: string): readonly string[] | undefined {
  return within(document, (parsed) =>
    functionsIn(parsed)?.items.flatMap(({ key, value }) => {
      const labelled = textOf(labelsOf(value)?.get("env", true));
      const prefix = `fn-${producer}-`;
      const name = textOf(key) ?? "";
      const [called] = name.startsWith(prefix) ? name.slice(prefix.length).split("-") : [];
      return [labelled, called].filter((env) => env !== undefined);
    }),
  );
}

/** Sets the text of a value, if it is one and is to be another. */
function replace(map: YAMLMap, key: string, next: (text: string) => string): void {
  const value = map.get(key, true);
  if (isScalar(value) && typeof value.value === "string") value.value = next(value.value);
}

/**
 * A function's document as it is to be in another environment: what the cluster is to call it, and the labels that say
 * where it is. All else stays as it was written; a document that makes no sense is not touched.
 */
export function promotedFunction(document: FunctionDocument, { producer, from, to }: Route): string {
  const [before, after] = [`fn-${producer}-${from}-`, `fn-${producer}-${to}-`];
  const renamed = (name: string) => (name.startsWith(before) ? `${after}${name.slice(before.length)}` : name);
  return within(document, (parsed) => {
    const functions = functionsIn(parsed);
    if (!functions) return document.text;
    for (const { key, value } of functions.items) {
      if (isScalar(key) && typeof key.value === "string") key.value = renamed(key.value);
      const labels = labelsOf(value);
      if (!labels) continue;
      replace(labels, "env", (env) => (env === from ? to : env));
      replace(labels, "function", renamed);
    }
    return parsed.toString({ lineWidth: 0 });
  });
}
