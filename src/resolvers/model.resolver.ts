import { Arg, Ctx, FieldResolver, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { Model, toModel } from "../schema/model.type.ts";
import { Project } from "../schema/project.type.ts";
import { ModelName } from "../schema/scalars.ts";

async function readModels({ lookups }: SignedIn, grant: ProjectGrant): Promise<readonly Model[]> {
  const models = await lookups.workspaces.read(grant, "models");
  return models.map((model) => toModel(model, grant));
}

/** The models of a project: all of them are read at once, however many are asked for. */
@Resolver(() => Project)
export class ProjectModelsResolver {
  @FieldResolver(() => [Model], {
    nullable: true,
    description: "The project's models, by their places on the canvas, then by name.",
  })
  @Can("project:read", { on: "parent" })
  models(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly Model[]> {
    return readModels(context, grant);
  }

  @FieldResolver(() => Model, { nullable: true, description: "A model, by its name." })
  @Can("project:read", { on: "parent" })
  async model(
    @Granted() grant: ProjectGrant,
    @Arg("name", () => ModelName, { description: "Its name." }) name: string,
    @Ctx() context: SignedIn,
  ): Promise<Model> {
    const model = (await readModels(context, grant)).find((each) => each.name === name);
    if (!model) throw new NotFound("model");
    return model;
  }
}
