import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import type { PodEventRecord } from "../services/kubernetes/pod.events.ts";

@ObjectType("PodEvent", {
  description: "Something that the cluster says has happened to a pod.",
  simpleResolvers: true,
})
export class PodEvent {
  @Field(() => String, { description: "Normal or Warning." })
  type!: string;

  @Field(() => String, { description: "The cluster's word for it, such as BackOff." })
  reason!: string;

  @Field(() => String, { description: "The cluster's words for it." })
  message!: string;

  @Field(() => Int, { description: "How often it has happened." })
  count!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it happened first." })
  firstSeen?: Date | undefined;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it happened last." })
  lastSeen?: Date | undefined;
}

const timeOf = (text: string | undefined) => {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) ? undefined : time;
};

/** An event as the graph shows it. */
export function toPodEvent({ firstSeen, lastSeen, ...rest }: PodEventRecord): PodEvent {
  return { ...rest, firstSeen: timeOf(firstSeen), lastSeen: timeOf(lastSeen) };
}
