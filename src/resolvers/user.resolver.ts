import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ViewerGrant } from "../permissions/grant.ts";
import { PageArguments, toConnection, windowOf, type ConnectionOf } from "../schema/connection.type.ts";
import { SearchText } from "../schema/scalars.ts";
import type { User } from "../schema/user.type.ts";
import { toUser, UserConnection } from "../schema/user.type.ts";

@Resolver()
export class UserResolver {
  @Query(() => UserConnection, {
    nullable: true,
    description: "People to let into a project, by a part of their name.",
  })
  @Can("viewer")
  async users(
    @Granted() grant: ViewerGrant,
    @Arg("search", () => SearchText, { description: "A part of a login or name." }) search: string,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { services }: SignedIn,
  ): Promise<ConnectionOf<User>> {
    const window = windowOf(page);
    const { items, total } = await services.users.search(grant, search, window);
    return toConnection({ items: items.map(toUser), total }, window);
  }
}
