import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { Project } from "../schema/project.type.ts";
import { FilePath } from "../schema/scalars.ts";
import {
  SaveFilesInput,
  SaveFilesPayload,
  toWantedFiles,
  toWorkspaceFile,
  WorkspaceFile,
} from "../schema/workspace-file.type.ts";
import { isBelow } from "../services/workspace/files/files.service.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

@Resolver(() => Project)
export class WorkspaceFileResolver {
  @FieldResolver(() => [WorkspaceFile], {
    nullable: true,
    description:
      "The project's files, in the order of their paths; what the workspace keeps to itself is not among them.",
  })
  @Can("project:read", { on: "parent" })
  async files(
    @Granted() grant: ProjectGrant,
    @Arg("path", () => FilePath, {
      nullable: true,
      description: "Of which folder, with all below it; of the whole project when left out.",
    })
    path: string | undefined | null,
    @Ctx() { lookups }: SignedIn,
  ): Promise<readonly WorkspaceFile[]> {
    const files = await lookups.workspaces.read(grant, "files");
    return files.filter((file) => path == null || isBelow(path, file)).map(toWorkspaceFile);
  }

  @FieldResolver(() => WorkspaceFile, { nullable: true, description: "A file of the project, by its path." })
  @Can("project:read", { on: "parent" })
  async file(
    @Granted() grant: ProjectGrant,
    @Arg("path", () => FilePath, { description: "Which." }) path: string,
    @Ctx() { lookups }: SignedIn,
  ): Promise<WorkspaceFile> {
    const found = (await lookups.workspaces.read(grant, "files")).find((file) => file.path === path);
    if (!found) throw new NotFound("file");
    return toWorkspaceFile(found);
  }

  @Mutation(() => SaveFilesPayload, {
    nullable: true,
    description:
      "Writes and deletes files in one go. If one is no longer what you read, nothing is written and the answer is CONFLICT with what is there now.",
  })
  @Can("project:write", { on: "input.project" })
  async saveFiles(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => SaveFilesInput, { description: "In which project, and which." })
    input: SaveFilesInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveFilesPayload> {
    const { services, lookups } = context;
    const wanted = toWantedFiles(input);
    const entities = wanted.map(({ path }) => `files/${path}`);
    const write = services.workspace.files.save(grant, wanted).finally(lookups.workspaces.forget);
    const saved = await told(write, () => announce(context, grant, { kind: "FILES", entities }));
    return {
      files: saved.files.map(toWorkspaceFile),
      deleted: saved.deleted,
      project: grantedProject(grant),
    };
  }
}
