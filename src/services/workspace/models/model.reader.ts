import type { Json, JsonObject } from "../json.ts";
import { isSame, revisionOf } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import type { StoredModel, StoredModelConfig } from "../workspace-api.client.ts";
import { setFields, type ModelGroup } from "./model.fields.ts";

/** A model with all that belongs to it. */
export interface ReadModel {
  readonly name: string;
  /** Where its file is. */
  readonly configFile: string;
  readonly readonly: boolean;
  /** What a save can change, taken apart: `definition/plural`, `config/dataSource`, `properties/brand`… */
  readonly entities: Entities;
  readonly validations: readonly JsonObject[];
  readonly acls: readonly JsonObject[];
  readonly revision: string;
}

/** What is there of models. */
export interface ModelsState {
  readonly models: ReadonlyMap<string, ReadModel>;
  /** The names that have a config, with or without a model. */
  readonly configured: ReadonlySet<string>;
}

/** One spelling of the order, which means nothing here, so that no merge finds it changed. */
export function inOrder(entities: Iterable<readonly [string, Json]>): Entities {
  return new Map([...entities].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The things of one group, by name. */
export function groupIn(entities: Entities | undefined, group: ModelGroup): ReadonlyMap<string, Json> {
  const start = `${group}/`;
  const found = [...(entities ?? [])].filter(([key]) => key.startsWith(start));
  return new Map(found.map(([key, value]) => [key.slice(start.length), value]));
}

/** The parts of a model, such as its properties, by name. */
export function partsIn(
  entities: Entities | undefined,
  group: "properties" | "relations" | "methods",
): ReadonlyMap<string, JsonObject> {
  return groupIn(entities, group) as ReadonlyMap<string, JsonObject>;
}

/** Whether all of a group is the same here and there. */
export function isSameGroup(
  one: Entities | undefined,
  other: Entities | undefined,
  group: ModelGroup,
): boolean {
  return isSame(Object.fromEntries(groupIn(one, group)), Object.fromEntries(groupIn(other, group)));
}

/**
 * What a revision is a revision of, and what is remembered of it. Validations and access rules are in it, although no
 * save can change them: who deletes a model deletes them, too.
 */
export function documentOf({
  entities,
  validations,
  acls,
}: Pick<ReadModel, "entities" | "validations" | "acls">): JsonObject {
  return { ...Object.fromEntries(entities), validations, acls };
}

function fieldEntities(group: ModelGroup, answered: object): (readonly [string, Json])[] {
  return setFields(group, answered).map(([field, value]) => [`${group}/${field}`, value]);
}

function partEntities(
  group: ModelGroup,
  parts: readonly { readonly name: string }[],
): (readonly [string, Json])[] {
  return parts.map((part) => [`${group}/${part.name}`, Object.fromEntries(setFields(group, part))]);
}

const placed = ["id", "modelId", "facetName", "index"];

/** Items of a list in a model's file, in their order there and without what the workspace adds. */
function listed(items: readonly object[]): readonly JsonObject[] {
  const place = (item: object) => Number((item as JsonObject)["index"] ?? 0);
  return items
    .toSorted((one, other) => place(one) - place(other))
    .map((item) =>
      Object.fromEntries(Object.entries(item as JsonObject).filter(([field]) => !placed.includes(field))),
    );
}

function readModel(model: StoredModel, config: StoredModelConfig | undefined): ReadModel {
  const entities = inOrder([
    ...fieldEntities("definition", model),
    ...(config ? fieldEntities("config", config) : []),
    ...partEntities("properties", model.properties),
    ...partEntities("relations", model.relations),
    ...partEntities("methods", model.methods),
  ]);
  const held = {
    entities,
    validations: listed(model.validations),
    acls: listed(model.accessControls),
  };
  return {
    name: model.name,
    configFile: model.configFile,
    readonly: model["readonly"] === true,
    ...held,
    revision: revisionOf(documentOf(held)),
  };
}

const placeOf = ({ entities }: ReadModel) => {
  const place = entities.get("definition/itemOrder");
  return typeof place === "number" ? place : Infinity;
};

/** The order of models on a canvas: by their place, those without one last, and then by name. */
export function byPlace(one: ReadModel, other: ReadModel): number {
  const [place, otherPlace] = [placeOf(one), placeOf(other)];
  if (place !== otherPlace) return place < otherPlace ? -1 : 1;
  return one.name < other.name ? -1 : 1;
}

/** Puts together what the workspace tells of models and of their configs. */
export function readModels(
  models: readonly StoredModel[],
  configs: readonly StoredModelConfig[],
): ModelsState {
  const configOf = new Map(configs.map((config) => [config.name, config]));
  const read = models.map((model) => readModel(model, configOf.get(model.name))).sort(byPlace);
  return {
    models: new Map(read.map((model) => [model.name, model])),
    configured: new Set(configOf.keys()),
  };
}
