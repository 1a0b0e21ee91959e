import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import { badRequest, StatusError } from "./status.error.ts";

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** What an object becomes by a patch; its metadata can be changed but for what the server itself says in it. */
export function patched<T extends ClusterObject>(
  object: T,
  contentType: string | undefined,
  body: unknown,
): T {
  const changed = applied(object, contentType?.split(";")[0]?.trim(), body) as T;
  const { uid, resourceVersion, namespace, name, creationTimestamp } = object.metadata;
  const wanted = changed.metadata.resourceVersion;
  if (wanted !== resourceVersion) throw conflict(object);
  const own = { uid, resourceVersion, namespace, name, creationTimestamp };
  return { ...changed, metadata: { ...changed.metadata, ...own } };
}

function applied(object: ClusterObject, type: string | undefined, body: unknown): unknown {
  switch (type) {
    case "application/merge-patch+json":
      return merged(object, fieldsIn(body), false);
    case "application/strategic-merge-patch+json":
      return merged(object, fieldsIn(body), true);
    case "application/json-patch+json":
      if (!Array.isArray(body))
        throw badRequest("cannot unmarshal object into Go value of type jsonpatch.Patch");
      return (body as Operation[]).reduce<unknown>(operated, object);
    default: {
      const reason = "UnsupportedMediaType";
      throw new StatusError(415, "415: Unsupported Media Type", { reason, details: {} });
    }
  }
}

/** Merges fields, of which null takes one away; strategically, lists of what has a name are merged by the names. */
function merged(target: Fields, patch: Fields, byName: boolean): Fields {
  const result = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const before = target[key];
    if (value === null) result.delete(key);
    else if (isFields(value)) result.set(key, merged(isFields(before) ? before : {}, value, byName));
    else if (byName && isNamed(value) && isNamed(before)) result.set(key, mergedLists(before, value));
    else result.set(key, value);
  }
  return Object.fromEntries(result);
}

function mergedLists(before: readonly Fields[], patch: readonly Fields[]): readonly Fields[] {
  const names = new Set(before.map((each) => each["name"]));
  const changed = before.map((each) => {
    const own = patch.find(({ name }) => name === each["name"]);
    return own === undefined ? each : merged(each, own, true);
  });
  return [...changed, ...patch.filter(({ name }) => !names.has(name))];
}

function operated(object: unknown, { op, path, value }: Operation): unknown {
  const keys = path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const found = keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], object);
  if (op === "test" && JSON.stringify(found) !== JSON.stringify(value)) throw rejected();
  if (op === "test") return object;
  if (op !== "add" && found === undefined) throw rejected();
  return replaced(object, keys, op === "remove" ? undefined : value, op === "add");
}

function replaced(
  target: unknown,
  [key = "", ...rest]: readonly string[],
  value: unknown,
  isNew: boolean,
): unknown {
  if (typeof target !== "object" || target === null) throw rejected();
  if (Array.isArray(target)) {
    const list = [...(target as unknown[])];
    const index = key === "-" ? list.length : Number(key);
    if (rest.length > 0) list[index] = replaced(list[index], rest, value, isNew);
    else if (value === undefined) list.splice(index, 1);
    else list.splice(index, isNew ? 0 : 1, value);
    return list;
  }
  const { [key]: before, ...others } = target as Record<string, unknown>;
  if (rest.length > 0) return { ...others, [key]: replaced(before, rest, value, isNew) };
  return value === undefined ? others : { ...others, [key]: value };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(value: unknown): value is readonly Fields[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => isFields(each) && "name" in each);
}

function fieldsIn(body: unknown): Fields {
  if (isFields(body)) return body;
  throw badRequest(
    "error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}",
  );
}

function rejected(): StatusError {
  const message = "the server rejected our request due to an error in our request";
  return new StatusError(422, message, { reason: "Invalid", details: {} });
}

function conflict({ metadata: { name } }: ClusterObject): StatusError {
  const message = `Operation cannot be fulfilled on "${name}": the object has been modified; please apply your changes to the latest version and try again`;
  return new StatusError(409, message, { reason: "Conflict", details: { name } });
}
