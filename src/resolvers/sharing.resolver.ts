import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import { ProjectPayload, ShareProjectInput, UnshareProjectInput } from "../schema/project.type.ts";
import { grantedProject } from "./project.resolver.ts";

type Grants = readonly [ProjectGrant<"admin">, FunctionsGrant<"admin">];

@Resolver()
export class SharingResolver {
  @Mutation(() => ProjectPayload, {
    nullable: true,
    description: "Lets somebody into a project: into its repository and the functions', or into neither.",
  })
  @Can(["project:admin", "functions:admin"], { on: "input.project" })
  async shareProject(
    @Granted() grants: Grants,
    @Arg("input", () => ShareProjectInput, { description: "Whom, into what and how far." })
    { login, level }: ShareProjectInput,
    @Ctx() { services, policy }: SignedIn,
  ): Promise<ProjectPayload> {
    await services.sharing
      .share(grants, login, level)
      .finally(() => grants.forEach((grant) => policy.forget(grant)));
    return { project: grantedProject(grants[0]) };
  }

  @Mutation(() => ProjectPayload, {
    nullable: true,
    description:
      "Takes somebody's rights to a project away: in its repository and the functions', or in neither.",
  })
  @Can(["project:admin", "functions:admin"], { on: "input.project" })
  async unshareProject(
    @Granted() grants: Grants,
    @Arg("input", () => UnshareProjectInput, { description: "Whom, and of what." })
    { login }: UnshareProjectInput,
    @Ctx() { services, policy }: SignedIn,
  ): Promise<ProjectPayload> {
    await services.sharing
      .unshare(grants, login)
      .finally(() => grants.forEach((grant) => policy.forget(grant)));
    return { project: grantedProject(grants[0]) };
  }
}
