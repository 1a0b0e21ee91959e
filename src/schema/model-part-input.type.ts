import { Field, InputType, Int } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { relationTypes } from "../services/workspace/models/model.names.ts";
import {
  DataSourceName,
  EntityId,
  JsonMap,
  JsonValue,
  MemberName,
  MethodName,
  ModelName,
} from "./scalars.ts";

/** What is said of every input's further fields. */
export const otherDescription =
  "Further fields: each that is named is set, null takes one away, all others stay.";

/** What is said of every input of which parts can be left out. */
export const kept = "What is left out stays as it is; null takes it away.";

@InputType("ModelPropertyInput", { description: `What a property is to be. ${kept}` })
export class ModelPropertyInput {
  @Field(() => MemberName, { description: "Its name." })
  name!: string;

  @Field(() => JsonValue, {
    nullable: true,
    description:
      "A type's name, a list with one, or an object of properties by name. A new property needs one.",
  })
  type?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether every instance must have it." })
  required?: boolean | null;

  @Field(() => JsonValue, { nullable: true, description: "Whether it is indexed, or how." })
  index?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether it is what instances are told apart by." })
  isId?: boolean | null;

  @Field(() => JsonValue, { nullable: true, description: "What it is when nothing is said." })
  default?: Json;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Its place among the properties. A new one's is its place in the list if it is left out.",
  })
  itemOrder?: number | null;

  @Field(() => JsonMap, { nullable: true, description: otherDescription })
  other?: JsonObject | null;
}

@InputType("ModelRelationInput", { description: `How a model is to be tied to another. ${kept}` })
export class ModelRelationInput {
  @Field(() => MemberName, { description: "Its name." })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: `One of ${relationTypes.join(", ")}. A new relation needs one.`,
  })
  type?: string | null;

  @Field(() => ModelName, { nullable: true, description: "The other model." })
  model?: string | null;

  @Field(() => String, { nullable: true, description: "The property that holds the other's id." })
  foreignKey?: string | null;

  @Field(() => ModelName, { nullable: true, description: "The model between the two, if there is one." })
  through?: string | null;

  @Field(() => EntityId, { nullable: true, description: "The id that the canvas gives it." })
  lunchbadgerId?: string | null;

  @Field(() => JsonMap, { nullable: true, description: otherDescription })
  other?: JsonObject | null;
}

@InputType("ModelMethodInput", { description: `What a method is to be. ${kept}` })
export class ModelMethodInput {
  @Field(() => MethodName, {
    description:
      "Its name, with `prototype.` before it if it is one of instances; no other model may have it.",
  })
  name!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether it is the model's, not its instances'. A new one is unless its name says otherwise.",
  })
  isStatic?: boolean | null;

  @Field(() => String, { nullable: true, description: "What it does." })
  description?: string | null;

  @Field(() => JsonValue, { nullable: true, description: "Its arguments." })
  accepts?: Json;

  @Field(() => JsonValue, { nullable: true, description: "What it answers." })
  returns?: Json;

  @Field(() => JsonValue, { nullable: true, description: "The verbs and paths that it is called by." })
  http?: Json;

  @Field(() => JsonMap, { nullable: true, description: otherDescription })
  other?: JsonObject | null;
}

@InputType("ModelConfigInput", {
  description: "How a project is to use a model. What is left out stays as it is.",
})
export class ModelConfigInput {
  @Field(() => DataSourceName, {
    nullable: true,
    description: "The data source to attach the model to; null attaches it to none.",
  })
  dataSource?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the project's API offers it." })
  public?: boolean | null;

  @Field(() => JsonMap, { nullable: true, description: otherDescription })
  other?: JsonObject | null;
}
