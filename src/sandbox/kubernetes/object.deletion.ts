import { stamp, type ClusterObject, type Fields } from "./kubernetes.object.ts";
import {
  foregroundFinalizer,
  orphanFinalizer,
  withFinalizers,
  writeOrRemove,
  type Propagation,
} from "./object.finalizers.ts";
import type { ObjectStore } from "./object.store.ts";
import { endingPod } from "./pod.deletion.ts";
import { pods, type Resource } from "./resource.kinds.ts";
import { StatusError } from "./status.error.ts";
import type { Pod } from "./workload.objects.ts";

/** How an object is to be deleted. */
export interface DeletionOptions {
  readonly propagation?: Propagation | undefined;
  /** How long a pod is given to end. */
  readonly graceSeconds?: number | undefined;
}

/** What became of an object that was deleted; `isGone` says that it is there no more. */
export interface Deletion {
  readonly object: ClusterObject;
  readonly isGone: boolean;
}

/** Deletes an object: at once, or when those who hold it have let go. */
export function deleteObject(
  store: ObjectStore,
  resource: Resource,
  object: ClusterObject,
  { propagation, graceSeconds }: DeletionOptions = {},
): Deletion {
  const held = withFinalizers(object, finalizersFor(object, propagation));
  if ((resource as unknown) === pods) {
    const pod = held.metadata.finalizers === undefined ? (object as Pod) : store.update(pods, held as Pod);
    return { object: endingPod(store, pod, graceSeconds), isGone: false };
  }
  const { deletionTimestamp = stamp() } = object.metadata;
  const metadata = { ...held.metadata, deletionTimestamp, deletionGracePeriodSeconds: 0 };
  const isGone = held.metadata.finalizers === undefined;
  return { object: writeOrRemove(store, resource, { ...held, metadata }), isGone };
}

/** Reads how somebody wants an object deleted. */
export function deletionOptions(options: Fields, query: URLSearchParams): DeletionOptions {
  const seconds = query.get("gracePeriodSeconds") ?? options["gracePeriodSeconds"];
  const propagation = query.get("propagationPolicy") ?? options["propagationPolicy"];
  return {
    propagation: propagation as Propagation | undefined,
    graceSeconds: seconds === undefined ? undefined : Number(seconds),
  };
}

/** Throws when it is another one that is meant. */
export function checkPreconditions({ kind }: Resource, { metadata }: ClusterObject, options: Fields): void {
  const { uid, resourceVersion } = (options["preconditions"] ?? {}) as Fields;
  const { name } = metadata;
  const failed = (what: string, wanted: string, known: string): StatusError => {
    const problem =
      `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${known}). ` +
      "The object might have been " +
      (what === "UID" ? "deleted and then recreated" : "modified");
    const message = `Operation cannot be fulfilled on ${kind} "${name}": ${problem}`;
    return new StatusError(409, message, { reason: "Conflict", details: { name, kind } });
  };
  if (typeof uid === "string" && uid !== metadata.uid) throw failed("UID", uid, metadata.uid);
  if (typeof resourceVersion === "string" && resourceVersion !== metadata.resourceVersion) {
    throw failed("ResourceVersion", resourceVersion, metadata.resourceVersion);
  }
}

function finalizersFor({ metadata }: ClusterObject, propagation: Propagation | undefined): readonly string[] {
  const { finalizers = [] } = metadata;
  if (propagation === undefined) return finalizers;
  const others = finalizers.filter((each) => each !== foregroundFinalizer && each !== orphanFinalizer);
  if (propagation === "Foreground") return [...others, foregroundFinalizer];
  return propagation === "Orphan" ? [...others, orphanFinalizer] : others;
}
