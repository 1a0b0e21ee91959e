import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import type {
  ContainerEnd as KeptEnd,
  ContainerRecord,
  PodRecord,
} from "../services/kubernetes/pod.record.ts";
import { wordsFor } from "../services/kubernetes/pod.words.ts";
import { toGlobalId } from "./global-id.ts";
import { Node } from "./node.interface.ts";
import { ContainerState, PodKind, PodPhase } from "./pod.enums.ts";
import { EntityId, PodName } from "./scalars.ts";

@ObjectType("ContainerEnd", { description: "How a container ended.", simpleResolvers: true })
export class ContainerEnd {
  @Field(() => String, { nullable: true, description: "The cluster's word for it, such as OOMKilled." })
  reason?: string | undefined;

  @Field(() => Int, { description: "What it ended with; 0 when all was well." })
  exitCode!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When." })
  finishedAt?: Date | undefined;
}

@ObjectType("Container", { description: "A container of a pod.", simpleResolvers: true })
export class Container {
  @Field(() => String, { description: "What it is called." })
  name!: string;

  @Field(() => ContainerState, { description: "What it is doing." })
  state!: ContainerState;

  @Field(() => String, {
    nullable: true,
    description: "The cluster's word for why it is in that state, such as CrashLoopBackOff.",
  })
  reason?: string | undefined;

  @Field(() => Boolean, { description: "Whether it does its work." })
  ready!: boolean;

  @Field(() => Int, { description: "How often it was started again." })
  restarts!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was started last." })
  startedAt?: Date | undefined;

  @Field(() => ContainerEnd, {
    nullable: true,
    description: "How it ended, or how its run before this one did; null when it never has.",
  })
  lastEnd?: ContainerEnd | undefined;
}

@ObjectType("Pod", {
  implements: Node,
  description: "Something that runs on the cluster for a producer. One that replaces it is another pod.",
  simpleResolvers: true,
})
export class Pod extends Node {
  /** Whose it is and where. */
  producer!: string;
  env!: string;

  @Field(() => PodName, { description: "The name that the cluster gave it." })
  name!: string;

  @Field(() => PodKind, { description: "What of the platform it is." })
  kind!: PodKind;

  @Field(() => EntityId, {
    nullable: true,
    description: "The canvas' id of the gateway or function that it runs; null where there is none.",
  })
  entityId?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "The name of the gateway or function that it runs, as it is in the pod's own name.",
  })
  entityName?: string | undefined;

  @Field(() => PodPhase, { description: "How far it has come." })
  phase!: PodPhase;

  @Field(() => Boolean, { description: "Whether it does its work." })
  ready!: boolean;

  @Field(() => String, { nullable: true, description: "Why it is not ready; null when it is." })
  reason?: string | undefined;

  @Field(() => Int, { description: "How often its containers were started again." })
  restarts!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was asked for." })
  createdAt?: Date | undefined;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was begun; null while it waits." })
  startedAt?: Date | undefined;

  @Field(() => Boolean, { description: "Whether it is being stopped." })
  stopping!: boolean;

  @Field(() => [Container], { description: "Its containers, those that only prepare it first." })
  containers!: readonly Container[];
}

const timeOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));

const toEnd = ({ reason, exitCode, finishedAt }: KeptEnd): ContainerEnd => ({
  reason,
  exitCode,
  finishedAt: timeOf(finishedAt),
});

function toContainer(kept: ContainerRecord): Container {
  const { name, state, reason, ready, restarts, startedAt, ended, lastEnded } = kept;
  const end = ended ?? lastEnded;
  return {
    name,
    state: ContainerState[state],
    reason,
    ready,
    restarts,
    startedAt: timeOf(startedAt),
    lastEnd: end && toEnd(end),
  };
}

/** A pod as the graph shows it. */
export function toPod(kept: PodRecord): Pod {
  const { producer, env, kind, name, phase, ready, restarts, entityId, entityName } = kept;
  return Object.assign(new Pod(), {
    id: toGlobalId("Pod", producer, env, kind, name),
    producer,
    env,
    name,
    kind: PodKind[kind],
    entityId,
    entityName,
    phase: PodPhase[phase],
    ready,
    reason: wordsFor(kept),
    restarts,
    createdAt: timeOf(kept.createdAt),
    startedAt: timeOf(kept.startedAt),
    stopping: kept.deletedAt !== undefined,
    containers: kept.containers.map(toContainer),
  });
}
