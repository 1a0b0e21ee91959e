import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import type { Difference } from "../services/gateways/gateway.difference.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { Gateway } from "./gateway.type.ts";
import { Project, ProjectInput } from "./project.type.ts";
import { EntityId, JsonMap } from "./scalars.ts";
import { WriteStep } from "./step.type.ts";

/** What is to be done so that an entry runs as it is saved. */
export enum DifferenceAction {
  CREATE = "CREATE",
  UPDATE = "UPDATE",
  DELETE = "DELETE",
}

registerEnumType(DifferenceAction, {
  name: "DifferenceAction",
  description: "What is to be done so that something runs as it is saved.",
  valuesConfig: {
    CREATE: { description: "It is saved and does not run." },
    UPDATE: { description: "It runs in another way than it is saved." },
    DELETE: { description: "It runs and is not saved, or not for this gateway." },
  },
});

/** The kinds of entries that a gateway's configuration is made of. */
export enum GatewayEntryKind {
  PIPELINE = "PIPELINE",
  API_ENDPOINT = "API_ENDPOINT",
  SERVICE_ENDPOINT = "SERVICE_ENDPOINT",
}

registerEnumType(GatewayEntryKind, {
  name: "GatewayEntryKind",
  description: "The kinds of things that a gateway's configuration is made of.",
  valuesConfig: {
    PIPELINE: { description: "A pipeline." },
    API_ENDPOINT: { description: "What the gateway takes requests for." },
    SERVICE_ENDPOINT: { description: "Where pipelines lead to." },
  },
});

@ObjectType("GatewayDifference", {
  description: "Something that does not run as it is saved.",
  simpleResolvers: true,
})
export class GatewayDifference {
  @Field(() => DifferenceAction, { description: "What is to be done about it." })
  action!: DifferenceAction;

  @Field(() => GatewayEntryKind, { description: "What kind of thing it is." })
  kind!: GatewayEntryKind;

  @Field(() => String, { description: "Its name at the gateway, which is its id on the canvas." })
  name!: string;

  @Field(() => String, { description: "What people call it." })
  title!: string;

  @Field(() => JsonMap, { nullable: true, description: "As it is saved, in the gateway's own terms." })
  saved?: JsonObject;

  @Field(() => JsonMap, { nullable: true, description: "As it runs, in the gateway's own terms." })
  live?: JsonObject;
}

@InputType("ApplyGatewayInput", { description: "Which gateway is to run as it is saved." })
export class ApplyGatewayInput extends ProjectInput {
  @Field(() => EntityId, { description: "The id of the gateway." })
  gateway!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Only checks and tells what would be done, and does nothing.",
  })
  dryRun!: boolean;
}

@ObjectType("ApplyGatewayPayload", {
  description: "What was different, and what was done about it.",
  simpleResolvers: true,
})
export class ApplyGatewayPayload {
  @Field(() => Project, { description: "The project that the gateway is of." })
  project!: Project;

  @Field(() => Gateway, { description: "The gateway as it is saved." })
  gateway!: Gateway;

  @Field(() => [GatewayDifference], {
    description: "What did not run as it is saved, in the order in which it is dealt with.",
  })
  difference!: readonly GatewayDifference[];

  @Field(() => [WriteStep], {
    description:
      "What was done, step by step, and is served by now; nothing when nothing differed or in a dry run.",
  })
  steps!: readonly WriteStep[];
}

const kinds = {
  pipeline: GatewayEntryKind.PIPELINE,
  apiEndpoint: GatewayEntryKind.API_ENDPOINT,
  serviceEndpoint: GatewayEntryKind.SERVICE_ENDPOINT,
} as const;

/** A difference as the graph shows it. */
export function toGatewayDifference({ action, kind, saved, live, ...rest }: Difference): GatewayDifference {
  return {
    ...rest,
    action: DifferenceAction[action],
    kind: kinds[kind],
    ...(saved ? { saved } : {}),
    ...(live ? { live } : {}),
  };
}
