import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant } from "../permissions/grant.ts";
import { Deployment } from "../schema/deployment.type.ts";
import { DeploymentPayload } from "../schema/function-payload.type.ts";
import { FunctionInput } from "../schema/function-write.type.ts";
import { deployed, findDeployment } from "./deployment-asking.ts";

type Write = FunctionsGrant<"write">;

const which = { description: "Whose, and which." };

/** Deployments of functions: asked for, done in their turns, and looked up. */
@Resolver()
export class DeploymentResolver {
  @Query(() => Deployment, {
    nullable: true,
    description: "A deployment, by the id that asking for it gave.",
  })
  @Can("functions:read", { on: "id" })
  deployment(
    @Granted() grant: FunctionsGrant,
    @Arg("id", () => ID, { description: "The id, as an earlier answer gave it." }) id: string,
    @Ctx() { services }: SignedIn,
  ): Promise<Deployment> {
    return findDeployment(services, grant, id);
  }

  @Mutation(() => DeploymentPayload, {
    nullable: true,
    description:
      "Deploys a function as it is saved when its turn comes. Deployments of one function are done one after the other, in the order they were asked for.",
  })
  @Can("functions:write", { on: "input.project" })
  deployFunction(
    @Granted() grant: Write,
    @Arg("input", () => FunctionInput, which) { name }: FunctionInput,
    @Ctx() context: SignedIn,
  ): Promise<DeploymentPayload> {
    return deployed(context, grant, name, "DEPLOY");
  }

  @Mutation(() => DeploymentPayload, {
    nullable: true,
    description: "Takes what runs of a function off the cluster when its turn comes; what is saved stays.",
  })
  @Can("functions:write", { on: "input.project" })
  undeployFunction(
    @Granted() grant: Write,
    @Arg("input", () => FunctionInput, which) { name }: FunctionInput,
    @Ctx() context: SignedIn,
  ): Promise<DeploymentPayload> {
    return deployed(context, grant, name, "UNDEPLOY");
  }
}
