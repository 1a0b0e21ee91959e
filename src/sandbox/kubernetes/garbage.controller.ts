import type { ClusterObject, OwnerReference } from "./kubernetes.object.ts";
import { deleteObject } from "./object.deletion.ts";
import {
  foregroundFinalizer,
  orphanFinalizer,
  withFinalizers,
  writeOrRemove,
  type Propagation,
} from "./object.finalizers.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import type { Resource } from "./resource.kinds.ts";

interface Place {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

interface Known extends Place {
  readonly object: ClusterObject;
}

/** Takes away what belongs to nobody who is there any more, and holds owners until what is theirs is gone or free. */
export class GarbageController {
  readonly #store: ObjectStore;
  readonly #places = new Map<string, Place>();
  readonly #dependents = new Map<string, Set<string>>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Looks at all there is anew, for when the past has come back. */
  rebuild(resources: readonly Resource[]): void {
    this.#places.clear();
    this.#dependents.clear();
    for (const resource of resources) {
      for (const object of this.#store.list(resource))
        this.#index({ resource, object, type: "ADDED", before: undefined });
    }
  }

  /** Hears of a change; answers the objects to look at, by their uids. */
  hear(change: Change): readonly string[] {
    this.#index(change);
    const { object, before, type } = change;
    const { uid, deletionTimestamp } = object.metadata;
    const own = [...(this.#dependents.get(uid) ?? [])];
    const owners = [...ownersOf(object), ...ownersOf(before)].map((each) => each.uid);
    if (type === "DELETED") return [...own, ...owners];
    if (deletionTimestamp !== undefined) return [uid, ...own, ...owners];
    return ownersOf(object).length > 0 ? [uid, ...owners] : owners;
  }

  /** Does what is to be done about an object. */
  reconcile(uid: string): void {
    const known = this.#find(uid);
    if (known === undefined) return;
    const { resource, object } = known;
    const { deletionTimestamp, finalizers = [] } = object.metadata;
    if (deletionTimestamp === undefined) return this.#settleOwners(known);
    const dependents = [...(this.#dependents.get(uid) ?? [])].flatMap((each) => this.#find(each) ?? []);
    const letGo = (finalizer: string): void => {
      const left = withFinalizers(
        object,
        finalizers.filter((each) => each !== finalizer),
      );
      writeOrRemove(this.#store, resource, left);
    };
    if (finalizers.includes(orphanFinalizer)) {
      for (const each of dependents) this.#disown(each, (owner) => owner.uid !== uid);
      return letGo(orphanFinalizer);
    }
    const blocks = ({ object: { metadata } }: Known): boolean =>
      metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion === true) ??
      false;
    if (finalizers.includes(foregroundFinalizer) && !dependents.some(blocks)) letGo(foregroundFinalizer);
  }

  /** Deletes what has no owner left, and has others forget owners that are gone. */
  #settleOwners(known: Known): void {
    const { resource, object } = known;
    const owners = ownersOf(object);
    if (owners.length === 0) return;
    const waiting = owners.filter(({ uid }) => this.#isWaiting(uid));
    const solid = owners.filter((owner) => this.#find(owner.uid) !== undefined && !waiting.includes(owner));
    if (solid.length === owners.length) return;
    if (solid.length > 0) return this.#disown(known, (owner) => solid.includes(owner));
    const hasOwn = (this.#dependents.get(object.metadata.uid)?.size ?? 0) > 0;
    const propagation = waiting.length > 0 && hasOwn ? "Foreground" : ownPropagation(object);
    deleteObject(this.#store, resource, object, { propagation });
  }

  #isWaiting(uid: string): boolean {
    const { deletionTimestamp, finalizers = [] } = this.#find(uid)?.object.metadata ?? {};
    return deletionTimestamp !== undefined && finalizers.includes(foregroundFinalizer);
  }

  #disown({ resource, object }: Known, stays: (owner: OwnerReference) => boolean): void {
    const left = ownersOf(object).filter(stays);
    const { ownerReferences: _owners, ...metadata } = object.metadata;
    const owned = left.length === 0 ? metadata : { ...metadata, ownerReferences: left };
    this.#store.update(resource, { ...object, metadata: owned });
  }

  #find(uid: string): Known | undefined {
    const place = this.#places.get(uid);
    if (place === undefined) return undefined;
    const object = this.#store.get(place.resource, place.namespace, place.name);
    return object?.metadata.uid === uid ? { ...place, object } : undefined;
  }

  #index({ resource, object, type, before }: Pick<Change, "resource" | "object" | "type" | "before">): void {
    const { uid, namespace, name } = object.metadata;
    if (type === "DELETED") this.#places.delete(uid);
    else this.#places.set(uid, { resource, namespace, name });
    for (const owner of ownersOf(before)) this.#dependents.get(owner.uid)?.delete(uid);
    if (type === "DELETED") return;
    for (const owner of ownersOf(object)) {
      const all = this.#dependents.get(owner.uid) ?? new Set<string>();
      this.#dependents.set(owner.uid, all.add(uid));
    }
  }
}

function ownersOf(object: ClusterObject | undefined): readonly OwnerReference[] {
  return object?.metadata.ownerReferences ?? [];
}

function ownPropagation({ metadata: { finalizers = [] } }: ClusterObject): Propagation {
  if (finalizers.includes(orphanFinalizer)) return "Orphan";
  return finalizers.includes(foregroundFinalizer) ? "Foreground" : "Background";
}
