import { Field, ObjectType } from "type-graphql";
import { listOf, textOf, textsOf } from "../services/workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { CanvasItem, OrderedItem, ShownItem, ShownOrderedItem } from "./canvas-item.ts";
import { ApiEndpoint, toApiEndpoint } from "./endpoint.type.ts";
import { EntityId, JsonValue } from "./scalars.ts";

@ObjectType("Plan", { description: "What the use of an API costs.", simpleResolvers: true })
export class Plan extends CanvasItem {
  @Field(() => String, { nullable: true, description: "The picture that stands for it." })
  icon?: string | undefined;

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
  rootUrl?: string | undefined;

  @Field(() => [Api], { description: "The APIs it offers." })
  apis!: readonly Api[];
}

@ObjectType("MicroService", { description: "Models that are bundled.", simpleResolvers: true })
export class MicroService extends OrderedItem {
  @Field(() => [EntityId], { description: "The ids that the canvas knows its models by." })
  models!: readonly string[];
}

class ShownPlan extends ShownItem implements Plan {
  protected get named() {
    return ["icon", "tiers", "details"];
  }

  get icon() {
    return textOf(this.item["icon"]);
  }

  get tiers() {
    return this.item["tiers"] ?? [];
  }

  get details() {
    return this.item["details"] ?? [];
  }
}

class ShownApi extends ShownOrderedItem implements Api {
  protected get named() {
    return ["itemOrder", "apiEndpoints", "plans"];
  }

  get apiEndpoints() {
    return listOf(this.item, "apiEndpoints").map(toApiEndpoint);
  }

  get plans() {
    return listOf(this.item, "plans").map((plan) => new ShownPlan(plan));
  }
}

class ShownPortal extends ShownOrderedItem implements Portal {
  protected get named() {
    return ["itemOrder", "rootUrl", "apis"];
  }

  get rootUrl() {
    return textOf(this.item["rootUrl"]);
  }

  get apis() {
    return listOf(this.item, "apis").map(toApi);
  }
}

class ShownMicroService extends ShownOrderedItem implements MicroService {
  protected get named() {
    return ["itemOrder", "models"];
  }

  get models() {
    return textsOf(this.item["models"]) ?? [];
  }
}

/** An API as the graph shows it. */
export const toApi = (item: JsonObject): Api => new ShownApi(item);

/** A portal as the graph shows it. */
export const toPortal = (item: JsonObject): Portal => new ShownPortal(item);

/** A micro service as the graph shows it. */
export const toMicroService = (item: JsonObject): MicroService => new ShownMicroService(item);
