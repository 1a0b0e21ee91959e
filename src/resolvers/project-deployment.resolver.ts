import { Arg, Ctx, FieldResolver, Resolver, Root, Subscription } from "type-graphql";
import type { SignedIn, Watching } from "../context.ts";
import { NotFound } from "../errors.ts";
import type { Delivery } from "../live/event.queue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import type { ProjectDeployment } from "../schema/project-deployment.type.ts";
import {
  ProjectDeployments,
  toProjectDeployment,
  toProjectDeployments,
} from "../schema/project-deployment.type.ts";
import { Project } from "../schema/project.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import type { ToldDeployments } from "../services/actualizer/project.deployments.ts";
import { latestFor } from "./project-following.ts";

type Of = Pick<ProjectGrant, "producer" | "env">;

/** What is to run of a project, as far as the caller may know. */
async function deploymentsOf(
  { services: { actualizer }, policy }: SignedIn,
  of: Of,
): Promise<ToldDeployments> {
  const { producer, env } = of;
  const [seesFunctions] = await Promise.all([
    policy.can("functions:read", { producer, env }),
    actualizer.known(),
  ]);
  return actualizer.deployments(of, seesFunctions ? "functions" : "project");
}

/** Something of a project that runs, by what its id is made of. */
export async function readProjectDeployment(
  context: SignedIn,
  [producer = "", env = "", kind = "", object = ""]: readonly string[],
): Promise<ProjectDeployment> {
  const permission = kind === "FUNCTION" ? "functions:read" : "project:read";
  await context.policy.require(permission, { producer, env });
  const { deployments } = await deploymentsOf(context, { producer, env });
  const found = deployments.find((each) => each.kind === kind && each.object === object);
  if (!found) throw new NotFound("deployment");
  return toProjectDeployment(found);
}

@Resolver(() => Project)
export class ProjectDeploymentResolver {
  @FieldResolver(() => ProjectDeployments, {
    nullable: true,
    description: "What is to run of the project, and how far the actualizer has come with it.",
  })
  @Can("project:read", { on: "parent" })
  async deployments(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<ProjectDeployments> {
    return toProjectDeployments(await deploymentsOf(context, grant));
  }

  @Subscription(() => ProjectDeployments, {
    description:
      "What is to run of a project, and how far the actualizer has come with it: as it is now, and again whenever something of it has changed. Who is slow gets the newest.",
    subscribe: async ({ context }) => {
      const watching = context as Watching<ProjectGrant>;
      const { actualizer } = watching.services;
      await actualizer.known();
      return latestFor(watching, (onChange) => actualizer.follow(watching.grant, onChange));
    },
  })
  @Can("project:read", { on: "args" })
  projectDeployments(
    @Granted() _grant: ProjectGrant,
    @Root() { event }: Delivery<ToldDeployments>,
    @Arg("producer", () => ProducerName, { description: "Whose project." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
  ): ProjectDeployments {
    return toProjectDeployments(event);
  }
}
