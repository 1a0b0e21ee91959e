import type { Log } from "../../log.ts";
import { noSuchFunction } from "../../services/functions/deployments/deployment.runner.ts";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { NotApplied } from "../controller/reconcile.ts";
import { clusterTime, type ResourceWriting } from "../controller/resource.writing.ts";
import { conditionOf } from "../resources/conditions.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { FunctionCommand } from "./function.commands.ts";
import { removeLeftovers } from "./function.leftovers.ts";
import type { FunctionMemory } from "./function.memory.ts";
import type { FunctionPatience } from "./function.patience.ts";
import { statusAfter, type Done, type FunctionDoing } from "./function.status.ts";
import type { FunctionTelling } from "./function.telling.ts";
import { SlsApiAway } from "./sls-api.away.ts";

interface Parts {
  readonly writing: ResourceWriting<FunctionResource>;
  readonly memory: FunctionMemory;
  readonly telling: FunctionTelling;
  readonly command: FunctionCommand;
  readonly patience: FunctionPatience;
  readonly log: Log;
}

const away = conditionOf("Applied", "Waiting", "(sls-api does not answer)");
const busy = conditionOf(
  "Applied",
  "Waiting",
  "(another function of the environment has its turn at sls-api)",
);
/** Has sls-api do what is to be done to a function, and tells what came of it; answers in how long to look again. */
export function createFunctionCarrying({ writing, memory, telling, command, patience, log }: Parts) {
  const { say, tell } = telling;

  return async (
    resource: FunctionResource,
    kindOf: FunctionDoing,
    client: ObjectClient,
    signal: AbortSignal,
  ): Promise<number | undefined> => {
    const { request, source } = resource.spec;
    const failedMs = memory.failedMs(resource, kindOf);
    if (failedMs > 0) return failedMs;
    const begun: Done = { kind: kindOf, state: "RUNNING", request, source };
    const { request: answered, outcome: before } = resource.status ?? {};
    const wasDeployed = before?.kind === "DEPLOY" && before.state === "SUCCEEDED";
    const isLost = kindOf === "DEPLOY" && request === answered && wasDeployed;
    const outcome = await command(resource, kindOf, signal, async () => {
      await say(resource, client, conditionOf("Applied", "Waiting", "(sls-api is at it)"), {
        more: statusAfter(resource.status, begun, clusterTime()),
        doing: kindOf,
      });
      // Not before it has its turn: who only waits for it is not lost once more each time that it asks.
      if (isLost) memory.lost(resource);
    });
    if (outcome === "busy") {
      await say(resource, client, busy);
      return patience.waitMs;
    }
    if (outcome === "away") {
      await say(writing.latest(resource), client, away);
      throw new SlsApiAway();
    }
    const isUnknown = kindOf === "UNDEPLOY" && outcome.reason === noSuchFunction.reason;
    if (isUnknown && (await removeLeftovers(resource, client, log))) {
      // Whoever made it may make it again: that is not answered at once each time.
      memory.failed(resource, kindOf);
      await tell(resource, client, { kind: kindOf, state: "SUCCEEDED", request, source });
      return patience.settleMs;
    }
    const { state, reason, revision } = outcome;
    const isKnown = state === "SUCCEEDED" || state === "UNKNOWN";
    const done: Done = { kind: kindOf, state: isKnown ? state : "FAILED", request, source, reason, revision };
    if (state === "SUCCEEDED") memory.succeeded(resource);
    else memory.failed(resource, kindOf);
    await tell(resource, client, done);
    if (state !== "SUCCEEDED") throw new NotApplied([reason ?? "It failed."]);
    return patience.settleMs;
  };
}
