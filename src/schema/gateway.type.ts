import { Field, InputType, ObjectType } from "type-graphql";
import type { Json, JsonObject } from "../services/workspace/json.ts";
import { CanvasItem, CanvasItemInput, OrderedItem, OrderedItemInput, storedFields } from "./canvas-item.ts";
import { EntityId, JsonMap, JsonValue, PolicyName } from "./scalars.ts";

@ObjectType("PolicyStep", {
  description: "What a policy does, and under which condition.",
  simpleResolvers: true,
})
export class PolicyStep {
  @Field(() => EntityId, { nullable: true, description: "Its id, as the canvas gave it." })
  id?: string;

  @Field(() => JsonValue, { nullable: true, description: 'When: such as `{ name: "always" }`.' })
  condition?: Json;

  @Field(() => JsonValue, { nullable: true, description: "What is done, in the policy's own terms." })
  action?: Json;
}

@ObjectType("Policy", {
  description: "A policy of a pipeline: the kind of it, and what it does when.",
  simpleResolvers: true,
})
export class Policy {
  @Field(() => EntityId, { nullable: true, description: "Its id, as the canvas gave it." })
  id?: string;

  @Field(() => PolicyName, { description: "The kind of policy, such as `rate-limit`." })
  name!: string;

  @Field(() => [PolicyStep], { description: "What it does, in order." })
  steps!: readonly PolicyStep[];
}

@ObjectType("Pipeline", {
  description: "What a request goes through on its way from an API endpoint to a service.",
  simpleResolvers: true,
})
export class Pipeline extends CanvasItem {
  @Field(() => [Policy], { description: "Its policies, in order." })
  policies!: readonly Policy[];
}

@ObjectType("Gateway", { description: "An Express Gateway as it is saved.", simpleResolvers: true })
export class Gateway extends OrderedItem {
  /** Whose it is: what its fields that reach further are about. */
  producer!: string;
  env!: string;

  @Field(() => String, { nullable: true, description: "The first part of its host name." })
  dnsPrefix?: string | undefined;

  @Field(() => [String], { nullable: true, description: "The kinds of policies that it knows." })
  policies?: readonly string[] | undefined;

  @Field(() => [Pipeline], { description: "Its pipelines." })
  pipelines!: readonly Pipeline[];

  @Field(() => JsonValue, { nullable: true, description: "How it listens for HTTP." })
  http?: Json | undefined;

  @Field(() => JsonValue, { nullable: true, description: "How it listens for HTTPS." })
  https?: Json | undefined;

  @Field(() => JsonValue, { nullable: true, description: "Where its administration listens." })
  admin?: Json | undefined;
}

@InputType("PolicyStepInput", { description: "What a policy is to do, and under which condition." })
export class PolicyStepInput {
  @Field(() => EntityId, { nullable: true, description: "Its id; kept or made up when left out." })
  id?: string | null;

  @Field(() => JsonValue, { description: 'When: such as `{ name: "always" }`.' })
  condition!: Json;

  @Field(() => JsonValue, { nullable: true, description: "What is done, in the policy's own terms." })
  action?: Json;
}

@InputType("PolicyInput", { description: "A policy of a pipeline." })
export class PolicyInput {
  @Field(() => EntityId, { nullable: true, description: "Its id; kept or made up when left out." })
  id?: string | null;

  @Field(() => PolicyName, { description: "The kind of policy, such as `rate-limit`." })
  name!: string;

  @Field(() => [PolicyStepInput], { description: "What it does, in order." })
  steps!: readonly PolicyStepInput[];
}

@InputType("PipelineInput", { description: "A pipeline, whole." })
export class PipelineInput extends CanvasItemInput {
  @Field(() => [PolicyInput], { description: "Its policies, in order." })
  policies!: readonly PolicyInput[];
}

@InputType("GatewayInput", {
  description:
    "What is to be different about a gateway: what is left out stays as it is, lists are replaced whole.",
})
export class GatewayInput extends OrderedItemInput {
  @Field(() => String, { nullable: true, description: "The first part of its host name." })
  dnsPrefix?: string | null;

  @Field(() => [String], { nullable: true, description: "The kinds of policies that it knows." })
  policies?: readonly string[] | null;

  @Field(() => [PipelineInput], { nullable: true, description: "Its pipelines." })
  pipelines?: readonly PipelineInput[] | null;

  @Field(() => JsonMap, { nullable: true, description: "How it listens for HTTP." })
  http?: JsonObject | null;

  @Field(() => JsonMap, { nullable: true, description: "How it listens for HTTPS." })
  https?: JsonObject | null;

  @Field(() => JsonMap, { nullable: true, description: "Where its administration listens." })
  admin?: JsonObject | null;
}

/** The fields that the graph has names for, besides those of every item. */
export const gatewayFields = ["itemOrder", "dnsPrefix", "policies", "pipelines", "http", "https", "admin"];

const toStoredPolicy = ({ id, name, steps }: PolicyInput) =>
  storedFields({ id, [name]: steps.map((step) => storedFields({ ...step, action: step.action ?? {} })) });

/** A pipeline's input as the platform keeps it. */
export function toStoredPipeline({ policies, ...pipeline }: PipelineInput): JsonObject {
  return { ...storedFields(pipeline, ["policies"]), policies: policies.map(toStoredPolicy) };
}

/** A gateway's input as the platform keeps it. */
export function toStoredGateway({ pipelines, ...fields }: GatewayInput): JsonObject {
  const stored = storedFields(fields, gatewayFields);
  return pipelines ? { ...stored, pipelines: pipelines.map(toStoredPipeline) } : stored;
}
