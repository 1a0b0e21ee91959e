import { Field, InputType, Int } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import {
  kept,
  ModelConfigInput,
  ModelMethodInput,
  ModelPropertyInput,
  ModelRelationInput,
  otherDescription,
} from "./model-part-input.type.ts";
import { ProjectInput } from "./project.type.ts";
import { EntityId, JsonMap, JsonValue, ModelName, Revision } from "./scalars.ts";

@InputType("SaveModelInput", {
  description: `What a model is to be, new or not. ${kept} A list that is given takes the place of the one there is: what it does not name goes.`,
})
export class SaveModelInput extends ProjectInput {
  @Field(() => ModelName, { description: "Its name: the new one if it is renamed." })
  name!: string;

  @Field(() => ModelName, {
    nullable: true,
    description:
      "The name it has now, if it is renamed: others that build on it or are tied to it follow, and its script, validations and access rules stay.",
  })
  renamedFrom?: string | null;

  @Field(() => Revision, {
    nullable: true,
    description: "The revision that the change started from. Without one, the last write wins.",
  })
  revision?: string | null;

  @Field(() => EntityId, {
    nullable: true,
    description: "The id that the canvas gives it; a new one is made up.",
  })
  lunchbadgerId?: string | null;

  @Field(() => Int, { nullable: true, description: "Its place on the canvas; a new one comes last." })
  itemOrder?: number | null;

  @Field(() => String, { nullable: true, description: "What several of it are called in paths." })
  plural?: string | null;

  @Field(() => ModelName, {
    nullable: true,
    description:
      "The model that it builds on: one of the project or of LoopBack's own. A new one's is PersistedModel.",
  })
  base?: string | null;

  @Field(() => String, { nullable: true, description: "What it is for." })
  description?: string | null;

  @Field(() => JsonValue, {
    nullable: true,
    description: "Whether instances may have no other properties, or what becomes of those.",
  })
  strict?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether the canvas shows it as public." })
  public?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is given an id property by itself." })
  idInjection?: boolean | null;

  @Field(() => JsonValue, { nullable: true, description: "How its API is offered, such as its path." })
  http?: Json;

  @Field(() => JsonValue, { nullable: true, description: "What LoopBack and connectors are told of it." })
  options?: Json;

  @Field(() => Boolean, { nullable: true, description: "Whether it was part of a microservice once." })
  wasBundled?: boolean | null;

  @Field(() => JsonMap, { nullable: true, description: otherDescription })
  other?: JsonObject | null;

  @Field(() => [ModelPropertyInput], {
    nullable: true,
    description: "All its properties; null is as if left out.",
  })
  properties?: ModelPropertyInput[] | null;

  @Field(() => [ModelRelationInput], {
    nullable: true,
    description: "All its relations; null is as if left out.",
  })
  relations?: ModelRelationInput[] | null;

  @Field(() => [ModelMethodInput], {
    nullable: true,
    description: "All its methods; null is as if left out.",
  })
  methods?: ModelMethodInput[] | null;

  @Field(() => ModelConfigInput, {
    nullable: true,
    description: "How the project is to use it; null is as if left out.",
  })
  config?: ModelConfigInput | null;
}

@InputType("DeleteModelInput", { description: "Which model to delete." })
export class DeleteModelInput extends ProjectInput {
  @Field(() => ModelName, { description: "Its name." })
  name!: string;

  @Field(() => Revision, {
    nullable: true,
    description:
      "The revision that it is deleted as. Without one, it is deleted whatever others have changed.",
  })
  revision?: string | null;
}

@InputType("ReorderModelsInput", { description: "In which order models are to be." })
export class ReorderModelsInput extends ProjectInput {
  @Field(() => [ModelName], {
    description:
      "The models' names in their new order; those not named come after, in the order they are in.",
  })
  names!: string[];
}
