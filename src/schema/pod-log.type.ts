import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import type { Delivery } from "../live/event.queue.ts";
import type { WrittenLine } from "../services/kubernetes/logs/log.lines.ts";
import type { LogChunk } from "../services/kubernetes/logs/log.batch.ts";
import type { LogLine } from "../services/kubernetes/logs/log.ring.ts";
import type { ReadLog } from "../services/kubernetes/logs/pod-logs.service.ts";
import { LogPosition } from "./scalars.ts";

/** What every line of a log has. */
@ObjectType({ simpleResolvers: true })
abstract class AnyLogLine {
  @Field(() => GraphQLDateTime, { description: "When it was written." })
  time!: Date;

  @Field(() => String, {
    description: "What was written, with colours and other control characters as they came.",
  })
  text!: string;

  @Field(() => Boolean, { description: "Whether its end was left off because it was too long." })
  cut!: boolean;
}

@ObjectType("PodLogLine", { description: "A line that a container wrote.", simpleResolvers: true })
export class PodLogLine extends AnyLogLine {}

@ObjectType("PodLog", { description: "What a container of a pod wrote.", simpleResolvers: true })
export class PodLog {
  @Field(() => String, { description: "Which container." })
  container!: string;

  @Field(() => [PodLogLine], { description: "The lines, the newest last." })
  lines!: readonly PodLogLine[];

  @Field(() => Boolean, {
    description: "Whether the container wrote more of what was asked for than is told here.",
  })
  truncated!: boolean;
}

@ObjectType("FollowedLogLine", {
  description: "A line that a container wrote, of a log that is followed.",
  simpleResolvers: true,
})
export class FollowedLogLine extends AnyLogLine {
  @Field(() => LogPosition, { description: "Where it is: the log can be followed on from after it." })
  position!: string;
}

@ObjectType("PodLogChunk", { description: "The next lines of a log.", simpleResolvers: true })
export class PodLogChunk {
  @Field(() => [FollowedLogLine], { description: "The lines, in the order they were written." })
  lines!: readonly FollowedLogLine[];

  @Field(() => Int, {
    description: "How many lines before these you were too slow for and will not be told of.",
  })
  missed!: number;

  @Field(() => Boolean, { description: "Whether the container was started anew before these lines." })
  restarted!: boolean;

  @Field(() => Boolean, {
    description: "Whether lines are missing before these, and nobody knows how many.",
  })
  gap!: boolean;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when the log cannot be read; null while it can.",
  })
  staleSince?: Date | undefined;
}

const toLine = ({ stamp, text, isCut }: WrittenLine): PodLogLine => ({
  time: new Date(stamp),
  text,
  cut: isCut,
});

/** A log as the graph shows it. */
export function toPodLog({ container, lines, truncated }: ReadLog): PodLog {
  return { container, lines: lines.map(toLine), truncated };
}

/** Lines of a log that is followed, as the graph shows them. */
export function toPodLogChunk({ event, missed }: Delivery<LogChunk>): PodLogChunk {
  const { lines, ...rest } = event;
  // A position is made only where it is asked for.
  const toFollowed = (line: LogLine) => ({
    ...toLine(line),
    get position() {
      return line.position;
    },
  });
  return { ...rest, lines: lines.map(toFollowed), missed };
}
