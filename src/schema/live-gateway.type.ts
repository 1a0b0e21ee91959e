import { Field, ObjectType } from "type-graphql";
import type { RunningConfig } from "../services/gateways/running.config.ts";
import { textOf, textsOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { toPolicies } from "./gateway.shown.ts";
import { Policy } from "./gateway.type.ts";

/** What everything has that a running gateway is made of. */
@ObjectType({ simpleResolvers: true })
abstract class LiveEntry {
  @Field(() => String, { description: "Its name at the gateway: on the canvas, its id." })
  id!: string;

  @Field(() => String, { nullable: true, description: "What people call it." })
  name?: string;
}

@ObjectType("LivePipeline", { description: "A pipeline that runs.", simpleResolvers: true })
export class LivePipeline extends LiveEntry {
  @Field(() => [String], { description: "The ids of the API endpoints that lead to it." })
  apiEndpoints!: readonly string[];

  @Field(() => [Policy], { description: "Its policies, in order." })
  policies!: readonly Policy[];
}

@ObjectType("LiveApiEndpoint", {
  description: "What a gateway that runs takes requests for.",
  simpleResolvers: true,
})
export class LiveApiEndpoint extends LiveEntry {
  @Field(() => String, { nullable: true, description: "For which host; `*` for all." })
  host?: string;

  @Field(() => [String], { nullable: true, description: "For which paths." })
  paths?: readonly string[];

  @Field(() => [String], { nullable: true, description: "For which methods; all when there are none." })
  methods?: readonly string[];

  @Field(() => [String], { nullable: true, description: "What a caller must have been given the use of." })
  scopes?: readonly string[];
}

@ObjectType("LiveServiceEndpoint", {
  description:
    "Where a gateway that runs can lead to: service endpoints, and the models and functions that the platform puts there.",
  simpleResolvers: true,
})
export class LiveServiceEndpoint extends LiveEntry {
  @Field(() => [String], { description: "Where it is." })
  urls!: readonly string[];
}

@ObjectType("LiveGateway", {
  description: "A gateway as it runs, without what the platform keeps in it to reach its administration.",
  simpleResolvers: true,
})
export class LiveGateway {
  /** Whose it is: what its fields that reach further are about. */
  producer!: string;
  env!: string;
  gateway!: string;

  @Field(() => [LivePipeline], { description: "Its pipelines." })
  pipelines!: readonly LivePipeline[];

  @Field(() => [LiveApiEndpoint], { description: "What it takes requests for." })
  apiEndpoints!: readonly LiveApiEndpoint[];

  @Field(() => [LiveServiceEndpoint], { description: "Where its pipelines can lead to." })
  serviceEndpoints!: readonly LiveServiceEndpoint[];

  @Field(() => [String], { description: "The kinds of policies that it has switched on." })
  policies!: readonly string[];
}

const named = ({ friendlyName }: JsonObject, id: string) => {
  const name = textOf(friendlyName);
  return { id, ...(name === undefined ? {} : { name }) };
};

const oneOrMore = (value: JsonObject[string] | undefined) =>
  typeof value === "string" ? [value] : textsOf(value);

function toApiEndpoint(entry: JsonObject, id: string): LiveApiEndpoint {
  const lists = ["paths", "methods", "scopes"].map((field) => [field, oneOrMore(entry[field])] as const);
  const host = textOf(entry["host"]);
  return {
    ...named(entry, id),
    ...(host === undefined ? {} : { host }),
    ...Object.fromEntries(lists.filter(([, list]) => list)),
  };
}

/** A running gateway as the graph shows it. */
export function toLiveGateway(
  of: { producer: string; env: string; gateway: string },
  { pipeline, apiEndpoint, serviceEndpoint }: RunningConfig,
  policies: readonly string[],
): LiveGateway {
  return {
    ...of,
    pipelines: Array.from(pipeline, ([id, entry]) => ({
      ...named(entry, id),
      apiEndpoints: textsOf(entry["apiEndpoints"]) ?? [],
      policies: toPolicies(entry),
    })),
    apiEndpoints: Array.from(apiEndpoint, ([id, entry]) => toApiEndpoint(entry, id)),
    serviceEndpoints: Array.from(serviceEndpoint, ([id, entry]) => ({
      ...named(entry, id),
      urls: oneOrMore(entry["urls"] ?? entry["url"]) ?? [],
    })),
    policies,
  };
}
