import { z } from "zod";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isList, isObject } from "../../services/workspace/merge/json.kinds.ts";

const preserves = "x-kubernetes-preserve-unknown-fields";

/** What the cluster takes of a schema; anything else it refuses, or would not hold to. */
const known: ReadonlySet<string> = new Set([
  ...["type", "description", "format", "pattern", "enum", "properties", "required", "items", "nullable"],
  ...[
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
  ],
  ...["additionalProperties", preserves, "x-kubernetes-validations"],
  ...["x-kubernetes-list-type", "x-kubernetes-list-map-keys"],
]);

function unlikeCluster(place: string, what: string): never {
  throw new Error(`The cluster takes no schema with ${what} at ${place}.`);
}

const inner = (schema: Json | undefined, place: string): JsonObject =>
  isObject(schema) ? structural(schema, place) : unlikeCluster(place, "anything but an object");

function structural(schema: JsonObject, place: string): JsonObject {
  const isOpen = schema[preserves] === true;
  if (typeof schema["type"] !== "string") unlikeCluster(place, "no type");
  const entries = Object.entries(schema).flatMap(([key, value]: [string, Json]): [string, Json][] => {
    if (key === "$schema") return [];
    if (!known.has(key)) return unlikeCluster(place, key);
    if (key === "items") return [[key, inner(value, `${place}[]`)]];
    if (key === "properties" && isObject(value)) {
      const fields = Object.entries(value).map(([name, each]: [string, Json]): [string, Json] => [
        name,
        inner(each, `${place}.${name}`),
      ]);
      return [[key, Object.fromEntries(fields)]];
    }
    if (key === "additionalProperties") {
      // The cluster drops what it does not know by itself.
      if (isOpen || value === false) return [];
      return schema["properties"] ? unlikeCluster(place, key) : [[key, inner(value, `${place}{}`)]];
    }
    return isList(value) && value.length === 0 ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** A shape as a structural schema, which is all that the cluster takes of JSON schema. */
export function structuralSchema(shape: z.ZodType, place: string): JsonObject {
  const schema = z.toJSONSchema(shape, {
    target: "openapi-3.0",
    io: "input",
    reused: "inline",
    cycles: "throw",
    unrepresentable: "throw",
  });
  return structural(schema as unknown as JsonObject, place);
}
