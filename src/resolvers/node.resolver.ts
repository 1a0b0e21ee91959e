import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import { nameRules, type NameKind } from "../names.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ViewerGrant } from "../permissions/grant.ts";
import { fromGlobalId, Node, type NodeKind } from "../schema/node.interface.ts";
import { toProducer } from "../schema/producer.type.ts";
import { grantedProject } from "./project.resolver.ts";
import { readRepo } from "./repo.resolver.ts";

/** How a kind of thing is found again: what its id is made of, and who asks for the permission to read it. */
interface Finder {
  readonly parts: readonly NameKind[];
  readonly find: (context: SignedIn, parts: readonly string[]) => Promise<Node>;
}

const finders: Record<NodeKind, Finder> = {
  Producer: {
    parts: ["ProducerName"],
    find: async ({ policy, names }, [name]) => {
      const { producer, login } = await policy.require("producer:read", name);
      return toProducer(producer, login, names.environments);
    },
  },
  Project: {
    parts: ["ProducerName", "EnvironmentName"],
    find: async ({ policy }, [producer, env]) =>
      grantedProject(await policy.require("project:read", { producer, env })),
  },
  Repo: {
    parts: ["Login", "RepositoryName"],
    find: async (context, [owner, name]) =>
      readRepo(context, await context.policy.require("repo:read", { owner, name })),
  },
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
    const finder = found && finders[found.kind];
    const isWhole =
      found?.parts.length === finder?.parts.length &&
      finder?.parts.every((kind, index) => nameRules[kind].accepts(found?.parts[index] ?? ""));
    if (!found || !finder || !isWhole) {
      throw new BadUserInput([{ field: "id", message: "must be an id of an earlier answer, unchanged" }]);
    }
    return finder.find(context, found.parts);
  }
}
