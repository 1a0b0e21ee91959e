import { z } from "zod";
import type { Json, JsonObject } from "./json.ts";
import { isList, isObject } from "./merge/json.kinds.ts";

/** The workspace's answers as recorded. Whatever else is in them is kept: canvases put things of their own there. */

/** A part of a model. */
export interface StoredPart extends JsonObject {
  readonly name: string;
}

/** A model with what belongs to it. */
export interface StoredModel extends JsonObject {
  readonly id: string;
  readonly name: string;
  readonly configFile: string;
  readonly properties: readonly StoredPart[];
  readonly relations: readonly StoredPart[];
  readonly methods: readonly StoredPart[];
  readonly validations: readonly JsonObject[];
  readonly accessControls: readonly JsonObject[];
}

/** How a project uses a model. */
export interface StoredModelConfig extends JsonObject {
  readonly id: string;
  readonly name: string;
}

/** Where models keep their data, secrets included. */
export interface StoredDataSource extends JsonObject {
  readonly id: string;
  readonly name: string;
  readonly connector: string;
}

// What JSON.parse gives is JSON: these look no further than they have to, and copy nothing.

const isJsonObject = (value: unknown): value is JsonObject => isObject(value as Json | undefined);

const hasTexts = (value: unknown, fields: readonly string[]): value is JsonObject =>
  isJsonObject(value) && fields.every((field) => typeof value[field] === "string");

const areAll = (list: Json | undefined, fits: (value: Json) => boolean) => isList(list) && list.every(fits);

const isPart = (value: Json) => hasTexts(value, ["name"]);

const isModel = (value: unknown) =>
  hasTexts(value, ["id", "name", "configFile"]) &&
  ["properties", "relations", "methods"].every((field) => areAll(value[field], isPart)) &&
  ["validations", "accessControls"].every((field) => areAll(value[field], isJsonObject));

export const jsonObject = z.custom<JsonObject>(isJsonObject);
export const modelShape = z.custom<StoredModel>(isModel);
export const modelConfigShape = z.custom<StoredModelConfig>((value) => hasTexts(value, ["id", "name"]));
export const dataSourceShape = z.custom<StoredDataSource>((value) =>
  hasTexts(value, ["id", "name", "connector"]),
);
