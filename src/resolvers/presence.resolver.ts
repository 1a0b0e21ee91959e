import { Arg, Ctx, FieldResolver, Resolver, Root, Subscription } from "type-graphql";
import type { SignedIn, Watching } from "../context.ts";
import type { Delivery } from "../live/event.queue.ts";
import { projectTopic } from "../live/live-events.ts";
import type { PresenceState } from "../live/presence.record.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ProjectGrant } from "../permissions/grant.ts";
import { Presence, PresentPerson, toPresence, toPresentPerson } from "../schema/presence.type.ts";
import { Project } from "../schema/project.type.ts";
import { EnvironmentName, ProducerName } from "../schema/scalars.ts";

@Resolver(() => Project)
export class PresenceResolver {
  @Subscription(() => Presence, {
    description:
      "Who is on a project, and again each time somebody comes or goes. Whoever subscribes is there as long as the subscription runs.",
    subscribe: async ({ context }) => {
      const { services, lookups, grant } = context as Watching<ProjectGrant>;
      return services.presence.enter(projectTopic(grant), await lookups.viewer("recent"));
    },
  })
  @Can("project:read", { on: "args" })
  presence(
    @Granted() _grant: ProjectGrant,
    @Root() { event }: Delivery<PresenceState>,
    @Arg("producer", () => ProducerName, { description: "Whose project." }) _producer: string,
    @Arg("env", () => EnvironmentName, { defaultValue: "dev", description: "In which environment." })
    _env: string,
  ): Presence {
    return toPresence(event);
  }

  @FieldResolver(() => [PresentPerson], {
    name: "presence",
    nullable: true,
    description: "Who is on the project just now, those first who have been there longest; at most 200.",
  })
  @Can("project:read", { on: "parent" })
  async presentPeople(
    @Granted() grant: ProjectGrant,
    @Ctx() { services }: SignedIn,
  ): Promise<readonly PresentPerson[]> {
    const { people } = await services.presence.now(projectTopic(grant));
    return people.map(toPresentPerson);
  }
}
