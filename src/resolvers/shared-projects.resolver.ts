import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ViewerGrant } from "../permissions/grant.ts";
import { SharedProjects, toSharedProducers } from "../schema/shared-projects.type.ts";

@Resolver()
export class SharedProjectsResolver {
  @Query(() => SharedProjects, {
    nullable: true,
    description: "What the canvas asks for at its start: all that somebody can read and change.",
    deprecationReason: "Ask for viewer.projects instead: it pages, and says more.",
  })
  @Can("viewer")
  async loadSharedProjects(
    @Granted() grant: ViewerGrant,
    @Arg("username", () => String, { description: "Your producer's name; anybody's for a site admin." })
    username: string,
    @Ctx() context: SignedIn,
  ): Promise<SharedProjects> {
    const repositories = await reachable(context, grant, username);
    return { username, sharedProjects: toSharedProducers(repositories, context.names, username) };
  }
}

async function reachable(
  { lookups, names, policy, services }: SignedIn,
  { viewer }: ViewerGrant,
  username: string,
) {
  if (names.producerOf(viewer.login) === username) return lookups.mine("recent");
  const grant = await policy.require("platform:admin", undefined);
  return services.repositories.theirs(grant, names.loginOf(username));
}
