import { Args, Ctx, FieldResolver, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { PlatformGrant } from "../permissions/grant.ts";
import { PageArguments, toConnection, windowOf, type ConnectionOf } from "../schema/connection.type.ts";
import type { PlatformProblem } from "../schema/platform.type.ts";
import {
  Actualizer,
  Platform,
  PlatformProblemConnection,
  ProducersByState,
  toActualizer,
  toPlatformProblem,
} from "../schema/platform.type.ts";

@Resolver(() => Platform)
export class PlatformResolver {
  @Query(() => Platform, { nullable: true, description: "How the platform does as a whole." })
  @Can("platform:admin")
  platform(@Granted() _grant: PlatformGrant): Platform {
    return {};
  }

  @FieldResolver(() => Actualizer, {
    nullable: true,
    description: "What makes run what people intend. It may take some seconds to see whether it is alive.",
  })
  @Can("platform:admin")
  async actualizer(
    @Granted() grant: PlatformGrant,
    @Ctx() { services: { actualizer } }: SignedIn,
  ): Promise<Actualizer> {
    return toActualizer(await actualizer.leader(grant));
  }

  @FieldResolver(() => ProducersByState, { nullable: true, description: "How many producers do how." })
  @Can("platform:admin")
  async producersByState(
    @Granted() grant: PlatformGrant,
    @Ctx() { services: { actualizer } }: SignedIn,
  ): Promise<ProducersByState> {
    await actualizer.known();
    return actualizer.counts(grant);
  }

  @FieldResolver(() => PlatformProblemConnection, {
    nullable: true,
    description: "What will not come right by waiting, the newest first.",
  })
  @Can("platform:admin")
  async errors(
    @Granted() grant: PlatformGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { services: { actualizer } }: SignedIn,
  ): Promise<ConnectionOf<PlatformProblem>> {
    await actualizer.known();
    const all = actualizer.troubles(grant);
    const window = windowOf(page);
    const items = all.slice(window.offset, window.offset + window.length).map(toPlatformProblem);
    return toConnection({ items, total: all.length }, window);
  }
}
