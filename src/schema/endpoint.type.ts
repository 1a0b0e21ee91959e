import { Field, InputType, ObjectType } from "type-graphql";
import { textOf, textsOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { OrderedItem, OrderedItemInput, ShownOrderedItem, storedFields } from "./canvas-item.ts";

@ObjectType("ServiceEndpoint", {
  description: "A service that pipelines can lead to.",
  simpleResolvers: true,
})
export class ServiceEndpoint extends OrderedItem {
  @Field(() => [String], { description: "Where the service is; requests are spread over several." })
  urls!: readonly string[];
}

@ObjectType("ApiEndpoint", {
  description: "What a gateway takes requests for.",
  simpleResolvers: true,
})
export class ApiEndpoint extends OrderedItem {
  @Field(() => String, { nullable: true, description: "For which host; `*` for all." })
  host?: string | undefined;

  @Field(() => [String], { nullable: true, description: "For which paths." })
  paths?: readonly string[] | undefined;

  @Field(() => [String], { nullable: true, description: "For which methods; all when there are none." })
  methods?: readonly string[] | undefined;

  @Field(() => [String], { nullable: true, description: "What a caller must have been given the use of." })
  scopes?: readonly string[] | undefined;
}

@InputType("ServiceEndpointInput", {
  description: "What is to be different about a service endpoint: what is left out stays as it is.",
})
export class ServiceEndpointInput extends OrderedItemInput {
  @Field(() => [String], { nullable: true, description: "Where the service is; needed for a new one." })
  urls?: readonly string[] | null;
}

@InputType("ApiEndpointInput", {
  description: "What is to be different about an API endpoint: what is left out stays as it is.",
})
export class ApiEndpointInput extends OrderedItemInput {
  @Field(() => String, { nullable: true, description: "For which host; `*` for all." })
  host?: string | null;

  @Field(() => [String], { nullable: true, description: "For which paths." })
  paths?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: "For which methods; all when there are none." })
  methods?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: "What a caller must have been given the use of." })
  scopes?: readonly string[] | null;
}

const serviceFields = ["itemOrder", "urls"];
const apiFields = ["itemOrder", "host", "paths", "methods", "scopes"];

/** A service endpoint's input as the platform keeps it. */
export const toStoredServiceEndpoint = (input: ServiceEndpointInput): JsonObject =>
  storedFields({ ...input }, serviceFields);

/** An API endpoint's input as the platform keeps it. */
export const toStoredApiEndpoint = (input: ApiEndpointInput): JsonObject =>
  storedFields({ ...input }, apiFields);

class ShownServiceEndpoint extends ShownOrderedItem implements ServiceEndpoint {
  protected get named() {
    return serviceFields;
  }

  get urls() {
    return textsOf(this.item["urls"]) ?? [];
  }
}

class ShownApiEndpoint extends ShownOrderedItem implements ApiEndpoint {
  protected get named() {
    return apiFields;
  }

  get host() {
    return textOf(this.item["host"]);
  }

  get paths() {
    return textsOf(this.item["paths"]);
  }

  get methods() {
    return textsOf(this.item["methods"]);
  }

  get scopes() {
    return textsOf(this.item["scopes"]);
  }
}

/** A service endpoint as the graph shows it. */
export const toServiceEndpoint = (item: JsonObject): ServiceEndpoint => new ShownServiceEndpoint(item);

/** An API endpoint as the graph shows it. */
export const toApiEndpoint = (item: JsonObject): ApiEndpoint => new ShownApiEndpoint(item);
