import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { Deployment as KeptDeployment } from "../live/deployment.record.ts";
import { toGlobalId } from "./global-id.ts";
import { Node } from "./node.interface.ts";
import { EnvironmentName, FunctionName, Login, ProducerName, Revision } from "./scalars.ts";

/** What is done to a function on the cluster. */
export enum DeploymentKind {
  DEPLOY = "DEPLOY",
  UNDEPLOY = "UNDEPLOY",
}

registerEnumType(DeploymentKind, {
  name: "DeploymentKind",
  description: "What is done to a function on the cluster.",
  valuesConfig: {
    DEPLOY: { description: "What runs of it is taken away, and it is deployed as it is saved." },
    UNDEPLOY: { description: "What runs of it is taken away." },
  },
});

/** How far a deployment has come. */
export enum DeploymentState {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  SUCCEEDED = "SUCCEEDED",
  FAILED = "FAILED",
  UNKNOWN = "UNKNOWN",
  CANCELLED = "CANCELLED",
}

registerEnumType(DeploymentState, {
  name: "DeploymentState",
  description: "How far a deployment has come.",
  valuesConfig: {
    QUEUED: { description: "It waits for its turn." },
    RUNNING: { description: "The platform is at it." },
    SUCCEEDED: { description: "It is done." },
    FAILED: {
      description: "It came to nothing, and `reason` says why; what ran before may have been taken away.",
    },
    UNKNOWN: { description: "It was not answered, and looking did not tell what became of it." },
    CANCELLED: { description: "It was given up before it began." },
  },
});

@ObjectType("Deployment", {
  implements: Node,
  description:
    "A deployment of a function, which takes some seconds. It is remembered for some hours, and then not found.",
  simpleResolvers: true,
})
export class Deployment extends Node {
  @Field(() => ProducerName, { description: "Whose function it is about." })
  producer!: string;

  @Field(() => EnvironmentName, { description: "In which environment." })
  env!: string;

  @Field(() => FunctionName, { description: "Which function it is about." })
  functionName!: string;

  @Field(() => DeploymentKind, { description: "What is done." })
  kind!: DeploymentKind;

  @Field(() => DeploymentState, { description: "How far it has come." })
  state!: DeploymentState;

  @Field(() => String, {
    nullable: true,
    description: "Why it failed, or why nobody knows; null when there is nothing to say.",
  })
  reason?: string | undefined;

  @Field(() => Revision, {
    nullable: true,
    description:
      "The revision of the function that was deployed; null until it is, and when the function was saved meanwhile.",
  })
  revision?: string | undefined;

  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  queuedAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it began." })
  startedAt?: Date | undefined;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was over." })
  finishedAt?: Date | undefined;

  @Field(() => Login, { description: "Who asked for it." })
  by!: string;
}

const timeOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

/** A deployment as the graph shows it. */
export function toDeployment({ key, ...kept }: KeptDeployment): Deployment {
  return Object.assign(new Deployment(), kept, {
    id: toGlobalId("Deployment", kept.producer, kept.env, key),
    kind: DeploymentKind[kept.kind],
    state: DeploymentState[kept.state],
    queuedAt: new Date(kept.queuedAt),
    startedAt: timeOf(kept.startedAt),
    finishedAt: timeOf(kept.finishedAt),
  });
}
