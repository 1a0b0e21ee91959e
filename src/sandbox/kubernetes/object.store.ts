import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { stamp, type ClusterObject, type Wanted } from "./kubernetes.object.ts";
import type { Resource } from "./resource.kinds.ts";

/** A change of an object; of one that is gone, `object` is what it was last, with the version of its going. */
export interface Change {
  readonly version: number;
  readonly resource: Resource;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: ClusterObject;
  readonly before: ClusterObject | undefined;
}

const firstVersion = 1000;
const rememberedChanges = 50_000;

type Objects = ReadonlyMap<string, ClusterObject>;

/** What the cluster holds, in versions: every change of anything has the next number, and the past can be looked at. */
export class ObjectStore {
  #version = firstVersion;
  /** Lists of before this version, and watches from before that one, are gone. */
  #floors = { list: firstVersion, watch: firstVersion };
  #changes: Change[] = [];
  readonly #objects = new Map<Resource, Map<string, ClusterObject>>();
  /** The names of a kind's objects in their order, until there is another one or one less. */
  readonly #order = new Map<Resource, readonly string[]>();
  readonly #untold: Change[] = [];
  readonly #listeners = new Set<(change: Change) => void>();

  get version(): number {
    return this.#version;
  }

  /** The oldest versions that can still be listed, and watched from. */
  get floors(): { readonly list: number; readonly watch: number } {
    return this.#floors;
  }

