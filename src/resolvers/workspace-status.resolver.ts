import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { Watching } from "../context.ts";
import type { Delivery } from "../live/event.queue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import { LiveWorkspace, toLiveWorkspace } from "../schema/workspace.type.ts";
import type { HeardStatus } from "../services/workspace/running/status.feeds.ts";

@Resolver()
export class WorkspaceStatusResolver {
  @Subscription(() => LiveWorkspace, {
    description:
      "What a project's workspace is doing: as it is now, and again each time that changes. Who reads slowly gets the newest.",
    subscribe: ({ context }) => {
      const { services, grant } = context as Watching<ProjectGrant>;
      return services.workspace.running.follow(grant);
    },
  })
  @Can("project:read", { on: "args" })
  workspaceStatus(
    @Granted() _grant: ProjectGrant,
    @Root() { event }: Delivery<HeardStatus>,
    @Arg("producer", () => ProducerName, { description: "Whose project." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
  ): LiveWorkspace {
    return toLiveWorkspace(event);
  }
}
