import { Field, InputType, ObjectType } from "type-graphql";
import { connectionType } from "./connection.type.ts";
import { toGlobalId } from "./global-id.ts";
import { Node } from "./node.interface.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";
import { PermissionLevel, toPermissionLevel } from "./permission-level.enum.ts";
import { EnvironmentName, Login, ProducerName } from "./scalars.ts";

@ObjectType("Project", {
  implements: Node,
  description: "One environment of a producer: a canvas with what belongs to it.",
  simpleResolvers: true,
})
export class Project extends Node {
  @Field(() => ProducerName, { description: "The name of the producer whose project this is." })
  producer!: string;

  @Field(() => EnvironmentName, {
    description: "The environment, which is also the name of the project's repository.",
  })
  env!: string;

  @Field(() => PermissionLevel, { description: "What you may do with the project." })
  viewerPermission!: PermissionLevel;
}

export const ProjectConnection = connectionType("Project", () => Project);

/** A project as the graph shows it to somebody with these rights. */
export function toProject(of: { producer: string; env: string; viewerPermission: PermissionLevel }): Project {
  return Object.assign(new Project(), { id: toGlobalId("Project", of.producer, of.env), ...of });
}

/** The environments among some repositories, in the repositories' order. */
export function projectsAmong(repositories: readonly Repository[], names: PlatformNames): Project[] {
  return repositories.flatMap((repository) => {
    const found = names.environmentOf(repository);
    if (!found) return [];
    const viewerPermission = toPermissionLevel(repository.level);
    return [toProject({ producer: found.producer, env: found.env, viewerPermission })];
  });
}

@InputType("ProjectRef", { description: "Which project." })
export class ProjectRef {
  @Field(() => ProducerName, { description: "Whose." })
  producer!: string;

  @Field(() => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
  env!: string;
}

/** What every change of a project is told. */
@InputType()
export abstract class ProjectInput {
  @Field(() => ProjectRef, { description: "Which project." })
  project!: ProjectRef;
}

@InputType("ShareProjectInput", {
  description: "Whom to let into a project: into its repository and the functions'.",
})
export class ShareProjectInput extends ProjectInput {
  @Field(() => Login, { description: "Whom to let in: a Gitea account other than the owner's." })
  login!: string;

  @Field(() => PermissionLevel, { defaultValue: PermissionLevel.WRITE, description: "What they may do." })
  level!: PermissionLevel;
}

@InputType("UnshareProjectInput", { description: "Whom to take the rights to a project away from." })
export class UnshareProjectInput extends ProjectInput {
  @Field(() => Login, { description: "Whom: a Gitea account other than the owner's." })
  login!: string;
}

@InputType("SetProducerEnabledInput", { description: "Whether the platform is to run a producer's project." })
export class SetProducerEnabledInput extends ProjectInput {
  @Field(() => Boolean, { description: "True to run it, false to take everything of it down." })
  enabled!: boolean;
}

@ObjectType("ProjectPayload", { description: "The project after a change.", simpleResolvers: true })
export class ProjectPayload {
  @Field(() => Project, { description: "The project as it now is." })
  project!: Project;
}
