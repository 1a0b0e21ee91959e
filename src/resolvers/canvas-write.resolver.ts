import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import {
  DeleteFromProjectInput,
  DeleteFromProjectPayload,
  SaveApiEndpointInput,
  SaveApiEndpointPayload,
  SaveGatewayInput,
  SaveGatewayPayload,
  SaveProjectInput,
  SaveProjectPayload,
  SaveServiceEndpointInput,
  SaveServiceEndpointPayload,
} from "../schema/canvas.type.ts";
import {
  toApiEndpoint,
  toServiceEndpoint,
  toStoredApiEndpoint,
  toStoredServiceEndpoint,
} from "../schema/endpoint.type.ts";
import { toGateway } from "../schema/gateway.shown.ts";
import { toStoredGateway } from "../schema/gateway.type.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { changed, checkedPipelines, deleted, saved, type Write } from "./canvas-write.ts";

/** Changes of the saved canvas, whole or by the thing. */
@Resolver()
export class CanvasWriteResolver {
  @Mutation(() => SaveProjectPayload, { nullable: true, description: "Saves a project's document." })
  @Can("project:write", { on: "input.project" })
  async saveProject(
    @Granted() grant: Write,
    @Arg("input", () => SaveProjectInput, { description: "Which project, and what is to be different." })
    { document, revision }: SaveProjectInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveProjectPayload> {
    const change = (from: JsonObject) => ({ ...from, ...document });
    const { write } = await changed(context, grant, change, revision, Object.keys(document));
    return Object.assign(new SaveProjectPayload(), write);
  }

  @Mutation(() => SaveGatewayPayload, { nullable: true, description: "Makes or changes a saved gateway." })
  @Can("project:write", { on: "input.project" })
  async saveGateway(
    @Granted() grant: Write,
    @Arg("input", () => SaveGatewayInput, { description: "In which project, and what about it." })
    { gateway, revision }: SaveGatewayInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveGatewayPayload> {
    const fields = toStoredGateway(gateway);
    const validated = await checkedPipelines(context, grant, fields);
    const { item, write } = await saved(context, grant, "gateways", fields, revision);
    return Object.assign(new SaveGatewayPayload(), write, { gateway: toGateway(item, grant), validated });
  }

  @Mutation(() => DeleteFromProjectPayload, {
    nullable: true,
    description: "Takes a saved gateway off the canvas, with its connections.",
  })
  @Can("project:write", { on: "input.project" })
  deleteGateway(
    @Granted() grant: Write,
    @Arg("input", () => DeleteFromProjectInput, { description: "Of which project, and which." })
    input: DeleteFromProjectInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteFromProjectPayload> {
    return deleted(context, grant, { field: "gateways", noun: "gateway" }, input);
  }

  @Mutation(() => SaveServiceEndpointPayload, {
    nullable: true,
    description: "Makes or changes a service endpoint.",
  })
  @Can("project:write", { on: "input.project" })
  async saveServiceEndpoint(
    @Granted() grant: Write,
    @Arg("input", () => SaveServiceEndpointInput, { description: "In which project, and what about it." })
    { serviceEndpoint, revision }: SaveServiceEndpointInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveServiceEndpointPayload> {
    const fields = toStoredServiceEndpoint(serviceEndpoint);
    const { item, write } = await saved(context, grant, "serviceEndpoints", fields, revision);
    return Object.assign(new SaveServiceEndpointPayload(), write, {
      serviceEndpoint: toServiceEndpoint(item),
    });
  }

  @Mutation(() => DeleteFromProjectPayload, {
    nullable: true,
    description: "Takes a service endpoint off the canvas, with its connections.",
  })
  @Can("project:write", { on: "input.project" })
  deleteServiceEndpoint(
    @Granted() grant: Write,
    @Arg("input", () => DeleteFromProjectInput, { description: "Of which project, and which." })
    input: DeleteFromProjectInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteFromProjectPayload> {
    return deleted(context, grant, { field: "serviceEndpoints", noun: "service endpoint" }, input);
  }

  @Mutation(() => SaveApiEndpointPayload, {
    nullable: true,
    description: "Makes or changes an API endpoint.",
  })
  @Can("project:write", { on: "input.project" })
  async saveApiEndpoint(
    @Granted() grant: Write,
    @Arg("input", () => SaveApiEndpointInput, { description: "In which project, and what about it." })
    { apiEndpoint, revision }: SaveApiEndpointInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveApiEndpointPayload> {
    const fields = toStoredApiEndpoint(apiEndpoint);
    const { item, write } = await saved(context, grant, "apiEndpoints", fields, revision);
    return Object.assign(new SaveApiEndpointPayload(), write, { apiEndpoint: toApiEndpoint(item) });
  }

  @Mutation(() => DeleteFromProjectPayload, {
    nullable: true,
    description: "Takes an API endpoint off the canvas, with its connections.",
  })
  @Can("project:write", { on: "input.project" })
  deleteApiEndpoint(
    @Granted() grant: Write,
    @Arg("input", () => DeleteFromProjectInput, { description: "Of which project, and which." })
    input: DeleteFromProjectInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteFromProjectPayload> {
    return deleted(context, grant, { field: "apiEndpoints", noun: "API endpoint" }, input);
  }
}
