import type { ObjectClient } from "../../services/kubernetes/object.client.ts";
import { finalizer } from "../controller/controlled.kind.ts";
import type { Reconciler } from "../controller/reconcile.ts";
import { createResourceWriting } from "../controller/resource.writing.ts";
import { conditionOf } from "../resources/conditions.ts";
import { producerKind, producerShape, type ProducerResource } from "../resources/producer.resource.ts";
import { isPaused } from "../resources/resources.ts";
import { producerReady } from "./producer.summary.ts";
import type { ProducerStates } from "./producer.states.ts";
import type { ProjectingPatience } from "./projecting.patience.ts";
import type { ProducersResource, ResourceCensus } from "./resource.census.ts";
import type { ResourceDoing } from "./resource.doing.ts";

interface Parts {
  readonly census: ResourceCensus;
  readonly states: ProducerStates;
  readonly doing: ResourceDoing;
  readonly patience: Pick<ProjectingPatience, "waitMs"> & { readonly lookMs: number };
}

/** What has to go next of one who is deleted: functions are taken back by what the workspace runs, so they go first. */
export function nextToGo(known: readonly ProducersResource[]): readonly ProducersResource[] {
  const functions = known.filter(({ kind }) => kind === "Function");
  return functions.length > 0 ? functions : known;
}

/** Says how all that a producer has does, and lets go of a producer who is deleted when all of that is gone. */
export function createProducerReconciler({
  census,
  states,
  doing,
  patience,
}: Parts): Reconciler<ProducerResource> {
  const writing = createResourceWriting<ProducerResource>({
    names: producerKind,
    read: (object) => producerShape.parse(object),
  });

  function find(name: string): ProducerResource | undefined {
    const known = census.isKnown() ? census.producer(name) : undefined;
    return known && writing.latest(known);
  }

  const isHeld = ({ metadata }: ProducerResource) => (metadata.finalizers ?? []).includes(finalizer);

  async function finish(resource: ProducerResource, client: ObjectClient): Promise<number | undefined> {
    if (!isHeld(resource)) return undefined;
    if (!census.isLive()) return patience.waitMs;
    const known = census.of(resource.metadata.name);
    if (known.length === 0) {
      await writing.letGo(resource, client);
      return undefined;
    }
    const next = nextToGo(known).filter((each) => each.metadata.deletionTimestamp === undefined);
    for (const each of next) if (!isPaused(each)) await doing.remove(each, client);
    return patience.waitMs;
  }

  return {
    writing,
    reconcile: async (name, client) => {
      const found = find(name);
      if (!found) return undefined;
      if (isPaused(found)) {
        const conditions = [conditionOf("Paused", "Paused")];
        await writing.say(found, client, { conditions, isUntouched: true });
        return undefined;
      }
      if (found.metadata.deletionTimestamp !== undefined) return finish(found, client);
      const resource = await writing.hold(found, client);
      const state = states.get(name);
      // Of one who is new nothing is known before what is saved has been read.
      if (!state && resource.status?.conditions === undefined) return patience.lookMs;
      const ready = producerReady(census.of(name));
      const said = state?.said ?? [];
      await writing.say(resource, client, {
        conditions: [conditionOf("Paused", "NotPaused"), ...said, ready],
      });
      return patience.lookMs;
    },
    plan: async (name) => {
      const resource = find(name);
      if (!resource || isPaused(resource) || resource.metadata.deletionTimestamp === undefined) return [];
      return census.of(name).map(({ kind, metadata }) => `would remove ${kind} ${metadata.name}`);
    },
  };
}
