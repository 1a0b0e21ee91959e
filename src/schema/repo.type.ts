import { GraphQLDateTime, GraphQLURL } from "graphql-scalars";
import { Field, InputType, ObjectType } from "type-graphql";
import type { Repository } from "../services/gitea/repositories.service.ts";
import { toGlobalId } from "./global-id.ts";
import { Node } from "./node.interface.ts";
import { PermissionLevel, toPermissionLevel } from "./permission-level.enum.ts";
import { GitReference, Login, RepositoryName } from "./scalars.ts";

@ObjectType("Repo", { implements: Node, description: "A Gitea repository.", simpleResolvers: true })
export class Repo extends Node {
  @Field(() => Login, { description: "The account that owns it." })
  owner!: string;

  @Field(() => RepositoryName, { description: "Its name." })
  name!: string;

  @Field(() => String, { description: "What its owner says about it; may be empty." })
  description!: string;

  @Field(() => Boolean, { description: "Whether nothing was ever committed to it." })
  isEmpty!: boolean;

  @Field(() => Boolean, { description: "Whether only those let in can see it." })
  isPrivate!: boolean;

  @Field(() => Boolean, { description: "Whether it can no longer be changed." })
  isArchived!: boolean;

  @Field(() => GitReference, { description: "The branch used when none is named." })
  defaultBranch!: string;

  @Field(() => GraphQLURL, { description: "Its page in Gitea." })
  webUrl!: string;

  @Field(() => String, { description: "What to pass to `git clone` with an SSH key." })
  sshUrl!: string;

  @Field(() => GraphQLURL, { description: "What to pass to `git clone` with a token." })
  cloneUrl!: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: "When it last changed." })
  updatedAt!: Date;

  @Field(() => PermissionLevel, { description: "What you may do with it." })
  viewerPermission!: PermissionLevel;
}

/** A repository as the graph shows it. */
export function toRepo(repository: Repository): Repo {
  const { id: _id, owner, level, ...shown } = repository;
  return Object.assign(new Repo(), shown, {
    id: toGlobalId("Repo", owner.login, repository.name),
    owner: owner.login,
    viewerPermission: toPermissionLevel(level),
  });
}

@InputType("RepoRef", { description: "Which repository." })
export class RepoRef {
  @Field(() => Login, { description: "The account that owns it." })
  owner!: string;

  @Field(() => RepositoryName, { description: "Its name." })
  name!: string;
}
