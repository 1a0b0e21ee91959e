import type { KnownObjects, KnownResources } from "../controller/known.objects.ts";
import { resourceKey } from "../names/host.claims.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { GatewayResource } from "../resources/gateway.resource.ts";
import type { ProducerResource } from "../resources/producer.resource.ts";
import { isPaused, type CustomResource } from "../resources/resources.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";

/** The custom resources of all kinds, as the cluster is known to have them. */
export interface AllResources {
  readonly producers: KnownResources<ProducerResource>;
  readonly workspaces: KnownResources<WorkspaceResource>;
  readonly gateways: KnownResources<GatewayResource>;
  readonly functions: KnownResources<FunctionResource>;
}

/** What a producer has. */
export type ProducersResource = Exclude<CustomResource, ProducerResource>;

/** A resource before and after something happened to it; undefined where there was none, or is none any more. */
export interface CensusChange {
  readonly before: CustomResource | undefined;
  readonly after: CustomResource | undefined;
}

/** All resources by whose they are: what happens to one costs what that one has. */
export interface ResourceCensus {
  readonly all: readonly KnownObjects[];
  /** Whether everything has been listed once. */
  readonly isKnown: () => boolean;
  /** Whether what is known is what is so. */
  readonly isLive: () => boolean;
  readonly producers: () => readonly string[];
  readonly producer: (name: string) => ProducerResource | undefined;
  /** What a producer has. */
  readonly of: (producer: string) => readonly ProducersResource[];
  readonly listen: (listener: (change: CensusChange) => void) => void;
  /** Ends once everything has been listed, or the signal does. */
  readonly whenKnown: (signal: AbortSignal) => Promise<void>;
}

/** Whether a producer is there to be worked on: neither paused nor on its way out. */
export const isWorkedOn = (producer: ProducerResource | undefined): boolean =>
  producer !== undefined && !isPaused(producer) && producer.metadata.deletionTimestamp === undefined;

/** Whose a resource is. */
export const producerOf = (resource: CustomResource): string =>
  resource.kind === "Producer" ? resource.metadata.name : resource.spec.producer;

/** Keeps the census by what the watches tell; to be made before they start. */
export function createResourceCensus(resources: AllResources): ResourceCensus {
  const { producers, workspaces, gateways, functions } = resources;
  const all = [producers, workspaces, gateways, functions];
  const byProducer = new Map<string, Map<string, ProducersResource>>();
  const byKey = new Map<string, CustomResource>();
  const listeners: ((change: CensusChange) => void)[] = [];
  const isKnown = () => all.every((each) => each.isKnown());

  function take(key: string, resource: CustomResource): void {
    byKey.set(key, resource);
    if (resource.kind === "Producer") return;
    const those = byProducer.get(producerOf(resource)) ?? new Map<string, ProducersResource>();
    byProducer.set(producerOf(resource), those.set(key, resource));
  }

  function drop(key: string, resource: CustomResource): void {
    byKey.delete(key);
    const those = byProducer.get(producerOf(resource));
    those?.delete(key);
    if (those?.size === 0) byProducer.delete(producerOf(resource));
  }

  function follow<Resource extends CustomResource>(known: KnownResources<Resource>): void {
    known.listen((told) => {
      const key = resourceKey(told);
      const before = byKey.get(key);
      // The one that is there now counts, which may be another of its name.
      const after = known.get(told.metadata.name);
      if (before === after) return;
      if (before) drop(key, before);
      if (after) take(key, after);
      for (const listener of listeners) listener({ before, after });
    });
  }
  follow(producers);
  follow(workspaces);
  follow(gateways);
  follow(functions);

  return {
    all,
    isKnown,
    isLive: () => all.every((each) => each.isLive()),
    producers: producers.names,
    producer: producers.get,
    of: (producer) => [...(byProducer.get(producer)?.values() ?? [])],
    listen: (listener) => {
      listeners.push(listener);
    },
    whenKnown: (signal) =>
      new Promise((resolve) => {
        const stops: (() => void)[] = [];
        const end = () => {
          for (const stop of stops) stop();
          signal.removeEventListener("abort", end);
          resolve();
        };
        if (isKnown() || signal.aborted) return end();
        signal.addEventListener("abort", end, { once: true });
        for (const each of all) stops.push(each.onLive(() => isKnown() && end()));
      }),
  };
}
