import { Ctx, FieldResolver, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { Api, MicroService, Portal, toApi, toMicroService, toPortal } from "../schema/api.type.ts";
import { CanvasConnection, CanvasState, toConnection, toState } from "../schema/canvas.type.ts";
import { ApiEndpoint, ServiceEndpoint, toApiEndpoint, toServiceEndpoint } from "../schema/endpoint.type.ts";
import { toGateway } from "../schema/gateway.shown.ts";
import { Gateway } from "../schema/gateway.type.ts";
import { Project } from "../schema/project.type.ts";
import { JsonMap, Revision } from "../schema/scalars.ts";
import { listOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";

const read = (context: SignedIn, grant: ProjectGrant) => context.lookups.workspaces.read(grant, "document");

/** One of the document's lists, as the graph shows its items. */
async function listed<Item>(
  context: SignedIn,
  grant: ProjectGrant,
  field: string,
  show: (item: JsonObject) => Item,
): Promise<readonly Item[]> {
  const { document } = await read(context, grant);
  return listOf(document, field).map(show);
}

/** What the saved canvas of a project holds: all of it is one document, which is asked for once. */
@Resolver(() => Project)
export class CanvasResolver {
  @FieldResolver(() => JsonMap, { nullable: true, description: "The saved canvas as it is, whole." })
  @Can("project:read", { on: "parent" })
  async document(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<JsonObject> {
    return (await read(context, grant)).document;
  }

  @FieldResolver(() => Revision, {
    nullable: true,
    description: "What tells this state of the saved canvas from others: name it when you change something.",
  })
  @Can("project:read", { on: "parent" })
  async revision(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<string> {
    return (await read(context, grant)).revision;
  }

  @FieldResolver(() => [Gateway], { nullable: true, description: "The gateways as they are saved." })
  @Can("project:read", { on: "parent" })
  gateways(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly Gateway[]> {
    return listed(context, grant, "gateways", (item) => toGateway(item, grant));
  }

  @FieldResolver(() => [ServiceEndpoint], { nullable: true, description: "The services pipelines lead to." })
  @Can("project:read", { on: "parent" })
  serviceEndpoints(
    @Granted() grant: ProjectGrant,
    @Ctx() context: SignedIn,
  ): Promise<readonly ServiceEndpoint[]> {
    return listed(context, grant, "serviceEndpoints", toServiceEndpoint);
  }

  @FieldResolver(() => [ApiEndpoint], { nullable: true, description: "What the gateways take requests for." })
  @Can("project:read", { on: "parent" })
  apiEndpoints(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly ApiEndpoint[]> {
    return listed(context, grant, "apiEndpoints", toApiEndpoint);
  }

  @FieldResolver(() => [Api], { nullable: true, description: "The APIs, with their endpoints and plans." })
  @Can("project:read", { on: "parent" })
  apis(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly Api[]> {
    return listed(context, grant, "apis", toApi);
  }

  @FieldResolver(() => [Portal], { nullable: true, description: "Where APIs are offered." })
  @Can("project:read", { on: "parent" })
  portals(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly Portal[]> {
    return listed(context, grant, "portals", toPortal);
  }

  @FieldResolver(() => [MicroService], { nullable: true, description: "Models that are bundled." })
  @Can("project:read", { on: "parent" })
  microServices(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly MicroService[]> {
    return listed(context, grant, "microServices", toMicroService);
  }

  @FieldResolver(() => [CanvasConnection], { nullable: true, description: "The arrows of the canvas." })
  @Can("project:read", { on: "parent" })
  connections(
    @Granted() grant: ProjectGrant,
    @Ctx() context: SignedIn,
  ): Promise<readonly CanvasConnection[]> {
    return listed(context, grant, "connections", toConnection);
  }

  @FieldResolver(() => [CanvasState], { nullable: true, description: "What the canvas remembers of itself." })
  @Can("project:read", { on: "parent" })
  states(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly CanvasState[]> {
    return listed(context, grant, "states", toState);
  }
}
