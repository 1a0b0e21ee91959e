import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { NotFound } from "../errors.ts";
import { isOfFunctions } from "../live/pod.kind.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { PodGrant, ProjectGrant } from "../permissions/grant.ts";
import { Pod, toPod } from "../schema/pod.type.ts";
import { Project } from "../schema/project.type.ts";
import { PodName } from "../schema/scalars.ts";
import type { PodRecord } from "../services/kubernetes/pod.record.ts";
import { grantedProject } from "./project.resolver.ts";
import { permissionArgument, viewerCan } from "./viewer-can.ts";

/** The pod that a grant is about. */
export async function readPod({ services: { cluster } }: SignedIn, grant: PodGrant): Promise<Pod> {
  await cluster.known();
  return toPod(cluster.pod(grant));
}

/** The pods of a project that the caller may know of. */
async function podsOf({ services, policy }: SignedIn, grant: ProjectGrant): Promise<readonly PodRecord[]> {
  const { producer, env } = grant;
  const [seesFunctions] = await Promise.all([
    policy.can("functions:read", { producer, env }),
    services.cluster.known(),
  ]);
  return services.cluster.pods(grant).filter(({ kind }) => seesFunctions || !isOfFunctions(kind));
}

@Resolver(() => Project)
export class ProjectPodsResolver {
  @FieldResolver(() => [Pod], {
    nullable: true,
    description: "What runs of the project; the pods of functions only for those who may read functions.",
  })
  @Can("project:read", { on: "parent" })
  async pods(@Granted() grant: ProjectGrant, @Ctx() context: SignedIn): Promise<readonly Pod[]> {
    return (await podsOf(context, grant)).map(toPod);
  }

  @FieldResolver(() => Pod, { nullable: true, description: "One of the pods, by its name." })
  @Can("project:read", { on: "parent" })
  async pod(
    @Granted() grant: ProjectGrant,
    @Arg("name", () => PodName, { description: "Which." }) name: string,
    @Ctx() context: SignedIn,
  ): Promise<Pod> {
    const found = (await podsOf(context, grant)).find((pod) => pod.name === name);
    if (!found) throw new NotFound("pod");
    return toPod(found);
  }
}

@Resolver(() => Pod)
export class PodResolver {
  @Query(() => Pod, { nullable: true, description: "A pod, by the id that an earlier answer gave." })
  @Can("pod:read", { on: "id" })
  pod(
    @Granted() grant: PodGrant,
    @Arg("id", () => ID, { description: "The id, as an earlier answer gave it." }) _id: string,
    @Ctx() context: SignedIn,
  ): Promise<Pod> {
    return readPod(context, grant);
  }

  @FieldResolver(() => Project, { nullable: true, description: "The project that it is a part of." })
  @Can("project:read", { on: "parent" })
  project(@Granted() grant: ProjectGrant): Project {
    return grantedProject(grant);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether you have a permission over this pod.",
  })
  @Can("pod:read", { on: "parent" })
  viewerCan(
    @Granted() _grant: PodGrant,
    @Root() { id }: Pod,
    @Arg("permission", () => String, { description: permissionArgument }) permission: string,
    @Ctx() context: SignedIn,
  ): Promise<boolean> {
    return viewerCan(context, ["pod"], permission, id);
  }
}
