import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { SignedIn } from "../context.ts";
import type { Delivery } from "../live/event.queue.ts";
import { projectTopic, type ProjectChanged } from "../live/live-events.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { ProjectChange, toProjectChange } from "../schema/project-change.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import { grantedProject } from "./project.resolver.ts";

interface Watching extends SignedIn {
  readonly grant: ProjectGrant;
}

@Resolver()
export class ProjectChangeResolver {
  @Subscription(() => ProjectChange, {
    description: "The changes of a project that anybody makes through the gateway from now on.",
    subscribe: ({ context }) => {
      const { services, grant } = context as Watching;
      return services.hub.subscribe("projectChanged", projectTopic(grant));
    },
  })
  @Can("project:read", { on: "args" })
  projectChanged(
    @Granted() grant: ProjectGrant,
    @Root() change: Delivery<ProjectChanged>,
    @Arg("producer", () => ProducerName, { description: "Whose project." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
  ): ProjectChange {
    return toProjectChange(change, grantedProject(grant));
  }
}
