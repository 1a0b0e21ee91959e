import { Field, InputType, ObjectType } from "type-graphql";
import { connectionType } from "./connection.type.ts";
import { PermissionLevel } from "./permission-level.enum.ts";
import { RepoRef } from "./repo.type.ts";
import { Login, RepositoryName } from "./scalars.ts";
import { User } from "./user.type.ts";

@ObjectType("Collaborator", { description: "Somebody who was let into a repository.", simpleResolvers: true })
export class Collaborator {
  /** The repository, so that the level can be asked for only where it is wanted. */
  owner!: string;
  name!: string;

  @Field(() => User, { description: "Who." })
  user!: User;
}

export const CollaboratorConnection = connectionType("Collaborator", () => Collaborator);

@InputType("SetCollaboratorInput", { description: "Whom to let into a repository, and how far." })
export class SetCollaboratorInput {
  @Field(() => RepoRef, { description: "Which repository." })
  repo!: RepoRef;

  @Field(() => Login, { description: "Whom to let in: a Gitea account other than the owner's." })
  login!: string;

  @Field(() => PermissionLevel, { description: "What they may do." })
  level!: PermissionLevel;
}

@InputType("RemoveCollaboratorInput", { description: "Whom to take the rights to a repository away from." })
export class RemoveCollaboratorInput {
  @Field(() => RepoRef, { description: "Which repository." })
  repo!: RepoRef;

  @Field(() => Login, { description: "Whom: a Gitea account other than the owner's." })
  login!: string;
}

@ObjectType("SetCollaboratorPayload", {
  description: "What somebody may do with a repository after a change.",
  simpleResolvers: true,
})
export class SetCollaboratorPayload {
  @Field(() => Login, { description: "The account that owns the repository." })
  owner!: string;

  @Field(() => RepositoryName, { description: "The repository's name." })
  name!: string;

  @Field(() => Login, { description: "Who." })
  login!: string;

  @Field(() => PermissionLevel, {
    nullable: true,
    description: "What they may now do, as Gitea says; null when nothing.",
  })
  level?: PermissionLevel | undefined;
}
