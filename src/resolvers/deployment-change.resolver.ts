import { Arg, ID, Resolver, Root, Subscription } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { isFinished, type Deployment as KeptDeployment } from "../live/deployment.record.ts";
import type { Delivery } from "../live/event.queue.ts";
import { following } from "../live/following.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant } from "../permissions/grant.ts";
import { Deployment, toDeployment } from "../schema/deployment.type.ts";
import { findKept, keyIn } from "./deployment-asking.ts";

interface Watching extends SignedIn {
  readonly grant: FunctionsGrant;
}

@Resolver()
export class DeploymentChangeResolver {
  @Subscription(() => Deployment, {
    description:
      "A deployment as it is now, and again each time it has come further, until it is over. A gateway tells of those that it carries out itself.",
    subscribe: async ({ args, context }) => {
      const { services, grant } = context as Watching;
      const { id } = args as { id: string };
      const changes = services.hub.subscribe("deploymentChanged", keyIn(id));
      try {
        const now = await findKept(services, grant, id);
        return following({
          now,
          changes,
          isLast: isFinished,
          isSame: (one, other) => one.state === other.state,
        });
      } catch (error) {
        await changes.return?.();
        throw error;
      }
    },
  })
  @Can("functions:read", { on: "id" })
  deployment(
    @Granted() _grant: FunctionsGrant,
    @Root() { event }: Delivery<KeptDeployment>,
    @Arg("id", () => ID, { description: "The id, as asking for the deployment gave it." }) _id: string,
  ): Deployment {
    return toDeployment(event);
  }
}
