import type { KnownResources } from "../controller/known.objects.ts";
import { functionPart, resourceName, type Place } from "../names/object.names.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import { isUnwanted } from "./function.step.ts";
import { workloadName, type FunctionWorkload, type FunctionWorkloads } from "./function.workloads.ts";

/** Functions by the environment that they are of, with what runs of them. */
export interface FunctionPlaces {
  /** The names of the resources of an environment. */
  readonly of: (place: Place) => readonly string[];
  /** What runs a function; undefined where nothing does that is to stay. */
  readonly workloadOf: (resource: FunctionResource) => FunctionWorkload | undefined;
  /** Whether functions of a workspace's environment still have to be taken back, for which its sls-api is needed. */
  readonly isTakingBack: (workspace: WorkspaceResource) => boolean;
  /** Tells of each function of which another thing runs now than before. */
  readonly onWorkload: (listener: (name: string) => void) => () => void;
  /** Tells of a workspace once its sls-api is needed for that, or is not any more. */
  readonly onTakingBack: (listener: (workspace: string) => void) => () => void;
}

interface Parts {
  readonly functions: KnownResources<FunctionResource>;
  readonly workloads: FunctionWorkloads;
}

/** The name of the resource that is a function of a producer's environment. */
export const functionResourceName = (place: Place, name: string) => resourceName(place, functionPart(name));

const isLeaving = ({ metadata }: FunctionResource) => metadata.deletionTimestamp !== undefined;

/** Keeps them by each change alone; begins with the next one, so it is made before anything is watched. */
export function createFunctionPlaces({ functions, workloads }: Parts): FunctionPlaces {
  const names = new Map<string, Set<string>>();
  const byWorkload = new Map<string, FunctionResource>();
  /** By environment, which functions run as far as is known, or are on their way out. */
  const left = new Map<string, Set<string>>();
  const listeners = new Set<(workspace: string) => void>();
  const keyOf = (place: Place) => resourceName(place);

  const workloadOf = ({ spec }: FunctionResource) => {
    const found = workloads.of(workloadName(spec, spec.name));
    return found?.isLeaving === true ? undefined : found;
  };
  const isLeft = (each: FunctionResource) => isLeaving(each) || workloadOf(each) !== undefined;
  /** Whether any of an environment's functions is like that, by what is known of all of them in this moment. */
  function isAny(key: string, like: (each: FunctionResource) => boolean): boolean {
    for (const name of names.get(key) ?? []) {
      const each = functions.get(name);
      if (each && like(each)) return true;
    }
    return false;
  }

  /** One of an environment's functions is another now: what that costs does not depend on how many there are. */
  function note({ metadata, spec }: FunctionResource): void {
    const key = keyOf(spec);
    const those = left.get(key) ?? new Set<string>();
    const before = those.size > 0;
    const now = functions.get(metadata.name);
    if (now && isLeft(now)) those.add(metadata.name);
    else those.delete(metadata.name);
    const isNow = those.size > 0;
    if (isNow) left.set(key, those);
    else left.delete(key);
    if (before !== isNow) for (const listener of listeners) listener(key);
  }

  functions.listen((resource, isGone) => {
    const { spec, metadata } = resource;
    const key = keyOf(spec);
    const workload = workloadName(spec, spec.name);
    // One of the same name may have taken its place already.
    const now = functions.get(metadata.name);
    if (isGone && !now) {
      const those = names.get(key);
      those?.delete(metadata.name);
      if (those?.size === 0) names.delete(key);
      byWorkload.delete(workload);
    } else {
      names.set(key, (names.get(key) ?? new Set()).add(metadata.name));
      byWorkload.set(workload, now ?? resource);
    }
    note(resource);
  });
  workloads.listen((workload) => {
    const resource = byWorkload.get(workload);
    if (resource) note(resource);
  });

  return {
    of: (place) => [...(names.get(keyOf(place)) ?? [])],
    workloadOf,
    isTakingBack: ({ spec, metadata }) => {
      // What was never listed in full is not known to be gone.
      if (!functions.isKnown() || !workloads.isKnown()) return true;
      const key = keyOf(spec);
      if (metadata.deletionTimestamp === undefined) return isAny(key, isLeft);
      // What stays as it is brings its workspace back; that is not waited for, since nothing ends it.
      return isAny(key, (each) => isLeaving(each) || (isUnwanted(each) && workloadOf(each) !== undefined));
    },
    onWorkload: (listener) =>
      workloads.listen((workload) => {
        const resource = byWorkload.get(workload);
        if (resource) listener(resource.metadata.name);
      }),
    onTakingBack: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
