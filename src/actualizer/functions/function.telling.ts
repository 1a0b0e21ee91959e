import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { ObjectRefusal } from "../../services/kubernetes/object.refusal.ts";
import { clusterTime, type ResourceWriting } from "../controller/resource.writing.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { FunctionPlaces } from "./function.places.ts";
import { functionConditions, statusAfter, type Done, type FunctionDoing } from "./function.status.ts";
import type { FunctionWorkloads } from "./function.workloads.ts";

interface Parts {
  readonly writing: ResourceWriting<FunctionResource>;
  readonly workloads: FunctionWorkloads;
  readonly places: FunctionPlaces;
}

/** What is said once nothing is left to be done. */
export const applied = conditionOf("Applied", "Applied");

/** Whether the cluster has refused because the resource is another by now. */
const isChanged = (error: unknown) => error instanceof ObjectRefusal && error.kind === "CHANGED";

/** Writes into functions' status how far they are, and remembers what it could not write. */
export function createFunctionTelling({ writing, workloads, places }: Parts) {
  /** What was done and could not be told yet, by uid. */
  const kept = new Map<string, Done>();
  const uidOf = ({ metadata }: FunctionResource) => metadata.uid ?? "";

  async function say(
    resource: FunctionResource,
    client: ObjectClient,
    about: SaidCondition,
    what: {
      readonly more?: object | undefined;
      readonly doing?: FunctionDoing;
      /** It has been worked on as it was before. */
      readonly isOther?: boolean;
    } = {},
  ): Promise<void> {
    const seen = { isLive: workloads.isLive(), workload: places.workloadOf(resource) };
    const conditions = functionConditions(resource, seen, about, what.doing);
    const more = what.more as Readonly<Record<string, unknown>> | undefined;
    const isUntouched = what.doing !== undefined || what.isOther === true || about !== applied;
    await writing.say(resource, client, { conditions, more, isUntouched });
  }

  /** Tells what has come of something, whatever has become of the resource meanwhile. */
  async function tell(resource: FunctionResource, client: ObjectClient, done: Done): Promise<void> {
    const about = done.state === "SUCCEEDED" ? applied : conditionOf("Applied", "Failed", done.reason);
    const write = (now: FunctionResource) =>
      say(now, client, about, {
        more: statusAfter(now.status, done, clusterTime()),
        isOther: now.metadata.generation !== resource.metadata.generation,
      });
    kept.set(uidOf(resource), done);
    try {
      await write(writing.latest(resource));
    } catch (error) {
      if (!isChanged(error)) throw error;
      const now = await writing.reread(resource, client);
      if (now) await write(now);
    }
    kept.delete(uidOf(resource));
  }

  return {
    say,
    tell,
    /** What was done and could not be told. */
    untold: (resource: FunctionResource) => kept.get(uidOf(resource)),
    forget: (uid: string) => void kept.delete(uid),
    /** Somebody else may have done more since, and told of it. */
    clear: () => kept.clear(),
  };
}

export type FunctionTelling = ReturnType<typeof createFunctionTelling>;
