import { Field, Float, ObjectType } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { setFields } from "../services/workspace/models/model.fields.ts";
import type { ReadModel } from "../services/workspace/models/model.reader.ts";
import { shownFields, type ShownAs } from "./model-fields.shown.ts";
import {
  ModelMethod,
  ModelProperty,
  ModelRelation,
  toModelMethods,
  toModelProperties,
  toModelRelations,
} from "./model-part.type.ts";
import { DataSourceName, EntityId, FilePath, JsonMap, JsonValue, ModelName, Revision } from "./scalars.ts";

type Place = { readonly producer: string; readonly env: string };

const otherDescription = "Everything else that canvases and people have put there.";
const readOnly = "The workspace has no way to change them but by the model's file.";

@ObjectType("ModelConfig", { description: "How a project uses a model.", simpleResolvers: true })
export class ModelConfig {
  @Field(() => DataSourceName, {
    nullable: true,
    description: "The name of the data source that the model is attached to.",
  })
  dataSource?: string | null | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether the project's API offers it." })
  public?: boolean | undefined;

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
  lunchbadgerId?: string | undefined;

  @Field(() => Float, { nullable: true, description: "Its place on the canvas." })
  itemOrder?: number | undefined;

  @Field(() => String, { nullable: true, description: "What several of it are called in paths." })
  plural?: string | undefined;

  @Field(() => String, { nullable: true, description: "The model that it builds on." })
  base?: string | undefined;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string | undefined;

  @Field(() => JsonValue, {
    nullable: true,
    description: "Whether instances may have no other properties, or what becomes of those.",
  })
  strict?: Json | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether the canvas shows it as public." })
  public?: boolean | undefined;

  @Field(() => Boolean, { description: "Whether it cannot be changed." })
  readonly!: boolean;

  @Field(() => Boolean, { nullable: true, description: "Whether it is given an id property by itself." })
  idInjection?: boolean | undefined;

  @Field(() => JsonValue, { nullable: true, description: "How its API is offered, such as its path." })
  http?: Json | undefined;

  @Field(() => JsonValue, { nullable: true, description: "What LoopBack and connectors are told of it." })
  options?: Json | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether it was part of a microservice once." })
  wasBundled?: boolean | undefined;

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

const ShownConfig = shownFields("config") as ShownAs<ModelConfig>;

type OwnFields =
  | ("producer" | "env" | "readonly" | "configFile" | "properties" | "relations" | "methods")
  | ("validations" | "acls" | "config" | "revision");

const ShownDefinition = shownFields("definition") as ShownAs<Omit<Model, OwnFields>>;

class ShownModel extends ShownDefinition implements Model {
  readonly #read: ReadModel;
  readonly producer: string;
  readonly env: string;

  constructor(read: ReadModel, { producer, env }: Place) {
    super(read.stored);
    this.#read = read;
    this.producer = producer;
    this.env = env;
  }

  get readonly() {
    return this.#read.readonly;
  }

  get configFile() {
    return this.#read.configFile;
  }

  get properties() {
    return toModelProperties(this.#read.stored.properties);
  }

  get relations() {
    return toModelRelations(this.#read.stored.relations);
  }

  get methods() {
    return toModelMethods(this.#read.stored.methods);
  }

  get validations() {
    return this.#read.validations;
  }

  get acls() {
    return this.#read.acls;
  }

  get config() {
    const { config } = this.#read;
    return config && setFields("config", config).length > 0 ? new ShownConfig(config) : undefined;
  }

  get revision() {
    return this.#read.revision;
  }
}

/** A model as the graph shows it. */
export const toModel = (read: ReadModel, place: Place): Model => new ShownModel(read, place);
