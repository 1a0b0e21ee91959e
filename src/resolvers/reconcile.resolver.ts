import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { Forbidden, NotFound } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, PlatformGrant, ProducerGrant, ProjectGrant } from "../permissions/grant.ts";
import { DeployedKind } from "../schema/deployed-kind.enum.ts";
import { SetProducerPausedInput, SetProducerPausedPayload } from "../schema/platform.type.ts";
import { toProducer } from "../schema/producer.type.ts";
import { toProjectDeployment } from "../schema/project-deployment.type.ts";
import { ReconcileInput, ReconcilePayload } from "../schema/reconcile.type.ts";
import { grantedProject } from "./project.resolver.ts";

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof Forbidden) && !(error instanceof NotFound)) throw error;
}

/** The right to have functions looked at: it is needed where they are meant, and otherwise they are left out without it. */
async function functionsFor(
  { policy }: SignedIn,
  { producer, env }: ProjectGrant,
  kind: DeployedKind | null | undefined,
): Promise<FunctionsGrant<"write"> | undefined> {
  const asked = () => policy.require("functions:write", { producer, env }, "fresh");
  if (kind === DeployedKind.FUNCTION) return asked();
  return kind == null ? asked().catch(unlessRefused) : undefined;
}

/** What people wish of the actualizer. */
@Resolver()
export class ReconcileResolver {
  @Mutation(() => ReconcilePayload, {
    nullable: true,
    description:
      "Has the actualizer read anew what is saved of a project, and look at what runs of it now rather than in its own time. Functions are looked at if you may write them.",
  })
  @Can("project:write", { on: "input.project" })
  async reconcile(
    @Granted() grant: ProjectGrant<"write">,
    @Arg("input", () => ReconcileInput, { description: "What is to be looked at." })
    { kind, name }: ReconcileInput,
    @Ctx() context: SignedIn,
  ): Promise<ReconcilePayload> {
    const functions = await functionsFor(context, grant, kind);
    const wish = { kind: kind ?? undefined, name: name ?? undefined, functions };
    const concerned = await context.services.actualizer.reconcile(grant, wish);
    return { project: grantedProject(grant), deployments: concerned.map(toProjectDeployment) };
  }

  @Mutation(() => SetProducerPausedPayload, {
    nullable: true,
    description:
      "Says whether the actualizer is to leave alone everything of a producer's: what runs stays as it is.",
  })
  @Can(["platform:admin", "producer:admin"], { on: "input.producer" })
  async setProducerPaused(
    @Granted() grants: readonly [PlatformGrant, ProducerGrant<"admin">],
    @Arg("input", () => SetProducerPausedInput, { description: "Whose, and whether." })
    { paused, reason }: SetProducerPausedInput,
    @Ctx() { services, names }: SignedIn,
  ): Promise<SetProducerPausedPayload> {
    const { producer, login } = grants[1];
    const isPaused = await services.actualizer.setPaused(grants, {
      isPaused: paused,
      reason: reason ?? undefined,
    });
    return { producer: toProducer(producer, login, names.environments), isPaused };
  }
}
