import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { DeleteModelInput, ReorderModelsInput, SaveModelInput } from "../schema/model-input.type.ts";
import { DeleteModelPayload, SaveModelPayload } from "../schema/model-payload.type.ts";
import { toModel } from "../schema/model.type.ts";
import { ProjectPayload } from "../schema/project.type.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

type Write = ProjectGrant<"write">;

/** Does a write of models, tells of it, and lets what this request asks after it be read anew, done or not. */
async function written<Result>(
  context: SignedIn,
  grant: Write,
  names: readonly string[],
  write: Promise<Result>,
): Promise<Result> {
  const entities = names.map((name) => `models/${name}`);
  return told(write.finally(context.lookups.workspaces.forget), () =>
    announce(context, grant, { kind: "MODELS", entities }),
  );
}

/** Changes of models, each in one go however many calls it takes. */
@Resolver()
export class ModelWriteResolver {
  @Mutation(() => SaveModelPayload, {
    nullable: true,
    description:
      "Makes a model, changes it or renames it, with all that belongs to it. Only what differs is written. Validations and access rules cannot be changed: the workspace has no way to.",
  })
  @Can("project:write", { on: "input.project" })
  async saveModel(
    @Granted() grant: Write,
    @Arg("input", () => SaveModelInput, { description: "In which project, and what the model is to be." })
    input: SaveModelInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveModelPayload> {
    const { models } = context.services.workspace;
    const names = [input.name, ...(input.renamedFrom == null ? [] : [input.renamedFrom])];
    const saved = await written(context, grant, names, models.save(grant, input));
    const model = toModel(saved.model, grant);
    return Object.assign(new SaveModelPayload(), { ...saved, model, project: grantedProject(grant) });
  }

  @Mutation(() => DeleteModelPayload, {
    nullable: true,
    description: "Deletes a model, with its configuration. Refused while other models build on it.",
  })
  @Can("project:write", { on: "input.project" })
  async deleteModel(
    @Granted() grant: Write,
    @Arg("input", () => DeleteModelInput, { description: "Of which project, and which." })
    { name, revision }: DeleteModelInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteModelPayload> {
    const { models } = context.services.workspace;
    const steps = await written(context, grant, [name], models.remove(grant, name, revision ?? undefined));
    return Object.assign(new DeleteModelPayload(), {
      deletedName: name,
      project: grantedProject(grant),
      steps,
    });
  }

  @Mutation(() => ProjectPayload, {
    nullable: true,
    description: "Puts a project's models in an order, by writing the places of those that are elsewhere.",
  })
  @Can("project:write", { on: "input.project" })
  async reorderModels(
    @Granted() grant: Write,
    @Arg("input", () => ReorderModelsInput, { description: "Of which project, and the order." })
    { names }: ReorderModelsInput,
    @Ctx() context: SignedIn,
  ): Promise<ProjectPayload> {
    await written(context, grant, names, context.services.workspace.models.reorder(grant, names));
    return { project: grantedProject(grant) };
  }
}
