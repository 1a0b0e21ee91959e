import { Arg, Resolver, Root, Subscription } from "type-graphql";
import type { Watching } from "../context.ts";
import type { Delivery, EventFilter } from "../live/event.queue.ts";
import { endingWith, type Leavable } from "../live/ending.ts";
import { projectTopic, type ProjectChanged } from "../live/live-events.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import { ProjectChange, toProjectChange } from "../schema/project-change.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";
import type { Sight } from "../permissions/sight.ts";
import type { ChangeListener } from "../services/changes/change.listener.ts";
import type { ChangesService } from "../services/changes/changes.service.ts";
import { grantedProject } from "./project.resolver.ts";

const nothing = () => undefined;

/** One of thousands who follow a project: a class, because its methods are there once and not for each of them. */
class Follower implements ChangeListener, EventFilter<ProjectChanged>, Leavable {
  readonly project: ProjectGrant;
  readonly #sight: Sight;
  readonly #changes: ChangesService;

  constructor(project: ProjectGrant, sight: Sight, changes: ChangesService) {
    this.project = project;
    this.#sight = sight;
    this.#changes = changes;
  }

  functions(): FunctionsGrant | undefined {
    return this.#sight.grant() as FunctionsGrant | undefined;
  }

  mayHave({ audience }: ProjectChanged): boolean {
    return audience === "project" || this.#sight.held();
  }

  leave(): void {
    this.#changes.leave(this);
    this.#sight.leave();
  }
}

/** What happens to a project, as far as somebody may know of it. */
async function changesOf({ services, grant, lookFor }: Watching<ProjectGrant>) {
  const topic = projectTopic(grant);
  const sight = await lookFor({ permission: "functions:read", value: grant }, nothing);
  const follower = new Follower(grant, sight, services.changes);
  const changes = endingWith(services.hub.subscribe("projectChanged", topic, follower), follower);
  try {
    await Promise.all([services.changes.follow(follower), services.hub.heard("projectChanged", topic)]);
  } catch (error) {
    await changes.return?.();
    throw error;
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
