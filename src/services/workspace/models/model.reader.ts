import type { Json, JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import type { StoredModel, StoredModelConfig } from "../workspace-api.client.ts";
import { heldBy, unused } from "./held.model.ts";
import type { ModelGroup } from "./model.fields.ts";

/** A model with all that belongs to it. What nobody asks for is not made of what is stored. */
export interface ReadModel {
  readonly name: string;
  readonly stored: StoredModel;
  /** How the project uses it, if it does. */
  readonly config: StoredModelConfig | undefined;
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

/** Is told of a revision, and of what it is one of, when somebody asks for it. */
export type Tell = (revision: string, model: ReadModel) => void;

function readModel(stored: StoredModel, config: StoredModelConfig | undefined, tell: Tell): ReadModel {
  const held = heldBy(stored)(config ?? unused);
  const { name, configFile } = stored;
  return {
    ...{ name, configFile, stored, config },
    readonly: stored["readonly"] === true,
    get entities() {
      return held.entities;
    },
    get validations() {
      return held.validations;
    },
    get acls() {
      return held.acls;
    },
    get revision() {
      tell(held.revision, this);
      return held.revision;
    },
  };
}

const placeOf = ({ stored }: ReadModel) => {
  const place = stored["itemOrder"];
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
  tell: Tell = () => undefined,
): ModelsState {
  const configOf = new Map(configs.map((config) => [config.name, config]));
  const read = models.map((model) => readModel(model, configOf.get(model.name), tell)).sort(byPlace);
  return {
    models: new Map(read.map((model) => [model.name, model])),
    configured: new Set(configOf.keys()),
  };
}
