import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { ProjectDeployment } from "../services/actualizer/project.deployments.ts";
import type { SaidOf } from "../services/actualizer/resource.record.ts";

/** Whether something is so. */
export enum Truth {
  TRUE = "TRUE",
  FALSE = "FALSE",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(Truth, {
  name: "Truth",
  description: "Whether something is so.",
  valuesConfig: {
    TRUE: { description: "It is so." },
    FALSE: { description: "It is not so." },
    UNKNOWN: { description: "Nobody knows." },
  },
});

@ObjectType("DeploymentCondition", {
  description: "One thing that the actualizer says of what it makes run.",
  simpleResolvers: true,
})
export class DeploymentCondition {
  @Field(() => String, { description: "What it is about, such as Ready or Applied." })
  type!: string;

  @Field(() => Truth, { description: "Whether it is so." })
  isTrue!: Truth;

  @Field(() => String, { description: "Why, in one word." })
  reason!: string;

  @Field(() => String, { description: "Why, for people." })
  message!: string;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Since when it is so, or is not so." })
  since?: Date | undefined;
}

@ObjectType("DesiredDeployment", { description: "What is to run of something.", simpleResolvers: true })
export class DesiredDeployment {
  @Field(() => Boolean, { description: "Whether anything of it is to run, as far as its project says." })
  isEnabled!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether somebody wants a function to run; null where nobody has said, and for all else.",
  })
  isRunning?: boolean | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Which state of it: the commit of a workspace, the revision that a function is wanted in.",
  })
  revision?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Which state of a function is saved; what runs may be another.",
  })
  savedRevision?: string | undefined;
}

@ObjectType("ObservedDeployment", {
  description: "How far the actualizer has come with something.",
  simpleResolvers: true,
})
export class ObservedDeployment {
  @Field(() => Boolean, {
    description: "Whether what is wanted last has been worked on, and nothing of it was refused.",
  })
  isUpToDate!: boolean;

  @Field(() => String, { nullable: true, description: "Which state of a function was deployed last." })
  revision?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "Which state of a function was saved when it was deployed last.",
  })
  savedRevision?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: "The hash of the configuration that a gateway was given last.",
  })
  configuration?: string | undefined;

  @Field(() => [String], { description: "The hosts that lead to it." })
  hosts!: readonly string[];

  @Field(() => [String], { description: "The images that it was given to run, with their versions." })
  images!: readonly string[];

  @Field(() => Int, {
    nullable: true,
    description: "How many pods of it there are to be; null where nothing of it is on the cluster.",
  })
  podsWanted?: number | undefined;

  @Field(() => Int, {
    nullable: true,
    description: "How many of them do their work; null where nothing of it is on the cluster.",
  })
  podsReady?: number | undefined;
}

/** A time that the cluster has told; undefined where it makes no sense. */
export function toTime(text: string): Date | undefined {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

const truths = { True: Truth.TRUE, False: Truth.FALSE, Unknown: Truth.UNKNOWN } as const;

/** Something that is said of a resource, as the graph shows it. */
export const toCondition = ({ status, since, ...said }: SaidOf): DeploymentCondition => ({
  ...said,
  isTrue: truths[status],
  since: toTime(since),
});

/** How far something has come, as the graph shows it. */
export const toObserved = ({ pods, ...kept }: ProjectDeployment): ObservedDeployment => ({
  isUpToDate: kept.isUpToDate,
  revision: kept.applied,
  savedRevision: kept.appliedSource,
  configuration: kept.configuration,
  hosts: kept.hosts,
  images: kept.images,
  podsWanted: pods?.wanted,
  podsReady: pods?.ready,
});
