import { Arg, Ctx, FieldResolver, Resolver, Root, Subscription } from "type-graphql";
import type { SignedIn, Watching } from "../context.ts";
import type { Delivery } from "../live/event.queue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import { ServerlessFunction } from "../schema/function.type.ts";
import { Gateway } from "../schema/gateway.type.ts";
import { Project } from "../schema/project.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import { EntityStatus, ProjectStatus, toEntityStatus, toProjectStatus } from "../schema/status.type.ts";
import type { ToldStatus } from "../services/kubernetes/status.board.ts";
import { latestFor } from "./project-following.ts";

@Resolver(() => Project)
export class ProjectStatusResolver {
  @FieldResolver(() => ProjectStatus, {
    nullable: true,
    description: "How all that the project has does on the cluster.",
  })
  @Can("project:read", { on: "parent" })
  async status(
    @Granted() grant: ProjectGrant,
    @Ctx() { services: { cluster }, policy }: SignedIn,
  ): Promise<ProjectStatus> {
    const { producer, env } = grant;
    const [seesFunctions] = await Promise.all([
      policy.can("functions:read", { producer, env }),
      cluster.known(),
    ]);
    return toProjectStatus(cluster.status(grant, seesFunctions ? "functions" : "project"));
  }

  @Subscription(() => ProjectStatus, {
    description:
      "How all that a project has does on the cluster: as it is now, and again whenever something of it has changed. Who is slow gets the newest.",
    subscribe: async ({ context }) => {
      const watching = context as Watching<ProjectGrant>;
      const { cluster } = watching.services;
      await cluster.known();
      return latestFor(watching, (onChange) => cluster.followStatus(watching.grant, onChange));
    },
  })
  @Can("project:read", { on: "args" })
  projectStatus(
    @Granted() _grant: ProjectGrant,
    @Root() { event }: Delivery<ToldStatus>,
    @Arg("producer", () => ProducerName, { description: "Whose project." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
  ): ProjectStatus {
    return toProjectStatus(event);
  }
}

@Resolver(() => Gateway)
export class GatewayStatusResolver {
  @FieldResolver(() => EntityStatus, {
    nullable: true,
    description: "How it does on the cluster; null when nothing of it is there.",
  })
  @Can("project:read", { on: "parent" })
  async status(
    @Granted() grant: ProjectGrant,
    @Root() { id }: Gateway,
    @Ctx() { services: { cluster } }: SignedIn,
  ): Promise<EntityStatus | undefined> {
    await cluster.known();
    const { gateways } = cluster.status(grant, "project").status;
    const found = gateways.find(({ entityId }) => entityId === id);
    return found && toEntityStatus(found);
  }
}

@Resolver(() => ServerlessFunction)
export class FunctionStatusResolver {
  @FieldResolver(() => EntityStatus, {
    nullable: true,
    description: "How it does on the cluster; null when nothing of it is there.",
  })
  @Can("functions:read", { on: "parent" })
  async status(
    @Granted() grant: FunctionsGrant,
    @Root() { name: wanted }: ServerlessFunction,
    @Ctx() { services: { cluster } }: SignedIn,
  ): Promise<EntityStatus | undefined> {
    await cluster.known();
    const { ofFunctions } = cluster.status(grant, "functions").status;
    const found = ofFunctions?.functions.find(({ name }) => name === wanted);
    return found && toEntityStatus(found);
  }
}
