import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { ViewerGrant } from "../permissions/grant.ts";
import { connectionOver, PageArguments, type ConnectionOf } from "../schema/connection.type.ts";
import { Producer, toProducer } from "../schema/producer.type.ts";
import type { Project } from "../schema/project.type.ts";
import { ProjectConnection, projectsAmong } from "../schema/project.type.ts";
import { toViewer, Viewer } from "../schema/viewer.type.ts";
import { permissionArgument, viewerCan } from "./viewer-can.ts";

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { nullable: true, description: "You." })
  @Can("viewer")
  viewer(@Granted() { viewer }: ViewerGrant): Viewer {
    return toViewer(viewer);
  }

  @FieldResolver(() => Producer, { nullable: true, description: "The producer you are, if you are one." })
  @Can("viewer")
  producer(@Granted() { viewer }: ViewerGrant, @Ctx() { names }: SignedIn): Producer | undefined {
    const name = names.producerOf(viewer.login);
    return name === undefined ? undefined : toProducer(name, viewer.login, names.environments);
  }

  @FieldResolver(() => ProjectConnection, {
    nullable: true,
    description: "Every project that you own or were let into: your own first, then those of others by name.",
  })
  @Can("viewer")
  async projects(
    @Granted() { viewer }: ViewerGrant,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { lookups, names }: SignedIn,
  ): Promise<ConnectionOf<Project>> {
    const projects = projectsAmong(await lookups.mine("recent"), names);
    const own = names.producerOf(viewer.login);
    const rank = ({ producer, env }: Project) => `${producer === own ? 0 : 1} ${producer} ${env}`;
    return connectionOver(
      projects.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)),
      page,
    );
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "Whether you have a permission that is about nothing in particular.",
  })
  @Can("viewer")
  viewerCan(
    @Granted() _grant: ViewerGrant,
    @Arg("permission", () => String, { description: permissionArgument }) permission: string,
    @Ctx() context: SignedIn,
  ): Promise<boolean> {
    return viewerCan(context, ["viewer", "platform"], permission, undefined);
  }
}
