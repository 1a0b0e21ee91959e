import type { ClusterObject } from "./kubernetes.object.ts";
import type { ObjectStore } from "./object.store.ts";
import type { Resource } from "./resource.kinds.ts";

/** What becomes of the dependents of an object that is deleted. */
export type Propagation = "Background" | "Foreground" | "Orphan";

/** Holds an object until its dependents are gone. */
export const foregroundFinalizer = "foregroundDeletion";
/** Holds an object until its dependents are nobody's. */
export const orphanFinalizer = "orphan";

/** Whether an object is to go, and nobody holds it any more. */
export function isDue({ metadata }: ClusterObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  return deletionTimestamp !== undefined && deletionGracePeriodSeconds === 0 && finalizers.length === 0;
}

/** Writes an object, or takes it away if that was the last that it waited for. */
export function writeOrRemove<T extends ClusterObject>(
  store: ObjectStore,
  resource: Resource<T>,
  object: T,
): T {
  if (!isDue(object)) return store.update(resource, object);
  store.delete(resource, object.metadata.namespace, object.metadata.name);
  return object;
}

/** An object with other finalizers. */
export function withFinalizers<T extends ClusterObject>(object: T, finalizers: readonly string[]): T {
  const { finalizers: _finalizers, ...metadata } = object.metadata;
  return { ...object, metadata: finalizers.length === 0 ? metadata : { ...metadata, finalizers } };
}
