import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { Watching } from "../context.ts";
import type { Delivery } from "../live/event.queue.ts";
import { endingWith } from "../live/ending.ts";
import { projectTopic, type ProjectChanged } from "../live/live-events.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import { ProjectChange, toProjectChange } from "../schema/project-change.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import { grantedProject } from "./project.resolver.ts";

/** What happens to a project, as far as somebody may know of it. */
async function changesOf({ services, grant, lookFor }: Watching<ProjectGrant>) {
  const { producer, env } = grant;
  const topic = projectTopic(grant);
  const functions = await lookFor(
    { permission: "functions:read", value: { producer, env } },
    () => undefined,
  );
  const mayHave = ({ audience }: ProjectChanged) => audience === "project" || functions.held();
  const events = services.hub.subscribe("projectChanged", topic, mayHave);
  const opened = await Promise.allSettled([
    services.changes.follow({
      project: grant,
      functions: () => functions.grant() as FunctionsGrant | undefined,
    }),
    services.hub.heard("projectChanged", topic),
  ]);
  const [followed] = opened;
  const changes = endingWith(events, () => {
    if (followed.status === "fulfilled") followed.value();
    functions.leave();
  });
  for (const each of opened) {
    if (each.status === "fulfilled") continue;
    await changes.return?.();
    throw each.reason;
  }
  return changes;
}

@Resolver()
export class ProjectChangeResolver {
  @Subscription(() => ProjectChange, {
    description:
      "The changes of a project from now on: what anybody does through the gateway, and what is pushed to its repository. Those of functions are for who may read them.",
    subscribe: ({ context }) => changesOf(context as Watching<ProjectGrant>),
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
