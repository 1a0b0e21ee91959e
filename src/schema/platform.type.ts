import { GraphQLDateTime } from "graphql-scalars";
import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { SeenLeader } from "../services/actualizer/leader.sight.ts";
import type { Trouble } from "../services/actualizer/producer.tally.ts";
import { connectionType } from "./connection.type.ts";
import { DeployedKind } from "./deployed-kind.enum.ts";
import { Producer } from "./producer.type.ts";
import { toTime } from "./deployment-parts.type.ts";
import { EnvironmentName, ProducerName, Reason } from "./scalars.ts";

@ObjectType("Platform", { description: "How the platform does as a whole.", simpleResolvers: true })
export class Platform {}

@ObjectType("ActualizerQueue", {
  description: "How much work a part of the actualizer has.",
  simpleResolvers: true,
})
export class ActualizerQueue {
  @Field(() => String, { description: "Which part." })
  controller!: string;

  @Field(() => Int, { description: "How many wait for their turn." })
  waiting!: number;

  @Field(() => Int, { description: "How many are worked on." })
  running!: number;

  @Field(() => Int, { description: "How many are to be looked at later." })
  delayed!: number;

  @Field(() => Int, {
    nullable: true,
    description: "How long the one that waits longest has waited, in milliseconds; null when none does.",
  })
  oldestMs?: number | undefined;
}

@ObjectType("ActualizerPass", {
  description: "A time when the actualizer has looked at everybody.",
  simpleResolvers: true,
})
export class ActualizerPass {
  @Field(() => GraphQLDateTime, { description: "When, by the actualizer's clock." })
  at!: Date;

  @Field(() => Boolean, { description: "Whether it has found out who there is." })
  ok!: boolean;

  @Field(() => Int, { description: "How many producers it has found." })
  producers!: number;
}

@ObjectType("Actualizer", {
  description: "What makes run what people intend, as it tells of itself.",
  simpleResolvers: true,
})
export class Actualizer {
  @Field(() => String, {
    nullable: true,
    description: "Which of its processes leads; null where none does.",
  })
  leader?: string | undefined;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether that one has been heard of as often as it promised; null as long as it was not watched for long enough to tell.",
  })
  isAlive?: boolean | undefined;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was last heard of here, by the gateway's clock.",
  })
  lastSeen?: Date | undefined;

  @Field(() => String, { nullable: true, description: "Its version, where it says so." })
  version?: string | undefined;

  @Field(() => [ActualizerQueue], { description: "How much work it has." })
  queues!: readonly ActualizerQueue[];

  @Field(() => ActualizerPass, {
    nullable: true,
    description: "When it last looked at everybody; null where it has not said so.",
  })
  lastPass?: ActualizerPass | undefined;
}

@ObjectType("ProducersByState", {
  description: "How many producers do how, as far as the actualizer knows them.",
  simpleResolvers: true,
})
export class ProducersByState {
  @Field(() => Int, { description: "All of them." })
  total!: number;

  @Field(() => Int, { description: "Everything of theirs runs." })
  ready!: number;

  @Field(() => Int, { description: "Something of theirs is on its way." })
  starting!: number;

  @Field(() => Int, { description: "Something of theirs does not get ready, or is refused." })
  failing!: number;

  @Field(() => Int, { description: "Nothing of theirs is to run." })
  stopped!: number;

  @Field(() => Int, { description: "They are left alone, since somebody has paused them." })
  paused!: number;

  @Field(() => Int, { description: "What is saved of theirs cannot be read, or not be understood." })
  unreadable!: number;
}

@ObjectType("PlatformProblem", {
  description: "Something of a producer's that will not come right by waiting.",
  simpleResolvers: true,
})
export class PlatformProblem {
  @Field(() => ProducerName, { description: "Whose." })
  producer!: string;

  @Field(() => EnvironmentName, {
    nullable: true,
    description: "In which environment; null where it is about the producer as a whole.",
  })
  env?: string | undefined;

  @Field(() => DeployedKind, {
    nullable: true,
    description: "What is concerned; null where it is about the producer as a whole.",
  })
  kind?: DeployedKind | undefined;

  @Field(() => String, { description: "What people call it." })
  name!: string;

  @Field(() => String, { description: "What it is about, such as Ready or Applied." })
  type!: string;

  @Field(() => String, { description: "Why, in one word." })
  reason!: string;

  @Field(() => String, { description: "Why, for people." })
  message!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Since when." })
  since?: Date | undefined;
}

export const PlatformProblemConnection = connectionType("PlatformProblem", () => PlatformProblem);

@InputType("SetProducerPausedInput", { description: "Whether a producer is to be left alone." })
export class SetProducerPausedInput {
  @Field(() => ProducerName, { description: "Which producer." })
  producer!: string;

  @Field(() => Boolean, { description: "True to leave all that is its as it is, false to go on." })
  paused!: boolean;

  @Field(() => Reason, { nullable: true, description: "Why, for the next who looks." })
  reason?: string | null;
}

@ObjectType("SetProducerPausedPayload", { description: "The producer after that.", simpleResolvers: true })
export class SetProducerPausedPayload {
  @Field(() => Producer, { description: "Which producer it was." })
  producer!: Producer;

  @Field(() => Boolean, { description: "Whether it is left alone now." })
  isPaused!: boolean;
}

/** The actualizer, as the graph shows it. */
export const toActualizer = (seen: SeenLeader): Actualizer => seen;

/** Something that is wrong, as the graph shows it. */
export function toPlatformProblem({ resource, said }: Trouble): PlatformProblem {
  const { producer, env, kind, name } = resource;
  const { type, reason, message, since } = said;
  const where = kind === "PRODUCER" ? {} : { env, kind: DeployedKind[kind] };
  return { producer, name, type, reason, message, since: toTime(since), ...where };
}
