import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { EntityStatus as KeptStatus } from "../services/kubernetes/entity.status.ts";
import type { ToldStatus } from "../services/kubernetes/status.board.ts";
import { PodKind } from "./pod.enums.ts";
import { Pod, toPod } from "./pod.type.ts";
import { EntityId } from "./scalars.ts";

/** Why what is told may no longer be so. */
export enum StaleReason {
  UNREACHABLE = "UNREACHABLE",
  UNAUTHORIZED = "UNAUTHORIZED",
  FORBIDDEN = "FORBIDDEN",
  BUSY = "BUSY",
  EXPIRED = "EXPIRED",
  TOO_MANY = "TOO_MANY",
  MISSING = "MISSING",
}

registerEnumType(StaleReason, {
  name: "StaleReason",
  description: "Why what is told may no longer be so.",
  valuesConfig: {
    UNREACHABLE: { description: "The cluster does not answer." },
    UNAUTHORIZED: { description: "The cluster does not know the gateway's credential." },
    FORBIDDEN: { description: "The cluster does not let the gateway look." },
    BUSY: { description: "The cluster has too much to do." },
    EXPIRED: { description: "The gateway was too far behind, and reads everything anew." },
    TOO_MANY: { description: "There is more than the gateway may keep." },
    MISSING: { description: "The cluster does not know such things: they have not been installed there." },
  },
});

@ObjectType("EntityStatus", {
  description: "How something of a project does on the cluster.",
  simpleResolvers: true,
})
export class EntityStatus {
  @Field(() => PodKind, { description: "What of the platform it is." })
  kind!: PodKind;

  @Field(() => String, {
    nullable: true,
    description: "The name of the gateway or function, as it is in the cluster's own names.",
  })
  name?: string | undefined;

  @Field(() => EntityId, {
    nullable: true,
    description: "The canvas' id of the gateway or function; null where there is none.",
  })
  entityId?: string | undefined;

  @Field(() => Boolean, { description: "Whether any of its pods answers, be it an old one." })
  running!: boolean;

  @Field(() => Boolean, { description: "Whether it is on its way to what was asked for last." })
  deploying!: boolean;

  @Field(() => Boolean, { description: "Whether its newest pod does its work." })
  ready!: boolean;

  @Field(() => Boolean, {
    description: "Whether what was asked for last will not come by waiting; an old pod may answer meanwhile.",
  })
  failed!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Why it is not ready; null when there is nothing to say.",
  })
  reason?: string | undefined;

  @Field(() => Int, { description: "How often the containers of its pods were started again." })
  restarts!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When its newest pod was begun." })
  startedAt?: Date | undefined;

  @Field(() => [Pod], { description: "Its pods, the newest first, those that are being stopped last." })
  pods!: readonly Pod[];
}

@ObjectType("ProjectStatus", {
  description: "How all that a project has does on the cluster.",
  simpleResolvers: true,
})
export class ProjectStatus {
  @Field(() => EntityStatus, {
    nullable: true,
    description: "What keeps and runs the project; null when nothing of it is on the cluster.",
  })
  workspace?: EntityStatus | undefined;

  @Field(() => [EntityStatus], { description: "The gateways that are on the cluster." })
  gateways!: readonly EntityStatus[];

  @Field(() => EntityStatus, {
    nullable: true,
    description:
      "What keeps and deploys the functions; null when nothing of it is on the cluster, and for those who may not read functions.",
  })
  slsApi?: EntityStatus | undefined;

  @Field(() => [EntityStatus], {
    nullable: true,
    description: "The functions that are on the cluster; null for those who may not read functions.",
  })
  functions?: readonly EntityStatus[] | undefined;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when all this may no longer be so; null while it is what is so.",
  })
  staleSince?: Date | undefined;

  @Field(() => StaleReason, { nullable: true, description: "Why it may no longer be so." })
  staleReason?: StaleReason | undefined;
}

/** How something does, as the graph shows it. */
export function toEntityStatus({ kind, startedAt, pods, ...rest }: KeptStatus): EntityStatus {
  return {
    ...rest,
    kind: PodKind[kind],
    startedAt: startedAt === undefined ? undefined : new Date(startedAt),
    pods: pods.map(toPod),
  };
}

/** How a project does, as the graph shows it. */
export function toProjectStatus({ status, stale }: ToldStatus): ProjectStatus {
  const { workspace, gateways, ofFunctions } = status;
  return {
    workspace: workspace && toEntityStatus(workspace),
    gateways: gateways.map(toEntityStatus),
    slsApi: ofFunctions?.slsApi && toEntityStatus(ofFunctions.slsApi),
    functions: ofFunctions?.functions.map(toEntityStatus),
    staleSince: stale?.since,
    staleReason: stale && StaleReason[stale.reason],
  };
}
