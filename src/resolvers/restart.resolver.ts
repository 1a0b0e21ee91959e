import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, PodGrant, ProjectGrant } from "../permissions/grant.ts";
import { FunctionInput } from "../schema/function-write.type.ts";
import { toPod } from "../schema/pod.type.ts";
import {
  RestartFunctionPayload,
  RestartGatewayInput,
  RestartGatewayPayload,
  RestartPodInput,
  RestartPodPayload,
  toGatewayTarget,
} from "../schema/restart.type.ts";
import { announce, announceFunctions, announceRestart, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";
import { rollOut } from "./rolling-out.ts";

/** What runs on the cluster, started anew; nothing that is saved is deployed by it. */
@Resolver()
export class RestartResolver {
  @Mutation(() => RestartPodPayload, {
    nullable: true,
    description: "Stops a pod, so that another takes its place.",
  })
  @Can("pod:write", { on: "input.pod" })
  async restartPod(
    @Granted() grant: PodGrant<"write">,
    @Arg("input", () => RestartPodInput, { description: "Which." }) _input: RestartPodInput,
    @Ctx() context: SignedIn,
  ): Promise<RestartPodPayload> {
    const { restarts, cluster } = context.services;
    await cluster.known();
    const pod = await told(restarts.pod(grant), () => announceRestart(context, grant));
    return { pod: toPod(pod) };
  }

  @Mutation(() => RestartGatewayPayload, {
    nullable: true,
    description: "Has a gateway's pods replaced, with what it was deployed with.",
  })
  @Can("project:write", { on: "input.project" })
  async restartGateway(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => RestartGatewayInput, { description: "Which." }) input: RestartGatewayInput,
    @Ctx() context: SignedIn,
  ): Promise<RestartGatewayPayload> {
    const entities = input.id == null ? [] : [`gateways/${input.id}`];
    const tell = () => announce(context, grant, { kind: "GATEWAYS", entities });
    const restarting = rollOut(context, grant, toGatewayTarget(input));
    return { project: grantedProject(grant), restartedAt: await told(restarting, tell) };
  }

  @Mutation(() => RestartFunctionPayload, {
    nullable: true,
    description:
      "Has a function's pods replaced, with what it was deployed with: changes that were saved since are not deployed.",
  })
  @Can("functions:write", { on: "input.project" })
  async restartFunction(
    @Granted() grant: FunctionsGrant<"write">,
    @Arg("input", () => FunctionInput, { description: "Whose, and which." }) { name }: FunctionInput,
    @Ctx() context: SignedIn,
  ): Promise<RestartFunctionPayload> {
    const restarting = rollOut(context, grant, { kind: "FUNCTION", name });
    return { name, restartedAt: await told(restarting, () => announceFunctions(context, grant, [name])) };
  }
}
