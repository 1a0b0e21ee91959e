import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, PlatformGrant, ProjectGrant } from "../permissions/grant.ts";
import { PermissionLevel, toPermissionLevel } from "../schema/permission-level.enum.ts";
import { Project, ProjectPayload, SetProducerEnabledInput, toProject } from "../schema/project.type.ts";
import { Repo } from "../schema/repo.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import { announce, told } from "./project-changes.ts";
import { readRepo } from "./repo.resolver.ts";
import { permissionArgument, viewerCan } from "./viewer-can.ts";

@Resolver(() => Project)
export class ProjectResolver {
  @Query(() => Project, { nullable: true, description: "A project, by its producer and environment." })
  @Can("project:read", { on: "args" })
  project(
    @Granted() grant: ProjectGrant,
    @Arg("producer", () => ProducerName, { description: "Whose." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
  ): Project {
    return grantedProject(grant);
  }

  @FieldResolver(() => Repo, { nullable: true, description: "The repository that keeps the project." })
  @Can("project:read", { on: "parent" })
  repo(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<Repo> {
    return readRepo(context, grant);
  }

  @FieldResolver(() => Repo, {
    nullable: true,
    description: "The repository that keeps the producer's functions.",
  })
  @Can("functions:read", { on: "parent" })
  functionsRepo(@Granted() grant: FunctionsGrant, @Ctx() context: SignedIn): Promise<Repo> {
    return readRepo(context, grant);
  }

  @FieldResolver(() => PermissionLevel, {
    nullable: true,
    description: "What you may do with the producer's functions; null when nothing.",
  })
  @Can("project:read", { on: "parent" })
  async viewerFunctionsPermission(
    @Granted() { producer, env }: ProjectGrant,
    @Ctx() { lookups, names }: SignedIn,
  ): Promise<PermissionLevel | undefined> {
    const repository = await lookups.repository(names.functionsRepository(producer, env), "recent");
    const isMeant = repository && (names.isStatic(env) || names.functionsOf(repository)?.env === env);
    return isMeant ? toPermissionLevel(repository.level) : undefined;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether the platform is to run the project.",
  })
  @Can("project:read", { on: "parent" })
  enabled(@Granted() grant: ProjectGrant, @Ctx() { services }: SignedIn): Promise<boolean> {
    return services.projects.isEnabled(grant);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether you have a permission over this project or its functions.",
  })
  @Can("project:read", { on: "parent" })
  viewerCan(
    @Granted() { producer, env }: ProjectGrant,
    @Arg("permission", () => String, { description: permissionArgument }) permission: string,
    @Ctx() context: SignedIn,
  ): Promise<boolean> {
    return viewerCan(context, ["project", "functions"], permission, { producer, env });
  }

  @Mutation(() => ProjectPayload, {
    nullable: true,
    description: "Says whether the platform is to run a producer's project, by one word in its saved canvas.",
  })
  @Can(["platform:admin", "project:write"], { on: "input.project" })
  async setProducerEnabled(
    @Granted() [, grant]: readonly [PlatformGrant, ProjectGrant<"write">],
    @Arg("input", () => SetProducerEnabledInput, { description: "Which project, and whether." })
    { enabled }: SetProducerEnabledInput,
    @Ctx() context: SignedIn,
  ): Promise<ProjectPayload> {
    await told(context.services.projects.setEnabled(grant, enabled), () =>
      announce(context, grant, { kind: "CANVAS", entities: ["enabled"] }),
    );
    return { project: grantedProject(grant) };
  }
}

/** The project that a grant is about. */
export function grantedProject({ producer, env, level }: ProjectGrant): Project {
  return toProject({ producer, env, viewerPermission: toPermissionLevel(level) });
}
