import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type { Resource } from "./resource.kinds.ts";
import { badRequest, modifiedMeanwhile, StatusError } from "./status.error.ts";

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

const customTypes = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/apply-patch+yaml",
];

/** What an object becomes by a patch; throws when the patch is meant for another version of it. */
export function patched(
  resource: Resource,
  object: ClusterObject,
  contentType: string | undefined,
  body: unknown,
): Fields {
  const changed = applied(resource, object, contentType?.split(";")[0]?.trim() ?? "", body) as ClusterObject;
  const { resourceVersion, name } = object.metadata;
  const wanted = (changed.metadata as Partial<ClusterObject["metadata"]> | undefined)?.resourceVersion;
  if (wanted !== undefined && wanted !== resourceVersion) throw modifiedMeanwhile(resource, name);
  return changed;
}

function applied(resource: Resource, object: ClusterObject, type: string, body: unknown): unknown {
  if (resource.isCustom && !customTypes.includes(type)) {
    const message =
      "the body of the request was in an unknown format - accepted media types include: " +
      customTypes.join(", ");
    throw new StatusError(415, message, { reason: "UnsupportedMediaType" });
  }
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
