import type { Log } from "../../log.ts";
import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { finalizer, type ControlledKind } from "../controller/controlled.kind.ts";
import type { KnownResources } from "../controller/known.objects.ts";
import type { Reconciler } from "../controller/reconcile.ts";
import { createResourceWriting } from "../controller/resource.writing.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import { createFunctionCarrying } from "./function.carrying.ts";
import type { FunctionCommand } from "./function.commands.ts";
import { createFunctionMemory } from "./function.memory.ts";
import type { FunctionPatience } from "./function.patience.ts";
import type { FunctionPlaces } from "./function.places.ts";
import { createFunctionRemoval } from "./function.removal.ts";
import { stepOf, type FunctionStep } from "./function.step.ts";
import { applied, createFunctionTelling } from "./function.telling.ts";
import type { FunctionWorkloads } from "./function.workloads.ts";

interface Parts {
  readonly kind: Pick<ControlledKind<FunctionResource>, "names" | "read" | "isPaused">;
  readonly functions: KnownResources<FunctionResource>;
  readonly workloads: FunctionWorkloads;
  readonly places: FunctionPlaces;
  readonly command: FunctionCommand;
  /** Whether the environment of a function is still to have an sls-api. */
  readonly hasSlsApi: (resource: FunctionResource) => boolean;
  readonly patience: FunctionPatience;
  readonly log: Log;
}

const held = conditionOf("Applied", "Waiting", "(what was begun before may not be over)");

/** What is said while nothing is to be done: of what has failed, that it has, although what ran before still runs. */
function restingCondition({ spec, status }: FunctionResource): SaidCondition {
  const { kind, state, reason } = status?.outcome ?? {};
  const hasFailed = spec.running === true && kind === "DEPLOY" && (state === "FAILED" || state === "UNKNOWN");
  return hasFailed ? conditionOf("Applied", "Failed", reason) : applied;
}

const planned: Readonly<Partial<Record<FunctionStep["what"], string>>> = {
  deploy: "would deploy",
  takeBack: "would take back",
  remember: "would write down that people want, and take back,",
};

/** Makes of functions what their resources say. */
export interface FunctionReconciler extends Reconciler<FunctionResource> {
  /** Forgets what was seen and done in a term that is over. */
  readonly clear: () => void;
}

/** Deploys functions and takes them back through sls-api, as their resources say. */
export function createFunctionReconciler(parts: Parts): FunctionReconciler {
  const { kind, functions, workloads, places, command, patience, log } = parts;
  const writing = createResourceWriting(kind);
  const memory = createFunctionMemory(patience);
  const telling = createFunctionTelling({ writing, workloads, places });
  const { say, tell, untold } = telling;

  function find(name: string): FunctionResource | undefined {
    if (!functions.isKnown() || !workloads.isKnown()) return undefined;
    const told = functions.get(name);
    return told && writing.latest(told);
  }

  function seenOf(resource: FunctionResource) {
    const runs = workloads.isLive() ? places.workloadOf(resource) !== undefined : undefined;
    return {
      runs,
      isSettling: memory.isSettling(resource, runs),
      isHeld: memory.heldMs(resource) > 0,
    };
  }

  const carry = createFunctionCarrying({ writing, memory, telling, command, patience, log });
  const finish = createFunctionRemoval({ ...parts, memory, say });

  async function follow(resource: FunctionResource, client: ObjectClient, signal: AbortSignal) {
    const step = stepOf(resource, seenOf(resource));
    switch (step.what) {
      case "rest":
        await say(resource, client, restingCondition(resource));
        return patience.lookMs;
      case "wait":
        if (step.because === "held") await say(resource, client, held);
        if (step.because === "settling") await say(resource, client, applied);
        return step.because === "held" ? memory.heldMs(resource) : patience.waitMs;
      case "remember":
        await writing.intend(resource, client, { running: true });
        return 0;
      case "answer":
        await tell(resource, client, { ...step.outcome, request: resource.spec.request, source: undefined });
        return patience.lookMs;
      case "deploy":
        return carry(resource, "DEPLOY", client, signal);
      case "takeBack":
        return carry(resource, "UNDEPLOY", client, signal);
    }
  }

  functions.listen(({ metadata }, isGone) => {
    if (!isGone) return;
    memory.forget(metadata.uid ?? "");
    telling.forget(metadata.uid ?? "");
  });

  return {
    writing,
    clear: () => {
      memory.clear();
      telling.clear();
    },
    reconcile: async (name, client, signal) => {
      const found = find(name);
      if (!found) return undefined;
      if (kind.isPaused(found)) {
        await writing.say(found, client, {
          conditions: [conditionOf("Paused", "Paused")],
          isUntouched: true,
        });
        return undefined;
      }
      const done = untold(found);
      if (done) await tell(found, client, done);
      const resource = writing.latest(found);
      if (resource.metadata.deletionTimestamp === undefined) {
        return follow(await writing.hold(resource, client), client, signal);
      }
      if (!(resource.metadata.finalizers ?? []).includes(finalizer)) return undefined;
      const laterMs = await finish(resource, client, signal);
      if (laterMs === undefined) await writing.letGo(writing.latest(resource), client);
      return laterMs;
    },
    plan: async (name) => {
      const resource = find(name);
      if (!resource || kind.isPaused(resource)) return [];
      const isLeaving = resource.metadata.deletionTimestamp !== undefined;
      const words = isLeaving ? "would take back" : planned[stepOf(resource, seenOf(resource)).what];
      return words === undefined ? [] : [`${words} the function ${resource.spec.name}`];
    },
  };
}
