import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput, SettError } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProducerGrant, ProjectGrant } from "../permissions/grant.ts";
import {
  CreateEnvironmentInput,
  CreateEnvironmentPayload,
  CreateProjectInput,
  DeleteEnvironmentInput,
  DeleteEnvironmentPayload,
  DeleteProjectInput,
} from "../schema/environment.type.ts";
import { Producer, toProducer } from "../schema/producer.type.ts";
import { Project, projectsAmong } from "../schema/project.type.ts";
import type { NewEnvironment } from "../services/environments/environments.service.ts";
import { toPromotedFiles } from "../schema/promotion.type.ts";
import { fillFrom, requireSource } from "./promotion.resolver.ts";
import { grantedProject } from "./project.resolver.ts";

@Resolver(() => Project)
export class EnvironmentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The project that this is an environment of: `main` for the environments that all producers have.",
  })
  @Can("project:read", { on: "parent" })
  async name(
    @Granted() { producer, env }: ProjectGrant,
    @Ctx() { lookups, names }: SignedIn,
  ): Promise<string | undefined> {
    const repository = await lookups.repository(names.projectRepository(producer, env), "recent");
    return repository && names.environmentOf(repository)?.project;
  }

  @Mutation(() => CreateEnvironmentPayload, {
    nullable: true,
    description:
      "Makes an environment: a repository for its project and one for its functions, whichever are missing. Safe to repeat.",
  })
  @Can("producer:admin", { on: "input.producer" })
  async createEnvironment(
    @Granted() grant: ProducerGrant<"admin">,
    @Arg("input", () => CreateEnvironmentInput, { description: "Which environment." })
    { env, project, from }: CreateEnvironmentInput,
    @Ctx() context: SignedIn,
  ): Promise<CreateEnvironmentPayload> {
    const { producer } = grant;
    const source = from == null ? undefined : await requireSource(context, { producer, env: from });
    const made = await make(context, grant, { env, project, isFirst: false });
    const { project: files, functions } = source ? await fill(context, [source, made.grant]) : {};
    return {
      ...made.payload,
      promoted: files && toPromotedFiles(files),
      promotedFunctions: functions && toPromotedFiles(functions),
    };
  }

  @Mutation(() => CreateEnvironmentPayload, {
    nullable: true,
    description: "Makes a further project of a producer's, with its first environment.",
  })
  @Can("producer:admin", { on: "input.producer" })
  async createProject(
    @Granted() grant: ProducerGrant<"admin">,
    @Arg("input", () => CreateProjectInput, { description: "Which project." })
    { name, env }: CreateProjectInput,
    @Ctx() context: SignedIn,
  ): Promise<CreateEnvironmentPayload> {
    return (await make(context, grant, { env: env ?? name, project: name, isFirst: true })).payload;
  }

  @Mutation(() => DeleteEnvironmentPayload, {
    nullable: true,
    description: "Removes an environment for good: its project, its functions, and then what runs of it.",
  })
  @Can(["project:admin", "producer:admin"], { on: "input.project" })
  async deleteEnvironment(
    @Granted() [{ producer, env }, grant]: readonly [ProjectGrant<"admin">, ProducerGrant<"admin">],
    @Arg("input", () => DeleteEnvironmentInput, { description: "Which environment." })
    { confirm }: DeleteEnvironmentInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteEnvironmentPayload> {
    const { services, names } = context;
    if (confirm !== `${producer}/${env}`) {
      throw new BadUserInput([{ field: "input.confirm", message: `must be ${producer}/${env}` }]);
    }
    if (names.isStatic(env)) {
      throw new BadUserInput([
        { field: "input.project.env", message: "every producer has this environment" },
      ]);
    }
    await services.environments.remove(grant, env).finally(() => changed(context, producer, [env]));
    await services.actualizer.removed(producer, env, true);
    return { producer: toProducer(producer, grant.login, names.environments), deleted: [env] };
  }

  @Mutation(() => DeleteEnvironmentPayload, {
    nullable: true,
    description: "Removes a project of a producer's for good, with all its environments.",
  })
  @Can("producer:admin", { on: "input.producer" })
  async deleteProject(
    @Granted() grant: ProducerGrant<"admin">,
    @Arg("input", () => DeleteProjectInput, { description: "Which project." })
    { name, confirm }: DeleteProjectInput,
    @Ctx() context: SignedIn,
  ): Promise<DeleteEnvironmentPayload> {
    const { services, names } = context;
    const { producer, login } = grant;
    await services.environments
      .removeProject(grant, name, confirm)
      .finally(() => changed(context, producer, confirm));
    await Promise.all(confirm.map((env) => services.actualizer.removed(producer, env, true)));
    return { producer: toProducer(producer, login, names.environments), deleted: confirm };
  }
}

@Resolver(() => Producer)
export class ProducerProjectsResolver {
  @FieldResolver(() => [Project], {
    nullable: true,
    description: "The producer's projects that you can see, in all environments, by name.",
  })
  @Can("producer:read", { on: "parent.name" })
  async projects(
    @Granted() grant: ProducerGrant,
    @Root() { name }: Producer,
    @Ctx() { lookups, names, services }: SignedIn,
  ): Promise<Project[]> {
    // A site admin sees more than was ever shared.
    const repositories = grant.viewer.isAdmin
      ? await services.repositories.owned(grant)
      : await lookups.mine("recent");
    return projectsAmong(repositories, names)
      .filter(({ producer }) => producer === name)
      .sort((one, other) => (one.env < other.env ? -1 : 1));
  }
}

/** Drops what is known of the repositories of environments, since they were made or are gone, and tells who runs them. */
function changed(
  { policy, names, services }: SignedIn,
  producer: string,
  environments: readonly string[],
): void {
  for (const env of environments) {
    policy.forget(names.projectRepository(producer, env));
    policy.forget(names.functionsRepository(producer, env));
  }
  services.actualizer.hint(producer);
}

/** Whoever repeats the making of an environment does not lose what was saved there meanwhile, and gets what is missing. */
async function fill(context: SignedIn, between: readonly [ProjectGrant, ProjectGrant<"write">]) {
  try {
    return await fillFrom(context, between);
  } catch (error) {
    if (!(error instanceof SettError)) throw error;
    const { done = [], missing = ["project", "functions"] } = error.extensions;
    throw error.with({ done: ["environment"].concat(done as string[]), missing });
  }
}

async function make(context: SignedIn, grant: ProducerGrant<"admin">, wanted: NewEnvironment) {
  const { producer } = grant;
  const createdRepos = await context.services.environments
    .create(grant, wanted)
    .finally(() => changed(context, producer, [wanted.env]));
  await context.services.actualizer.removed(producer, wanted.env, false);
  const made = await context.policy.require("project:write", { producer, env: wanted.env }, "fresh");
  return { grant: made, payload: { project: grantedProject(made), createdRepos } };
}
