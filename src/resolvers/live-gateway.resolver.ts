import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { GatewayDifference, toGatewayDifference } from "../schema/apply-gateway.type.ts";
import { Gateway } from "../schema/gateway.type.ts";
import { LiveGateway, toLiveGateway } from "../schema/live-gateway.type.ts";
import { JsonValue } from "../schema/scalars.ts";
import { savedGateway, type SavedGateway } from "../services/gateways/gateway.address.ts";
import type { SeesFunctions, ShownConfig } from "../services/gateways/shown.config.ts";
import type { Json } from "../services/workspace/json.ts";

/** A gateway of a project, as it is saved there. */
export async function gatewayOf<Grant extends ProjectGrant>(
  { lookups }: SignedIn,
  grant: Grant,
  id: string,
): Promise<SavedGateway<Grant>> {
  return savedGateway(grant, await lookups.workspaces.read(grant, "document"), id);
}

/** Whether the caller may read the functions of a project: what a gateway tells of them is for those alone. */
export const seesFunctions =
  ({ policy }: SignedIn, { producer, env }: ProjectGrant): SeesFunctions =>
  () =>
    policy.can("functions:read", { producer, env });

/** A running gateway as far as the caller may know of it. */
async function shownConfig(context: SignedIn, gateway: SavedGateway): Promise<ShownConfig> {
  const { lookups, services } = context;
  const config = await lookups.gateways.config(gateway);
  return services.gateways.shown(gateway, config, seesFunctions(context, gateway.grant));
}

@Resolver(() => Gateway)
export class LiveGatewayResolver {
  @FieldResolver(() => LiveGateway, {
    nullable: true,
    description: "The gateway as it runs; null while it cannot be asked.",
  })
  @Can("project:read", { on: "parent" })
  async live(
    @Granted() grant: ProjectGrant,
    @Root() { id }: Gateway,
    @Ctx() context: SignedIn,
  ): Promise<LiveGateway> {
    const gateway = await gatewayOf(context, grant, id);
    const [config, policies] = await Promise.all([
      shownConfig(context, gateway),
      context.lookups.gateways.policies(gateway),
    ]);
    return toLiveGateway({ producer: grant.producer, env: grant.env, gateway: id }, config, policies);
  }
}

/** What of a running gateway costs more than looking at it. */
@Resolver(() => LiveGateway)
export class LiveGatewayMoreResolver {
  @FieldResolver(() => JsonValue, {
    nullable: true,
    description: "The JSON schemas of its policies, conditions and callers, each with its `type`.",
  })
  @Can("project:read", { on: "parent" })
  async schemas(
    @Granted() grant: ProjectGrant,
    @Root() { gateway }: LiveGateway,
    @Ctx() context: SignedIn,
  ): Promise<Json> {
    const found = await context.lookups.gateways.schemas(await gatewayOf(context, grant, gateway));
    return found.map(({ type, schema }) => ({ type, schema }));
  }

  @FieldResolver(() => [GatewayDifference], {
    nullable: true,
    description: "What does not run as it is saved: what applyGateway would change, in that order.",
  })
  @Can("project:read", { on: "parent" })
  async difference(
    @Granted() grant: ProjectGrant,
    @Root() { gateway: id }: LiveGateway,
    @Ctx() context: SignedIn,
  ): Promise<readonly GatewayDifference[]> {
    const { lookups, services } = context;
    const gateway = await gatewayOf(context, grant, id);
    const [{ document }, config] = await Promise.all([
      lookups.workspaces.read(grant, "document"),
      shownConfig(context, gateway),
    ]);
    return (await services.gateways.apply.difference(gateway, document, config)).map(toGatewayDifference);
  }
}
