import { Field, Float, ObjectType } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { divided } from "../services/workspace/models/model.fields.ts";
import { EntityId, JsonMap, JsonValue, MemberName, MethodName, ModelName } from "./scalars.ts";

const otherDescription = "Everything else that canvases and people have put there.";

@ObjectType("ModelProperty", { description: "A property of a model.", simpleResolvers: true })
export class ModelProperty {
  @Field(() => MemberName, { description: "Its name." })
  name!: string;

  @Field(() => JsonValue, {
    nullable: true,
    description: "A type's name, a list with one, or an object of properties by name.",
  })
  type?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether every instance must have it." })
  required?: boolean;

  @Field(() => JsonValue, {
    nullable: true,
    description: "Whether it is indexed, or how.",
  })
  index?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether it is what instances are told apart by." })
  isId?: boolean;

  @Field(() => JsonValue, { nullable: true, description: "What it is when nothing is said." })
  default?: Json;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string;

  @Field(() => Float, { nullable: true, description: "Its place among the properties." })
  itemOrder?: number;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

@ObjectType("ModelRelation", { description: "How a model is tied to another.", simpleResolvers: true })
export class ModelRelation {
  @Field(() => MemberName, { description: "Its name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Its kind, such as hasMany or belongsTo." })
  type?: string;

  @Field(() => ModelName, { nullable: true, description: "The other model." })
  model?: string;

  @Field(() => String, { nullable: true, description: "The property that holds the other's id." })
  foreignKey?: string;

  @Field(() => ModelName, { nullable: true, description: "The model between the two, if there is one." })
  through?: string;

  @Field(() => EntityId, { nullable: true, description: "The id that the canvas has given it." })
  lunchbadgerId?: string;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

@ObjectType("ModelMethod", { description: "A method of a model that can be called.", simpleResolvers: true })
export class ModelMethod {
  @Field(() => MethodName, { description: "Its name, without `prototype.`." })
  name!: string;

  @Field(() => Boolean, { nullable: true, description: "Whether it is the model's, not its instances'." })
  isStatic?: boolean;

  @Field(() => String, { nullable: true, description: "What it does." })
  description?: string;

  @Field(() => JsonValue, { nullable: true, description: "Its arguments." })
  accepts?: Json;

  @Field(() => JsonValue, { nullable: true, description: "What it answers." })
  returns?: Json;

  @Field(() => JsonValue, { nullable: true, description: "The verbs and paths that it is called by." })
  http?: Json;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

const byText = (one: string, other: string) => (one < other ? -1 : 1);
const placeOf = ({ itemOrder }: { itemOrder?: number }) => itemOrder ?? Infinity;

function parts<Part extends { name: string }>(
  group: "properties" | "relations" | "methods",
  stored: ReadonlyMap<string, JsonObject>,
  blank: () => Part,
): Part[] {
  const shown = Array.from(stored, ([name, part]) => {
    const { known, other } = divided(group, part);
    return Object.assign(blank(), known, { name, other });
  });
  return shown.sort((one, other) => byText(one.name, other.name));
}

/** Properties as the graph shows them: by their places, those without one last, and then by name. */
export function toModelProperties(stored: ReadonlyMap<string, JsonObject>): ModelProperty[] {
  const properties = parts("properties", stored, () => new ModelProperty());
  return properties.sort((one, other) => {
    const [place, otherPlace] = [placeOf(one), placeOf(other)];
    return place === otherPlace ? 0 : place - otherPlace;
  });
}

/** Relations as the graph shows them, by name. */
export function toModelRelations(stored: ReadonlyMap<string, JsonObject>): ModelRelation[] {
  return parts("relations", stored, () => new ModelRelation());
}

/** Methods as the graph shows them, by name. */
export function toModelMethods(stored: ReadonlyMap<string, JsonObject>): ModelMethod[] {
  return parts("methods", stored, () => new ModelMethod());
}
