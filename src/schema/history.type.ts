import { GraphQLDateTime, GraphQLURL } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { connectionType } from "./connection.type.ts";
import { Login } from "./scalars.ts";

@ObjectType("Branch", { description: "A line of work in a repository.", simpleResolvers: true })
export class Branch {
  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, { description: "The sha of its newest commit." })
  commitSha!: string;

  @Field(() => GraphQLDateTime, { description: "When its newest commit was made." })
  committedAt!: Date;

  @Field(() => Boolean, { description: "Whether Gitea lets only some people push to it." })
  isProtected!: boolean;
}

export const BranchConnection = connectionType("Branch", () => Branch);

@ObjectType("Commit", { description: "A change that somebody made to a repository.", simpleResolvers: true })
export class Commit {
  @Field(() => String, { description: "Its sha." })
  sha!: string;

  @Field(() => String, { description: "What its author says it does." })
  message!: string;

  @Field(() => String, { description: "Its author's name, as git has it." })
  authorName!: string;

  @Field(() => Login, { nullable: true, description: "Its author's Gitea account, if Gitea knows it." })
  authorLogin?: string | undefined;

  @Field(() => GraphQLDateTime, { description: "When it was written." })
  authoredAt!: Date;

  @Field(() => GraphQLURL, { description: "Its page in Gitea." })
  webUrl!: string;
}

export const CommitConnection = connectionType("Commit", () => Commit);
