import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { Project } from "../schema/project.type.ts";
import { JsonValue } from "../schema/scalars.ts";
import { toWorkspace, Workspace, WorkspaceInput, WorkspacePayload } from "../schema/workspace.type.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { announce } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

@Resolver(() => Project)
export class WorkspaceResolver {
  @FieldResolver(() => Workspace, { nullable: true, description: "What the project's workspace is doing." })
  @Can("project:read", { on: "parent" })
  async workspace(@Granted() grant: ProjectGrant, @Ctx() { lookups }: SignedIn): Promise<Workspace> {
    return toWorkspace(await lookups.workspaces.read(grant, "status"));
  }

  @FieldResolver(() => JsonValue, {
    nullable: true,
    description:
      "How the running project describes its own API, as OpenAPI; it is not available while the workspace installs.",
  })
  @Can("project:read", { on: "parent" })
  openApi(@Granted() grant: ProjectGrant, @Ctx() { lookups }: SignedIn): Promise<JsonObject> {
    return lookups.workspaces.read(grant, "openApi");
  }
}

const inputDescription = { description: "Which project." };

@Resolver(() => WorkspacePayload)
export class WorkspaceChangeResolver {
  @FieldResolver(() => Workspace, { nullable: true, description: "What the workspace is doing now." })
  @Can("project:read", { on: "parent.project" })
  async workspace(@Granted() grant: ProjectGrant, @Ctx() { lookups }: SignedIn): Promise<Workspace> {
    return toWorkspace(await lookups.workspaces.read(grant, "status"));
  }

  @Mutation(() => WorkspacePayload, { nullable: true, description: "Starts the running project anew." })
  @Can("project:write", { on: "input.project" })
  async restartWorkspace(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => WorkspaceInput, inputDescription) _input: WorkspaceInput,
    @Ctx() context: SignedIn,
  ): Promise<WorkspacePayload> {
    const { services, lookups } = context;
    await services.workspace.running.restart(grant).finally(lookups.workspaces.forget);
    announce(context, grant, { kind: "WORKSPACE" });
    return { project: grantedProject(grant) };
  }

  @Mutation(() => WorkspacePayload, {
    nullable: true,
    description:
      "Installs anew all that the project depends on; that goes on for about a minute after the answer.",
  })
  @Can("project:write", { on: "input.project" })
  async reinstallDependencies(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => WorkspaceInput, inputDescription) _input: WorkspaceInput,
    @Ctx() context: SignedIn,
  ): Promise<WorkspacePayload> {
    const { services, lookups } = context;
    await services.workspace.running.reinstall(grant).finally(lookups.workspaces.forget);
    announce(context, grant, { kind: "WORKSPACE" });
    return { project: grantedProject(grant) };
  }

  @Mutation(() => WorkspacePayload, {
    nullable: true,
    description: "Puts the workspace's files back to what is committed.",
  })
  @Can("project:admin", { on: "input.project" })
  async resetWorkspace(
    @Granted() grant: ProjectGrant<"admin">,
    @Arg("input", () => WorkspaceInput, inputDescription) _input: WorkspaceInput,
    @Ctx() context: SignedIn,
  ): Promise<WorkspacePayload> {
    const { services, lookups } = context;
    await services.workspace.running.reset(grant).finally(lookups.workspaces.forget);
    announce(context, grant, { kind: "WORKSPACE" });
    return { project: grantedProject(grant) };
  }

  @Mutation(() => WorkspacePayload, {
    nullable: true,
    description:
      "Deletes everything on the project's canvas: models, data sources, and all that its document lists. It cannot be undone here; the repository's history has it.",
  })
  @Can("project:admin", { on: "input.project" })
  async clearProject(
    @Granted() grant: ProjectGrant<"admin">,
    @Arg("input", () => WorkspaceInput, inputDescription) _input: WorkspaceInput,
    @Ctx() context: SignedIn,
  ): Promise<WorkspacePayload> {
    const { services, lookups } = context;
    await services.workspace.running.clear(grant).finally(lookups.workspaces.forget);
    announce(context, grant, { kind: "CLEARED" });
    return { project: grantedProject(grant) };
  }
}
