import { stamp, type ClusterObject } from "./kubernetes.object.ts";
import type { ObjectStore } from "./object.store.ts";
import { apiVersionOf, events, pods, type Resource } from "./resource.kinds.ts";
import type { ClusterEvent } from "./workload.objects.ts";

/** Writes down what happens to objects, in words; what happens again is counted. */
export class EventWriter {
  readonly #store: ObjectStore;
  readonly #names = new Map<string, string>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Tells of something that happened to a pod, or to an object of another kind. */
  tell(
    { metadata }: ClusterObject,
    reason: string,
    message: string,
    type: ClusterEvent["type"] = "Normal",
    about: Pick<Resource, "group" | "version" | "kind"> = pods,
  ): void {
    const { namespace, name, uid, resourceVersion } = metadata;
    const at = stamp();
    const key = `${uid} ${reason} ${message}`;
    const known = this.#store.get(events, namespace, this.#names.get(key) ?? "");
    if (known !== undefined) {
      this.#store.update(events, { ...known, count: known.count + 1, lastTimestamp: at });
      return;
    }
    const eventName = `${name}.${(this.#names.size + 1).toString(16).padStart(16, "0")}`;
    this.#names.set(key, eventName);
    this.#store.create(events, namespace, {
      metadata: { name: eventName },
      involvedObject: {
        kind: about.kind,
        namespace,
        name,
        uid,
        apiVersion: apiVersionOf(about),
        resourceVersion,
      },
      reason,
      message,
      source: { component: reason === "Scheduled" ? "default-scheduler" : "kubelet", host: "node-1" },
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
      type,
    });
  }
}
