import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Can, Granted } from "../permissions/can.ts";
import { ApplyGatewayInput, ApplyGatewayPayload, toGatewayDifference } from "../schema/apply-gateway.type.ts";
import { toGateway } from "../schema/gateway.shown.ts";
import { StepOutcome } from "../schema/step.type.ts";
import type { Write } from "./canvas-write.ts";
import { seesFunctions } from "./live-gateway.resolver.ts";
import { announce, told } from "./project-changes.ts";
import { grantedProject } from "./project.resolver.ts";

@Resolver()
export class ApplyGatewayResolver {
  @Mutation(() => ApplyGatewayPayload, {
    nullable: true,
    description:
      "Makes a gateway run as it is saved: writes what differs, and answers once the gateway serves it, which takes a few seconds. What was written is put back when a later step fails; the error says what became of each.",
  })
  @Can("project:write", { on: "input.project" })
  async applyGateway(
    @Granted() grant: Write,
    @Arg("input", () => ApplyGatewayInput, { description: "Of which project, and which." })
    { gateway: id, dryRun }: ApplyGatewayInput,
    @Ctx() context: SignedIn,
  ): Promise<ApplyGatewayPayload> {
    const { services, lookups } = context;
    const write = services.gateways.apply
      .apply(grant, id, { isTried: dryRun, seesFunctions: seesFunctions(context, grant) })
      .finally(lookups.gateways.forget);
    const { gateway, difference, steps } = await told(write, (done) => {
      if (!dryRun && done?.steps.length !== 0) {
        announce(context, grant, { kind: "GATEWAYS", entities: [`gateways/${id}`] });
      }
    });
    return {
      project: grantedProject(grant),
      gateway: toGateway(gateway.item, grant),
      difference: difference.map(toGatewayDifference),
      steps: steps.map(({ title, outcome }) => ({ title, outcome: StepOutcome[outcome] })),
    };
  }
}
