import { Arg, Ctx, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import { nameRules } from "../names.ts";
import { Can, Granted } from "../permissions/can.ts";
import { reaches } from "../permissions/catalogue.ts";
import type { ViewerGrant } from "../permissions/grant.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { SharedProjects, type SharedProducer, type SharedProject } from "../schema/shared-projects.type.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";

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
    if (!nameRules.ProducerName.accepts(username)) {
      throw new BadUserInput([{ field: "username", message: `must be ${nameRules.ProducerName.rule}` }]);
    }
    const repositories = await reachable(context, grant, username);
    return { username, sharedProjects: ordered(shared(repositories, context.names), username) };
  }
}

async function reachable(
  { lookups, names, policy, services }: SignedIn,
  { viewer }: ViewerGrant,
  username: string,
) {
  if (names.producerOf(viewer.login) === username) return lookups.mine();
  const grant = await policy.require("platform:admin", undefined);
  return services.repositories.theirs(grant, names.loginOf(username));
}

const toSharedProject = ({ name, level }: Repository): SharedProject => ({
  name,
  permissions: { admin: level === "admin", push: reaches(level, "write"), pull: true },
});

/** Producers of whom both a project and the functions can be changed. */
function shared(repositories: readonly Repository[], names: PlatformNames): SharedProducer[] {
  const writable = repositories.filter(({ level }) => reaches(level, "write"));
  const owners = new Set(writable.map(({ owner }) => names.producerOf(owner.login)));
  return [...owners].flatMap((username) => {
    if (username === undefined) return [];
    const theirs = writable.filter(({ owner }) => names.producerOf(owner.login) === username);
    const functions = names.functionsRepository(username).name;
    const projects = theirs.filter(({ name }) => names.environments.includes(name)).map(toSharedProject);
    return projects.length > 0 && theirs.some(({ name }) => name === functions)
      ? [{ username, projects }]
      : [];
  });
}

/** One's own first, then the others by name, without regard to case. */
function ordered(producers: readonly SharedProducer[], own: string): SharedProducer[] {
  const rank = ({ username }: SharedProducer) => `${username === own ? 0 : 1} ${username.toUpperCase()}`;
  return producers.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
