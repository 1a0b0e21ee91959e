import { Field, ObjectType } from "type-graphql";
import { listOf, textOf, textsOf } from "../services/workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { CanvasItem, itemFields, OrderedItem } from "./canvas-item.ts";
import { ApiEndpoint, toApiEndpoint } from "./endpoint.type.ts";
import { EntityId, JsonValue } from "./scalars.ts";

@ObjectType("Plan", { description: "What the use of an API costs.", simpleResolvers: true })
export class Plan extends CanvasItem {
  @Field(() => String, { nullable: true, description: "The picture that stands for it." })
  icon?: string;

  @Field(() => JsonValue, { description: "Its tiers, each from a number of calls to another." })
  tiers!: Json;

  @Field(() => JsonValue, { description: "What is foreseen for it, month by month." })
  details!: Json;
}

@ObjectType("Api", { description: "API endpoints that are offered together.", simpleResolvers: true })
export class Api extends OrderedItem {
  @Field(() => [ApiEndpoint], { description: "What it is made of." })
  apiEndpoints!: readonly ApiEndpoint[];

  @Field(() => [Plan], { description: "The plans it is offered by." })
  plans!: readonly Plan[];
}

@ObjectType("Portal", { description: "A place where APIs are offered.", simpleResolvers: true })
export class Portal extends OrderedItem {
  @Field(() => String, { nullable: true, description: "Its address." })
  rootUrl?: string;

  @Field(() => [Api], { description: "The APIs it offers." })
  apis!: readonly Api[];
}

@ObjectType("MicroService", { description: "Models that are bundled.", simpleResolvers: true })
export class MicroService extends OrderedItem {
  @Field(() => [EntityId], { description: "The ids that the canvas knows its models by." })
  models!: readonly string[];
}

function toPlan(item: JsonObject): Plan {
  const icon = textOf(item["icon"]);
  return {
    ...itemFields(item, ["icon", "tiers", "details"]),
    ...(icon === undefined ? {} : { icon }),
    tiers: item["tiers"] ?? [],
    details: item["details"] ?? [],
  };
}

/** An API as the graph shows it. */
export function toApi(item: JsonObject): Api {
  return {
    ...itemFields(item, ["itemOrder", "apiEndpoints", "plans"]),
    apiEndpoints: listOf(item, "apiEndpoints").map(toApiEndpoint),
    plans: listOf(item, "plans").map(toPlan),
  };
}

/** A portal as the graph shows it. */
export function toPortal(item: JsonObject): Portal {
  const rootUrl = textOf(item["rootUrl"]);
  return {
    ...itemFields(item, ["itemOrder", "rootUrl", "apis"]),
    ...(rootUrl === undefined ? {} : { rootUrl }),
    apis: listOf(item, "apis").map(toApi),
  };
}

/** A micro service as the graph shows it. */
export function toMicroService(item: JsonObject): MicroService {
  return { ...itemFields(item, ["itemOrder", "models"]), models: textsOf(item["models"]) ?? [] };
}
