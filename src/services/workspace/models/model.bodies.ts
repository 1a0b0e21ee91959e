import type { Json, JsonObject } from "../json.ts";
import type { Entities } from "../merge/merge.ts";
import { modelId } from "./model.names.ts";
import { groupIn } from "./model.reader.ts";

/** What the workspace puts into a definition that does not say otherwise. */
const filledIn: JsonObject = { idInjection: true, options: { validateUpsert: true } };

/** The facet that a project keeps everything in. */
const facetName = "server";

/** A model's definition as it is there once it has been written. */
export function writtenDefinition(entities: Entities): JsonObject {
  return { ...filledIn, ...Object.fromEntries(groupIn(entities, "definition")) };
}

export function definitionBody(name: string, entities: Entities): JsonObject {
  return { ...writtenDefinition(entities), id: modelId(name), facetName, name };
}

export function configBody(name: string, entities: Entities): JsonObject {
  return { ...Object.fromEntries(groupIn(entities, "config")), id: modelId(name), facetName, name };
}

/** The id of a property or relation. */
export const partId = (model: string, name: string) => `${modelId(model)}.${name}`;

/** A property or a relation of a model. */
export function partBody(model: string, name: string, part: JsonObject): JsonObject {
  return { ...part, id: partId(model, name), modelId: modelId(model), facetName, name };
}

/** A method of a model: only its name says that it is one of instances. */
export function methodBody(model: string, name: string, method: JsonObject): JsonObject {
  const { isStatic, ...rest } = method;
  const mark: Json = isStatic === false ? `prototype.${name}` : name;
  return { ...rest, modelId: modelId(model), name: mark };
}
