import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { connectionOver, PageArguments, type ConnectionOf } from "../schema/connection.type.ts";
import type { ConsumerApp, ConsumerUser } from "../schema/consumer.type.ts";
import {
  ConsumerAppConnection,
  ConsumerCredential,
  Consumers,
  ConsumerUserConnection,
  toCredentials,
} from "../schema/consumer.type.ts";
import { Gateway } from "../schema/gateway.type.ts";
import { ConsumerName } from "../schema/scalars.ts";
import { gatewayOf } from "./live-gateway.resolver.ts";

@Resolver(() => Gateway)
export class GatewayConsumersResolver {
  @FieldResolver(() => Consumers, { nullable: true, description: "Those who call the gateway." })
  @Can("project:read", { on: "parent" })
  consumers(@Granted() { producer, env }: ProjectGrant, @Root() { id }: Gateway): Consumers {
    return { producer, env, gateway: id };
  }
}

@Resolver(() => Consumers)
export class ConsumersResolver {
  @FieldResolver(() => ConsumerUserConnection, { nullable: true, description: "The users, by name." })
  @Can("project:read", { on: "parent" })
  async users(
    @Granted() grant: ProjectGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Root() { gateway }: Consumers,
    @Ctx() context: SignedIn,
  ): Promise<ConnectionOf<ConsumerUser>> {
    const found = await gatewayOf(context, grant, gateway);
    return connectionOver(await context.services.gateways.consumers.users(found), page);
  }

  @FieldResolver(() => ConsumerAppConnection, { nullable: true, description: "The applications, by name." })
  @Can("project:read", { on: "parent" })
  async apps(
    @Granted() grant: ProjectGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Root() { gateway }: Consumers,
    @Ctx() context: SignedIn,
  ): Promise<ConnectionOf<ConsumerApp>> {
    const found = await gatewayOf(context, grant, gateway);
    return connectionOver(await context.services.gateways.consumers.apps(found), page);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: "Everything that a credential can give the use of.",
  })
  @Can("project:read", { on: "parent" })
  async scopes(
    @Granted() grant: ProjectGrant,
    @Root() { gateway }: Consumers,
    @Ctx() context: SignedIn,
  ): Promise<readonly string[]> {
    return context.services.gateways.consumers.scopes.all(await gatewayOf(context, grant, gateway));
  }

  @FieldResolver(() => [ConsumerCredential], {
    nullable: true,
    description: "What somebody shows to the gateway, without its secrets.",
  })
  @Can("project:admin", { on: "parent" })
  async credentials(
    @Granted() grant: ProjectGrant<"admin">,
    @Arg("consumer", () => ConsumerName, { description: "A user's name or id, or an application's id." })
    consumer: string,
    @Root() { gateway }: Consumers,
    @Ctx() context: SignedIn,
  ): Promise<readonly ConsumerCredential[]> {
    const found = await gatewayOf(context, grant, gateway);
    return toCredentials(await context.services.gateways.consumers.credentials.of(found, consumer));
  }
}
