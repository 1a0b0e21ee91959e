import type { Json, JsonObject } from "../json.ts";
import { isList, isObject } from "../merge/json.kinds.ts";
import { decoded, isSecretName, isSecretText, mark, withoutCredentials } from "./secret.rule.ts";

/** An object as anybody may see it, and where in it secrets are set. */
export interface Shown {
  readonly shown: JsonObject;
  /** The places, such as `options.headers.Authorization`. */
  readonly secrets: readonly string[];
}

/** What stands around a value: what its own name says of it. */
export interface Place {
  readonly path: readonly string[];
  readonly isSecret: boolean;
}

/** Is told of every place with a secret, and what is secret there. */
type Note = (path: readonly string[], secrets: readonly string[]) => void;

const isUnset = (value: Json) =>
  value === null ||
  value === "" ||
  typeof value === "boolean" ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** Fields that say what the `value` beside them is. */
const namingFields = ["name", "key", "header", "field"];

/** Whether a field of an object is a secret by its name; the names of what is below `functions` are functions'. */
function isSecretField(object: JsonObject, field: string, value: Json, path: readonly string[]): boolean {
  if (field !== "value") return isSecretName(field) && !(path.at(-1) === "functions" && isList(value));
  return namingFields.some((each) => {
    const name = object[each];
    return typeof name === "string" && isSecretName(name);
  });
}

/** The place of a field, with this value, of the object at this place. */
export function fieldOf(object: JsonObject, field: string, value: Json, path: readonly string[]): Place {
  return { path: [...path, field], isSecret: isSecretField(object, field, value, path) };
}

function leaves(value: Json): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leaves);
  return [String(value)];
}

/** What of a value is shown; undefined when it is a secret as a whole. */
export function shownAt({ path, isSecret }: Place, value: Json, note: Note): Json | undefined {
  if (isUnset(value)) return value;
  if (isSecret) {
    note(path, leaves(value));
    return undefined;
  }
  if (typeof value === "string") return shownText(path, value, note);
  if (isList(value)) {
    return value.map((each, index) => {
      const place = { path: [...path, String(index)], isSecret: false };
      const shown = shownAt(place, each, note);
      return shown === undefined ? mark : shown;
    });
  }
  return isObject(value) ? shownFields(path, value, note) : value;
}

function shownText(path: readonly string[], text: string, note: Note): string | undefined {
  const cut: string[] = [];
  const shown = withoutCredentials(text, (secret) => cut.push(secret));
  const isWhole = isSecretText(shown);
  if (isWhole || cut.length > 0) note(path, [text, ...cut]);
  return isWhole ? undefined : shown;
}

function shownFields(path: readonly string[], object: JsonObject, note: Note): JsonObject {
  const fields = Object.entries(object).flatMap(([field, value]): [string, Json][] => {
    const shown = shownAt(fieldOf(object, field, value, path), value, note);
    return shown === undefined ? [] : [[field, shown]];
  });
  return Object.fromEntries(fields);
}

/**
 * An object without its secrets: passwords, tokens, keys, headers that sign in, connection strings, and the credentials
 * in addresses, at any depth.
 */
export function withoutSecrets(object: JsonObject): Shown {
  const secrets = new Set<string>();
  const shown = shownFields([], object, (path) => secrets.add(path.join(".")));
  return { shown, secrets: [...secrets].sort() };
}

/** One field of an object, as it is shown of the whole. */
export function shownField(object: JsonObject, field: string): Json | undefined {
  const value = object[field];
  return value === undefined ? undefined : shownAt(fieldOf(object, field, value, []), value, () => undefined);
}

/** The secrets themselves, as somebody else might repeat them: to be taken out of what they say. */
export function secretsIn(object: JsonObject): readonly string[] {
  const found = new Set<string>();
  shownFields([], object, (_path, secrets) => {
    for (const secret of secrets) {
      const password = secret.slice(secret.indexOf(":") + 1);
      for (const each of [secret, decoded(secret), password, decoded(password)]) found.add(each);
    }
  });
  found.delete(mark);
  return [...found];
}
