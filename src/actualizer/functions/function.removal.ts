import type { Log } from "../../log.ts";
import { noSuchFunction } from "../../services/functions/deployments/deployment.runner.ts";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { NotApplied } from "../controller/reconcile.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { FunctionCommand } from "./function.commands.ts";
import { leftoversOf, removeLeftovers } from "./function.leftovers.ts";
import type { FunctionMemory } from "./function.memory.ts";
import type { FunctionPatience } from "./function.patience.ts";
import type { FunctionDoing } from "./function.status.ts";
import { SlsApiAway } from "./sls-api.away.ts";

interface Parts {
  readonly command: FunctionCommand;
  readonly memory: FunctionMemory;
  readonly hasSlsApi: (resource: FunctionResource) => boolean;
  readonly patience: FunctionPatience;
  readonly say: (
    resource: FunctionResource,
    client: ObjectClient,
    about: SaidCondition,
    what?: { readonly doing?: FunctionDoing },
  ) => Promise<void>;
  readonly log: Log;
}

/** Whether something may have been deployed that is not seen yet. */
function mayCome({ status }: FunctionResource): boolean {
  const { kind, state } = status?.outcome ?? {};
  return kind === "DEPLOY" && state !== "FAILED" && state !== "CANCELLED";
}

/**
 * Takes back what runs of a function whose resource is deleted; answers in how long to look again, and undefined once
 * nothing of it is left. sls-api is asked first. Where it knows no such function, where the environment is to have none
 * any more, or where it could not be asked for long, what runs is taken away from the cluster itself.
 */
export function createFunctionRemoval({ command, memory, hasSlsApi, patience, say, log }: Parts) {
  return async (
    resource: FunctionResource,
    client: ObjectClient,
    signal: AbortSignal,
  ): Promise<number | undefined> => {
    const deletedMs = memory.deletedMs(resource);
    const isOverdue = deletedMs >= patience.overdueMs;
    const heldMs = memory.heldMs(resource);
    if (heldMs > 0 && !isOverdue) return heldMs;
    const left = await leftoversOf(resource, client);
    const isTakenBack = memory.takenBackMs(resource) < Infinity;
    const isSeen = left.length > 0;
    if (!isSeen && (!mayCome(resource) || isTakenBack || !hasSlsApi(resource))) return undefined;
    const isGoing = isSeen && left.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
    if (isGoing || memory.takenBackMs(resource) < patience.settleMs) return patience.waitMs;
    const failedMs = isOverdue || !hasSlsApi(resource) ? 0 : memory.failedMs(resource, "UNDEPLOY");
    if (failedMs > 0) return failedMs;
    const outcome = isOverdue ? "away" : await command(resource, "UNDEPLOY", signal);
    if (outcome === "busy") return patience.waitMs;
    if (outcome !== "away" && outcome.state === "SUCCEEDED") {
      memory.takenBack(resource);
      return patience.waitMs;
    }
    const isUnknown = outcome !== "away" && outcome.reason === noSuchFunction.reason;
    if (isUnknown || isOverdue || !hasSlsApi(resource)) {
      memory.takenBack(resource);
      await removeLeftovers(resource, client, log);
      // Whoever made it may make it again, with which nothing can be done from here.
      return isOverdue ? undefined : patience.waitMs;
    }
    // What should be there and has not been seen for this long is not there.
    if (!isSeen && deletedMs >= patience.settleMs) return undefined;
    if (outcome === "away") {
      await say(resource, client, conditionOf("Applied", "Waiting", "(sls-api does not answer)"));
      throw new SlsApiAway();
    }
    memory.failed(resource, "UNDEPLOY");
    await say(resource, client, conditionOf("Applied", "Failed", outcome.reason));
    throw new NotApplied([outcome.reason ?? "It failed."]);
  };
}
