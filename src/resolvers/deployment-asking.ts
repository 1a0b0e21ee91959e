import type { SignedIn } from "../context.ts";
import { NotFound, SettError } from "../errors.ts";
import type { FunctionsGrant } from "../permissions/grant.ts";
import { toDeployment, type Deployment } from "../schema/deployment.type.ts";
import type { DeploymentPayload } from "../schema/function-payload.type.ts";
import { toFunction } from "../schema/function.type.ts";
import { fromGlobalId } from "../schema/global-id.ts";
import type { Asker } from "../services/functions/deployments/deployments.service.ts";
import { announceFunctions, told } from "./project-changes.ts";
import type { DeploymentKind } from "../live/deployment.record.ts";

/** The viewer as who asks for a deployment; whether that one still may is asked anew, and what is not answered is no yes. */
export async function askerOf(
  { lookups, policy }: SignedIn,
  { producer, env }: FunctionsGrant<"write">,
): Promise<Asker> {
  const { login } = await lookups.viewer("recent");
  const mayStill = async () => {
    try {
      await policy.require("functions:write", { producer, env }, "fresh");
      return true;
    } catch (error) {
      if (error instanceof SettError) return false;
      throw error;
    }
  };
  return { login, mayStill };
}

/** Asks for a deployment in the viewer's name, and tells of it before it is done. */
export async function deployed(
  context: SignedIn,
  grant: FunctionsGrant<"write">,
  name: string,
  kind: DeploymentKind,
): Promise<DeploymentPayload> {
  const { services, lookups } = context;
  const asker = await askerOf(context, grant);
  const asking = services.functions.deploy(grant, name, kind, asker).finally(lookups.functions.forget);
  const asked = await told(asking, () => announceFunctions(context, grant, [name]));
  return { deployment: toDeployment(asked.deployment), function: toFunction(grant, asked.deployed) };
}

/** What tells a deployment from others, out of its id. */
export function keyIn(id: string): string {
  return fromGlobalId(id)?.parts.at(-1) ?? "";
}

/** A deployment as the graph shows it, for who may read the functions that its id says it is of. */
export async function findDeployment(
  { functions }: SignedIn["services"],
  grant: FunctionsGrant,
  id: string,
): Promise<Deployment> {
  const found = await functions.deployments.find(grant, keyIn(id));
  if (!found) throw new NotFound("deployment");
  return toDeployment(found);
}
