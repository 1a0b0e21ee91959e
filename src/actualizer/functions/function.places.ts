import type { KnownResources } from "../controller/known.objects.ts";
import { functionPart, resourceName, type Place } from "../names/object.names.ts";
import type { FunctionResource } from "../resources/function.resource.ts";
import type { WorkspaceResource } from "../resources/workspace.resource.ts";
import { isWanted } from "./function.step.ts";
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
  const left = new Map<string, boolean>();
  const listeners = new Set<(workspace: string) => void>();
  const keyOf = (place: Place) => resourceName(place);

  const workloadOf = ({ spec }: FunctionResource) => {
    const found = workloads.of(workloadName(spec, spec.name));
    return found?.isLeaving === true ? undefined : found;
  };
  const all = (key: string) => [...(names.get(key) ?? [])].flatMap((name) => functions.get(name) ?? []);
  /** Whether anything of an environment runs that its functions know of, or is on its way out. */
  const isLeft = (key: string) => all(key).some((each) => isLeaving(each) || workloadOf(each) !== undefined);

  function note(place: Place): void {
    const key = keyOf(place);
    const [before, now] = [left.get(key) ?? false, isLeft(key)];
    if (now) left.set(key, now);
    else left.delete(key);
    if (before !== now) for (const listener of listeners) listener(key);
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
    note(spec);
  });
  workloads.listen((workload) => {
    const resource = byWorkload.get(workload);
    if (resource) note(resource.spec);
  });

  return {
    of: (place) => [...(names.get(keyOf(place)) ?? [])],
    workloadOf,
    isTakingBack: ({ spec, metadata }) => {
      // What was never listed in full is not known to be gone.
      if (!functions.isKnown() || !workloads.isKnown()) return true;
      const key = keyOf(spec);
      if (metadata.deletionTimestamp === undefined) return isLeft(key);
      // What is wanted brings its workspace back; it is not waited for.
      return all(key).some((each) => isLeaving(each) || (!isWanted(each) && workloadOf(each) !== undefined));
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
