import { Field, InputType, ObjectType } from "type-graphql";
import { textOf, textsOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { itemFields, OrderedItem, OrderedItemInput, storedFields } from "./canvas-item.ts";

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
  host?: string;

  @Field(() => [String], { nullable: true, description: "For which paths." })
  paths?: readonly string[];

  @Field(() => [String], { nullable: true, description: "For which methods; all when there are none." })
  methods?: readonly string[];

  @Field(() => [String], { nullable: true, description: "What a caller must have been given the use of." })
  scopes?: readonly string[];
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

/** A service endpoint as the graph shows it. */
export function toServiceEndpoint(item: JsonObject): ServiceEndpoint {
  return { ...itemFields(item, serviceFields), urls: textsOf(item["urls"]) ?? [] };
}

/** An API endpoint as the graph shows it. */
export function toApiEndpoint(item: JsonObject): ApiEndpoint {
  const lists = {
    paths: textsOf(item["paths"]),
    methods: textsOf(item["methods"]),
    scopes: textsOf(item["scopes"]),
  };
  const host = textOf(item["host"]);
  return {
    ...itemFields(item, apiFields),
    ...(host === undefined ? {} : { host }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list)),
  };
}
