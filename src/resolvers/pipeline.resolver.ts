import { randomUUID } from "node:crypto";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import { DeleteFromProjectPayload } from "../schema/canvas.type.ts";
import { toPipeline } from "../schema/gateway.shown.ts";
import { toStoredPipeline } from "../schema/gateway.type.ts";
import { DeletePipelineInput, SavePipelineInput, SavePipelinePayload } from "../schema/pipeline.type.ts";
import {
  pipelinesOf,
  withoutPipeline,
  withPipeline,
} from "../services/workspace/document/pipeline.changes.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { changed, functionIds, type Write } from "./canvas-write.ts";

/** Changes of one pipeline of a saved gateway. */
@Resolver()
export class PipelineResolver {
  @Mutation(() => SavePipelinePayload, {
    nullable: true,
    description: "Makes or changes a pipeline of a saved gateway; the others stay as they are.",
  })
  @Can("project:write", { on: "input.project" })
  async savePipeline(
    @Granted() grant: Write,
    @Arg("input", () => SavePipelineInput, { description: "In which gateway, and what about it." })
    { gateway, pipeline, revision }: SavePipelineInput,
    @Ctx() context: SignedIn,
  ): Promise<SavePipelinePayload> {
    const id = pipeline.id ?? randomUUID();
    const fields = { ...toStoredPipeline(pipeline), id };
    const read = await context.lookups.workspaces.read(grant, "document");
    const validated = await context.services.gateways.check.pipelines(grant, read, {
      gateway,
      pipelines: [fields],
      field: () => "input.pipeline",
      functions: () => functionIds(context, grant),
    });
    const change = (from: JsonObject) => withPipeline(from, gateway, id, fields);
    const { document, write } = await changed(context, grant, change, revision, [`gateways/${gateway}`]);
    const item = pipelinesOf(document, gateway).find((each) => each["id"] === id);
    if (!item) throw new NotFound("pipeline");
    return Object.assign(new SavePipelinePayload(), write, { pipeline: toPipeline(item), validated });
  }

  @Mutation(() => DeleteFromProjectPayload, {
    nullable: true,
    description: "Takes a pipeline out of a saved gateway, with its connections.",
  })
  @Can("project:write", { on: "input.project" })
  async deletePipeline(
    @Granted() grant: Write,
    @Arg("input", () => DeletePipelineInput, { description: "Out of which gateway, and which." })
    { gateway, id, revision }: DeletePipelineInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteFromProjectPayload> {
    const change = (from: JsonObject) => withoutPipeline(from, gateway, id);
    const { write } = await changed(context, grant, change, revision, [`gateways/${gateway}`]);
    return Object.assign(new DeleteFromProjectPayload(), write, { deletedId: id });
  }
}
