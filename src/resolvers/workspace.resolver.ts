import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { Project } from "../schema/project.type.ts";
import { RestartWorkspaceInput, WorkspacePart } from "../schema/restart.type.ts";
import { JsonValue } from "../schema/scalars.ts";
import { toWorkspace, Workspace, WorkspaceInput, WorkspacePayload } from "../schema/workspace.type.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";
import { rollOut } from "./rolling-out.ts";

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

/** Does something to a workspace, tells of it, and lets what this request asks after it be read anew, done or not. */
async function written(
  context: SignedIn,
  grant: ProjectGrant<"write">,
  kind: "WORKSPACE" | "CLEARED",
  write: Promise<unknown>,
): Promise<WorkspacePayload> {
  await told(write.finally(context.lookups.workspaces.forget), () => announce(context, grant, { kind }));
  return { project: grantedProject(grant) };
}

const inputDescription = { description: "Which project." };

@Resolver(() => WorkspacePayload)
export class WorkspaceChangeResolver {
  @FieldResolver(() => Workspace, { nullable: true, description: "What the workspace is doing now." })
  @Can("project:read", { on: "parent.project" })
  async workspace(@Granted() grant: ProjectGrant, @Ctx() { lookups }: SignedIn): Promise<Workspace> {
    return toWorkspace(await lookups.workspaces.read(grant, "status"));
  }

  @Mutation(() => WorkspacePayload, {
    nullable: true,
    description: "Starts the running project anew, or all of the workspace.",
  })
  @Can("project:write", { on: "input.project" })
  async restartWorkspace(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => RestartWorkspaceInput, inputDescription) { part }: RestartWorkspaceInput,
    @Ctx() context: SignedIn,
  ): Promise<WorkspacePayload> {
    const restarting =
      part === WorkspacePart.POD
        ? rollOut(context, grant, { kind: "WORKSPACE" })
        : context.services.workspace.running.restart(grant);
    return written(context, grant, "WORKSPACE", restarting);
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
    return written(context, grant, "WORKSPACE", context.services.workspace.running.reinstall(grant));
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
    return written(context, grant, "WORKSPACE", context.services.workspace.running.reset(grant));
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
    return written(context, grant, "CLEARED", context.services.workspace.running.clear(grant));
  }
}