  /** All of a kind by the order of their names, as they are or as they were at a version. */
  list<T extends ClusterObject>(resource: Resource<T>, version = this.#version): T[] {
    const isNow = version >= this.#version;
    const objects = isNow ? this.#of(resource) : this.#at(resource, version);
    const order = (isNow ? this.#order.get(resource) : undefined) ?? [...objects.keys()].sort();
    if (isNow) this.#order.set(resource, order);
    return order.map((key) => objects.get(key) as T);
  }

  get<T extends ClusterObject>(resource: Resource<T>, namespace: string, name: string): T | undefined {
    return this.#of(resource).get(keyOf({ namespace, name })) as T | undefined;
  }

  create<T extends ClusterObject>(resource: Resource<T>, namespace: string, wanted: Wanted<T>): T {
    const { name } = wanted.metadata;
    if (this.get(resource, namespace, name) !== undefined)
      throw new Error(`${resource.plural} "${name}" already exists`);
    return this.#put("ADDED", resource, newObject(resource, namespace, wanted));
  }

  /** Changes an object; what makes no difference is no change. */
  update<T extends ClusterObject>(resource: Resource<T>, object: T): T {
    const { namespace, name } = object.metadata;
    const before = this.get(resource, namespace, name);
    if (before === undefined) throw new Error(`${resource.plural} "${name}" not found`);
    if (isSame(before, object)) return before;
    return this.#put("MODIFIED", resource, withGeneration(resource, before, object));
  }

  delete(resource: Resource, namespace: string, name: string): void {
    const object = this.get(resource, namespace, name);
    if (object !== undefined) this.#put("DELETED", resource, object);
  }

  /** What happened after a version, oldest first. */
  since(version: number): readonly Change[] {
    const first = this.#changes.findIndex((change) => change.version > version);
    return first < 0 ? [] : this.#changes.slice(first);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Forgets the past: of lists, of watches or of both. */
  forget({ lists = true, watches = true }: { lists?: boolean; watches?: boolean } = {}): void {
    const { list, watch } = this.#floors;
    this.#floors = { list: lists ? this.#version : list, watch: watches ? this.#version : watch };
  }

  /** Goes back to what was at a version, as if nothing had happened since; nobody is told. */
  rewind(version: number): void {
    for (const [resource] of this.#objects) this.#objects.set(resource, new Map(this.#at(resource, version)));
    this.#order.clear();
    this.#changes = this.#changes.filter((change) => change.version <= version);
    this.#version = version;
    this.#floors = { list: Math.min(this.#floors.list, version), watch: version };
  }

  #put<T extends ClusterObject>(type: Change["type"], resource: Resource<T>, object: T): T {
    const objects = this.#of(resource);
    const key = keyOf(object.metadata);
    this.#version += 1;
    const metadata = { ...object.metadata, resourceVersion: String(this.#version) };
    const stored = { ...object, metadata };
    const before = objects.get(key);
    if (type === "DELETED") objects.delete(key);
    else objects.set(key, stored);
    if (type !== "MODIFIED") this.#order.delete(resource);
    const change = { version: this.#version, resource: resource as Resource, type, object: stored, before };
    this.#changes.push(change);
    if (this.#changes.length > rememberedChanges) this.#shorten();
    this.#tell(change);
    return stored;
  }

  /** Tells of changes in their order, also when listeners make more of them. */
  #tell(change: Change): void {
    this.#untold.push(change);
    if (this.#untold.length > 1) return;
    while (this.#untold[0] !== undefined) {
      for (const listener of [...this.#listeners]) listener(this.#untold[0]);
      this.#untold.shift();
    }
  }

  #shorten(): void {
    this.#changes = this.#changes.slice(rememberedChanges / 2);
    const oldest = (this.#changes[0]?.version ?? this.#version) - 1;
    this.#floors = { list: Math.max(this.#floors.list, oldest), watch: Math.max(this.#floors.watch, oldest) };
  }

  #at(resource: Resource, version: number): Objects {
    const objects = new Map(this.#of(resource));
    for (let index = this.#changes.length - 1; index >= 0; index -= 1) {
      const change = this.#changes[index];
      if (change === undefined || change.version <= version) break;
      if (change.resource !== resource) continue;
      const key = keyOf(change.object.metadata);
      if (change.before === undefined) objects.delete(key);
      else objects.set(key, change.before);
    }
    return objects;
  }

  #of(resource: Resource): Map<string, ClusterObject> {
    const known = this.#objects.get(resource) ?? new Map<string, ClusterObject>();
    this.#objects.set(resource, known);
    return known;
  }
}

/** An object as it is when it comes into being. */
export function newObject<T extends ClusterObject>(
  resource: Resource<T>,
  namespace: string,
  wanted: Wanted<T>,
): T {
  const metadata = {
    ...wanted.metadata,
    namespace,
    uid: wanted.metadata.uid ?? randomUUID(),
    ...(resource.generated(wanted as unknown as ClusterObject) === undefined ? {} : { generation: 1 }),
    creationTimestamp: wanted.metadata.creationTimestamp ?? stamp(),
  };
  return { ...wanted, metadata } as unknown as T;
}

/** An object with the next generation, if what generations are of is another than before. */
export function withGeneration<T extends ClusterObject>(resource: Resource<T>, before: T, object: T): T {
  const { generation } = before.metadata;
  if (generation === undefined) return object;
  const isAnother =
    !isAlike(resource.generated(before), resource.generated(object)) ||
    (before.metadata.deletionTimestamp === undefined && object.metadata.deletionTimestamp !== undefined);
  return {
    ...object,
    metadata: { ...object.metadata, generation: isAnother ? generation + 1 : generation },
  };
}

/** Whether two objects are alike, part by part: most parts of one are the other's own, and need no look. */
function isSame(one: ClusterObject, other: ClusterObject): boolean {
  const parts = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...parts].every((part) => isAlike(one[part], other[part]));
}

/** Whether two are written alike, or differ in the order of their fields alone. */
function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  const [written, otherwise] = [JSON.stringify([one]), JSON.stringify([other])];
  if (written === otherwise) return true;
  // The order of fields changes nothing of the length, and to compare deeply takes long.
  return written.length === otherwise.length && isDeepStrictEqual(one, other);
}

function keyOf({ namespace, name }: { namespace: string; name: string }): string {
  return `${namespace}/${name}`;
}
