import type { SignedIn } from "../context.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import type { RestartTarget } from "../services/kubernetes/restarts.ts";

const notDeployed = "The function is not deployed: nothing runs that could be started anew.";
const notRunning = "The workspace does not run: there is nothing that could be started anew.";

/** Why nothing of it runs on the cluster. */
async function absence(
  { lookups }: SignedIn,
  grant: ProjectGrant | FunctionsGrant,
  target: RestartTarget,
): Promise<Error> {
  if (target.kind === "WORKSPACE") return new Conflict(notRunning, {});
  if (target.kind === "GATEWAY") return new NotFound("gateway");
  const isSaved = grant.about === "functions" && (await lookups.functions.read(grant, target.name));
  return isSaved ? new Conflict(notDeployed, {}) : new NotFound("function");
}

/** Has the pods of something replaced; when that was asked for. */
export async function rollOut(
  context: SignedIn,
  grant: ProjectGrant<"write"> | FunctionsGrant<"write">,
  target: RestartTarget,
): Promise<Date> {
  const restartedAt = await context.services.restarts.rollout(grant, target);
  if (!restartedAt) throw await absence(context, grant, target);
  return restartedAt;
}
