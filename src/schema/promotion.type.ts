import { Field, InputType, Int, ObjectType } from "type-graphql";
import type { PromotedTree } from "../services/environments/promotion.work.ts";
import { Project, ProjectRef } from "./project.type.ts";
import { CommitMessage, GitReference } from "./scalars.ts";

@InputType("PromoteInput", {
  description: "What to promote, and where: two environments of one producer.",
})
export class PromoteInput {
  @Field(() => ProjectRef, { description: "The environment that it comes from." })
  from!: ProjectRef;

  @Field(() => ProjectRef, { description: "The environment that is to become what the other is." })
  to!: ProjectRef;

  @Field(() => GitReference, {
    nullable: true,
    description: "A branch, tag or commit of the first project; the newest of what is saved unless you say.",
  })
  commit?: string | null;

  @Field(() => CommitMessage, {
    nullable: true,
    description: "What the commit says; where it comes from is added.",
  })
  message?: string | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description:
      "Whether functions go along: reading them there and writing them here has to be allowed, too.",
  })
  functions!: boolean;

  @Field(() => GitReference, {
    nullable: true,
    description:
      "The newest commit of the second project as you know it: a CONFLICT where it is another by now.",
  })
  expectedCommit?: string | null;
}

@ObjectType("PromotedTree", { description: "What was made of a repository.", simpleResolvers: true })
export class PromotedFiles {
  @Field(() => String, { description: "The commit that it comes from." })
  source!: string;

  @Field(() => String, {
    nullable: true,
    description: "The commit that was made; null where nothing differed.",
  })
  commit?: string | undefined;

  @Field(() => Int, { description: "How many files were changed." })
  changedCount!: number;

  @Field(() => [String], { description: "Their paths: at most the first hundred." })
  changedPaths!: readonly string[];
}

@ObjectType("PromotePayload", { description: "What a promotion has made.", simpleResolvers: true })
export class PromotePayload {
  @Field(() => Project, { description: "The environment that it went to." })
  project!: Project;

  @Field(() => PromotedFiles, { description: "What became of the project." })
  files!: PromotedFiles;

  @Field(() => PromotedFiles, {
    nullable: true,
    description:
      "What became of the functions; null where they did not go along, there are none, or both environments share them.",
  })
  functions?: PromotedFiles | undefined;
}

const shownPaths = 100;

/** What was made of a repository, as the graph shows it. */
export function toPromotedFiles({ source, commit, paths }: PromotedTree): PromotedFiles {
  return { source, commit, changedCount: paths.length, changedPaths: paths.slice(0, shownPaths) };
}
