import { Field, ObjectType } from "type-graphql";
import { reaches } from "../permissions/catalogue.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";

@ObjectType("SharedProjectPermissions", {
  description: "What somebody may do, in Gitea's words.",
  simpleResolvers: true,
})
export class SharedProjectPermissions {
  @Field(() => Boolean, { description: "Say who else may." })
  admin!: boolean;

  @Field(() => Boolean, { description: "Change it." })
  push!: boolean;

  @Field(() => Boolean, { description: "Read it." })
  pull!: boolean;
}

@ObjectType("SharedProject", { description: "One environment of a producer.", simpleResolvers: true })
export class SharedProject {
  @Field(() => String, { description: "The environment's name." })
  name!: string;

  @Field(() => SharedProjectPermissions, { description: "What may be done with it." })
  permissions!: SharedProjectPermissions;
}

@ObjectType("SharedProducer", {
  description: "A producer whose projects can be worked on.",
  simpleResolvers: true,
})
export class SharedProducer {
  @Field(() => String, { description: "The producer's name." })
  username!: string;

  @Field(() => [SharedProject], { description: "Their projects that can be worked on." })
  projects!: SharedProject[];
}

@ObjectType("SharedProjects", { description: "All that somebody can work on.", simpleResolvers: true })
export class SharedProjects {
  @Field(() => String, { description: "Who." })
  username!: string;

  @Field(() => [SharedProducer], { description: "Their own projects first, then those of others by name." })
  sharedProjects!: SharedProducer[];
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
    const keepsFunctionsOf = (env: string) =>
      theirs.some(({ name }) => name === names.functionsRepository(username, env).name);
    const projects = theirs
      .filter((repository) => keepsFunctionsOf(names.environmentOf(repository)?.env ?? ""))
      .map(toSharedProject);
    return projects.length > 0 ? [{ username, projects }] : [];
  });
}

/** The producers somebody can work with: themselves first, then the others by name, without regard to case. */
export function toSharedProducers(
  repositories: readonly Repository[],
  names: PlatformNames,
  own: string,
): SharedProducer[] {
  const rank = ({ username }: SharedProducer) => `${username === own ? 0 : 1} ${username.toUpperCase()}`;
  return shared(repositories, names).sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
