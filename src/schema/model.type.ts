import { Field, Float, ObjectType } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { divided } from "../services/workspace/models/model.fields.ts";
import { groupIn, partsIn, type ReadModel } from "../services/workspace/models/model.reader.ts";
import {
  ModelMethod,
  ModelProperty,
  ModelRelation,
  toModelMethods,
  toModelProperties,
  toModelRelations,
} from "./model-part.type.ts";
import { DataSourceName, EntityId, FilePath, JsonMap, JsonValue, ModelName, Revision } from "./scalars.ts";

const otherDescription = "Everything else that canvases and people have put there.";
const readOnly = "The workspace has no way to change them but by the model's file.";

@ObjectType("ModelConfig", { description: "How a project uses a model.", simpleResolvers: true })
export class ModelConfig {
  @Field(() => DataSourceName, {
    nullable: true,
    description: "The name of the data source that the model is attached to.",
  })
  dataSource?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the project's API offers it." })
  public?: boolean;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

@ObjectType("Model", { description: "A model of a project.", simpleResolvers: true })
export class Model {
  /** Whose it is: what its fields that reach further are about. */
  producer!: string;
  env!: string;

  @Field(() => ModelName, { description: "Its name." })
  name!: string;

  @Field(() => EntityId, { nullable: true, description: "The id that the canvas has given it." })
  lunchbadgerId?: string;

  @Field(() => Float, { nullable: true, description: "Its place on the canvas." })
  itemOrder?: number;

  @Field(() => String, { nullable: true, description: "What several of it are called in paths." })
  plural?: string;

  @Field(() => String, { nullable: true, description: "The model that it builds on." })
  base?: string;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string;

  @Field(() => JsonValue, {
    nullable: true,
    description: "Whether instances may have no other properties, or what becomes of those.",
  })
  strict?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether the canvas shows it as public." })
  public?: boolean;

  @Field(() => Boolean, { description: "Whether it cannot be changed." })
  readonly!: boolean;

  @Field(() => Boolean, { nullable: true, description: "Whether it is given an id property by itself." })
  idInjection?: boolean;

  @Field(() => JsonValue, { nullable: true, description: "How its API is offered, such as its path." })
  http?: Json;

  @Field(() => JsonValue, { nullable: true, description: "What LoopBack and connectors are told of it." })
  options?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether it was part of a microservice once." })
  wasBundled?: boolean;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;

  @Field(() => FilePath, { description: "The file that it is kept in." })
  configFile!: string;

  @Field(() => [ModelProperty], { description: "Its properties, by their places, then by name." })
  properties!: ModelProperty[];

  @Field(() => [ModelRelation], { description: "How it is tied to others, by name." })
  relations!: ModelRelation[];

  @Field(() => [ModelMethod], { description: "The methods that were added to it, by name." })
  methods!: ModelMethod[];

  @Field(() => [JsonMap], { description: `What its properties are held to. ${readOnly}` })
  validations!: readonly JsonObject[];

  @Field(() => [JsonMap], { description: `Who may call what of it. ${readOnly}` })
  acls!: readonly JsonObject[];

  @Field(() => ModelConfig, {
    nullable: true,
    description: "How the project uses it; null when it does not.",
  })
  config?: ModelConfig | undefined;

  @Field(() => Revision, {
    description:
      "The revision of all of it, validations and access rules included: name it when you change or delete the model, to lose nobody's changes.",
  })
  revision!: string;
}

function toConfig(config: ReadonlyMap<string, Json>): ModelConfig | undefined {
  if (config.size === 0) return undefined;
  const { known, other } = divided("config", Object.fromEntries(config));
  return Object.assign(new ModelConfig(), known, { other });
}

/** A model as the graph shows it. */
export function toModel(
  { entities, name, configFile, readonly, validations, acls, revision }: ReadModel,
  { producer, env }: { readonly producer: string; readonly env: string },
): Model {
  const { known, other } = divided("definition", Object.fromEntries(groupIn(entities, "definition")));
  return Object.assign(new Model(), known, {
    ...{ producer, env, name, configFile, readonly, validations, acls, revision, other },
    properties: toModelProperties(partsIn(entities, "properties")),
    relations: toModelRelations(partsIn(entities, "relations")),
    methods: toModelMethods(partsIn(entities, "methods")),
    config: toConfig(groupIn(entities, "config")),
  });
}
