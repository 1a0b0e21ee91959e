import { Arg, ID, Resolver, Root, Subscription } from "type-graphql";
import type { Watching } from "../context.ts";
import { NotFound } from "../errors.ts";
import type { Deployment as KeptDeployment } from "../live/deployment.record.ts";
import type { Delivery } from "../live/event.queue.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant } from "../permissions/grant.ts";
import { Deployment, toDeployment } from "../schema/deployment.type.ts";
import { keyIn } from "./deployment-asking.ts";

@Resolver()
export class DeploymentChangeResolver {
  @Subscription(() => Deployment, {
    description:
      "A deployment as it is now, and again each time it has come further, until it is over. Whichever gateway is asked tells of it; when the one that carries it out is gone, it ends as UNKNOWN after a while.",
    subscribe: async ({ args, context }) => {
      const { services, grant } = context as Watching<FunctionsGrant>;
      const { id } = args as { id: string };
      const followed = await services.functions.follow(grant, keyIn(id));
      if (!followed) throw new NotFound("deployment");
      return followed;
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
