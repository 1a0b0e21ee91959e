import { Field, Float, ObjectType } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { shownFields, type ShownAs } from "./model-fields.shown.ts";
import { EntityId, JsonMap, JsonValue, MemberName, MethodName, ModelName } from "./scalars.ts";

/** A part of a model as it is stored. */
type StoredPart = { readonly name: string };

const otherDescription = "Everything else that canvases and people have put there.";

@ObjectType("ModelProperty", { description: "A property of a model.", simpleResolvers: true })
export class ModelProperty {
  @Field(() => MemberName, { description: "Its name." })
  name!: string;

  @Field(() => JsonValue, {
    nullable: true,
    description: "A type's name, a list with one, or an object of properties by name.",
  })
  type?: Json | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether every instance must have it." })
  required?: boolean | undefined;

  @Field(() => JsonValue, {
    nullable: true,
    description: "Whether it is indexed, or how.",
  })
  index?: Json | undefined;

  @Field(() => Boolean, { nullable: true, description: "Whether it is what instances are told apart by." })
  isId?: boolean | undefined;

  @Field(() => JsonValue, { nullable: true, description: "What it is when nothing is said." })
  default?: Json | undefined;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string | undefined;

  @Field(() => Float, { nullable: true, description: "Its place among the properties." })
  itemOrder?: number | undefined;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

@ObjectType("ModelRelation", { description: "How a model is tied to another.", simpleResolvers: true })
export class ModelRelation {
  @Field(() => MemberName, { description: "Its name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Its kind, such as hasMany or belongsTo." })
  type?: string | undefined;

  @Field(() => ModelName, { nullable: true, description: "The other model." })
  model?: string | undefined;

  @Field(() => String, { nullable: true, description: "The property that holds the other's id." })
  foreignKey?: string | undefined;

  @Field(() => ModelName, { nullable: true, description: "The model between the two, if there is one." })
  through?: string | undefined;

  @Field(() => EntityId, { nullable: true, description: "The id that the canvas has given it." })
  lunchbadgerId?: string | undefined;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

@ObjectType("ModelMethod", { description: "A method of a model that can be called.", simpleResolvers: true })
export class ModelMethod {
  @Field(() => MethodName, { description: "Its name, without `prototype.`." })
  name!: string;

  @Field(() => Boolean, { nullable: true, description: "Whether it is the model's, not its instances'." })
  isStatic?: boolean | undefined;

  @Field(() => String, { nullable: true, description: "What it does." })
  description?: string | undefined;

  @Field(() => JsonValue, { nullable: true, description: "Its arguments." })
  accepts?: Json | undefined;

  @Field(() => JsonValue, { nullable: true, description: "What it answers." })
  returns?: Json | undefined;

  @Field(() => JsonValue, { nullable: true, description: "The verbs and paths that it is called by." })
  http?: Json | undefined;

  @Field(() => JsonMap, { description: otherDescription })
  other!: JsonObject;
}

const ShownProperty = shownFields("properties") as ShownAs<ModelProperty>;
const ShownRelation = shownFields("relations") as ShownAs<ModelRelation>;
const ShownMethod = shownFields("methods") as ShownAs<ModelMethod>;

const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
const placeOf = ({ itemOrder }: Pick<ModelProperty, "itemOrder">) => itemOrder ?? Infinity;

/** Of several of one name the last counts, as the workspace has it. */
const distinct = (parts: readonly StoredPart[]) => [
  ...new Map(parts.map((part) => [part.name, part])).values(),
];

/** Properties as the graph shows them: by their places, those without one last, and then by name. */
export function toModelProperties(stored: readonly StoredPart[]): ModelProperty[] {
  const properties: ModelProperty[] = distinct(stored).map((part) => new ShownProperty(part));
  return properties.sort((one, other) => {
    const [place, otherPlace] = [placeOf(one), placeOf(other)];
    return place === otherPlace ? byName(one, other) : place - otherPlace;
  });
}

/** Relations as the graph shows them, by name. */
export function toModelRelations(stored: readonly StoredPart[]): ModelRelation[] {
  return distinct(stored)
    .map((part) => new ShownRelation(part))
    .sort(byName);
}

/** Methods as the graph shows them, by name. */
export function toModelMethods(stored: readonly StoredPart[]): ModelMethod[] {
  return distinct(stored)
    .map((part) => new ShownMethod(part))
    .sort(byName);
}
