import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ViewerGrant } from "../permissions/grant.ts";
import { fromGlobalId, type NodeKind } from "../schema/global-id.ts";
import { Node } from "../schema/node.interface.ts";
import { toProducer } from "../schema/producer.type.ts";
import { findDeployment } from "./deployment-asking.ts";
import { readPod } from "./pod.resolver.ts";
import { grantedProject } from "./project.resolver.ts";
import { readProjectDeployment } from "./project-deployment.resolver.ts";
import { readRepo } from "./repo.resolver.ts";

/** Finds a thing of some kind again by what its id is made of, for who may read it. */
type Find = (context: SignedIn, parts: readonly string[], id: string) => Promise<Node>;

const finders: Record<NodeKind, Find> = {
  Deployment: async ({ policy, services }, [producer, env], id) =>
    findDeployment(services, await policy.require("functions:read", { producer, env }), id),
  Pod: async (context, _parts, id) => readPod(context, await context.policy.require("pod:read", id)),
  Producer: async ({ policy, names }, [name]) => {
    const { producer, login } = await policy.require("producer:read", name);
    return toProducer(producer, login, names.environments);
  },
  Project: async ({ policy }, [producer, env]) =>
    grantedProject(await policy.require("project:read", { producer, env })),
  ProjectDeployment: readProjectDeployment,
  Repo: async (context, [owner, name]) =>
    readRepo(context, await context.policy.require("repo:read", { owner, name })),
};

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: "Anything that has an id, by it. What you may not read is not found.",
  })
  @Can("viewer")
  node(
    @Granted() _grant: ViewerGrant,
    @Arg("id", () => ID, { description: "The id, as an earlier answer gave it." }) id: string,
    @Ctx() context: SignedIn,
  ): Promise<Node> {
    const found = fromGlobalId(id);
    if (!found) throw new TypeError("An id is checked before it is looked for.");
    return finders[found.kind](context, found.parts, id);
  }
}
