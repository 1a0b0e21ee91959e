import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import type {
  ProjectDeployment as KeptDeployment,
  ToldDeployments,
} from "../services/actualizer/project.deployments.ts";
import { DeployedKind } from "./deployed-kind.enum.ts";
import {
  DeploymentCondition,
  DesiredDeployment,
  ObservedDeployment,
  toCondition,
  toObserved,
} from "./deployment-parts.type.ts";
import { toGlobalId } from "./global-id.ts";
import { Node } from "./node.interface.ts";
import { EntityId } from "./scalars.ts";
import { StaleReason } from "./status.type.ts";

@ObjectType("ProjectDeployment", {
  implements: Node,
  description:
    "Something of a project that the actualizer makes run: what is to run, and how far that has come.",
  simpleResolvers: true,
})
export class ProjectDeployment extends Node {
  @Field(() => DeployedKind, { description: "What it is." })
  kind!: DeployedKind;

  @Field(() => String, { description: "What people call it; a workspace is called so." })
  name!: string;

  @Field(() => EntityId, { nullable: true, description: "The canvas' id of a gateway; null for all else." })
  entityId?: string | undefined;

  @Field(() => DesiredDeployment, { description: "What is to run." })
  desired!: DesiredDeployment;

  @Field(() => ObservedDeployment, { description: "How far that has come." })
  observed!: ObservedDeployment;

  @Field(() => [DeploymentCondition], { description: "What the actualizer says of it." })
  conditions!: readonly DeploymentCondition[];

  @Field(() => Boolean, {
    description: "Whether it is left alone, since somebody has paused it or its producer.",
  })
  isPaused!: boolean;

  @Field(() => Boolean, { description: "Whether it is being taken down." })
  isLeaving!: boolean;

  @Field(() => String, { description: "What to know first, in a sentence." })
  summary!: string;
}

@ObjectType("ProjectDeployments", {
  description: "Everything of a project that the actualizer makes run.",
  simpleResolvers: true,
})
export class ProjectDeployments {
  @Field(() => [ProjectDeployment], {
    description:
      "The workspace, then gateways and functions by name. Without functions for those who may not read them.",
  })
  resources!: readonly ProjectDeployment[];

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when all this may no longer be so; null while it is what is so.",
  })
  staleSince?: Date | undefined;

  @Field(() => StaleReason, { nullable: true, description: "Why it may no longer be so." })
  staleReason?: StaleReason | undefined;
}

/** Something of a project that runs, as the graph shows it. */
export function toProjectDeployment(kept: KeptDeployment): ProjectDeployment {
  const { kind, producer, env, object, name, entityId, isPaused, isLeaving, summary } = kept;
  return Object.assign(new ProjectDeployment(), {
    id: toGlobalId("ProjectDeployment", producer, env, kind, object),
    kind: DeployedKind[kind as keyof typeof DeployedKind],
    name,
    entityId,
    desired: {
      isEnabled: kept.isEnabled,
      isRunning: kept.isWanted,
      revision: kept.revision,
      savedRevision: kept.saved,
    },
    observed: toObserved(kept),
    conditions: kept.conditions.map(toCondition),
    isPaused,
    isLeaving,
    summary,
  });
}

/** All of a project that runs, as the graph shows it. */
export function toProjectDeployments({ deployments, stale }: ToldDeployments): ProjectDeployments {
  return {
    resources: deployments.map(toProjectDeployment),
    staleSince: stale?.since,
    staleReason: stale && StaleReason[stale.reason],
  };
}
