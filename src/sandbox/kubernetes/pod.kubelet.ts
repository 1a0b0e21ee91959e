import type { EventWriter } from "./event.writer.ts";
import { stamp } from "./kubernetes.object.ts";
import { writeOrRemove } from "./object.finalizers.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import type { PodLogs } from "./pod.logs.ts";
import { runningStatus, scheduledStatus, waitingStatus } from "./pod.status.ts";
import { pods } from "./resource.kinds.ts";
import type { Pod, PodStatus } from "./workload.objects.ts";

/** How long a pod takes from one state to the next; Infinity keeps it where it is. */
export interface PodTiming {
  /** Until it has a node. */
  readonly scheduleMs: number;
  /** Until its containers are made. */
  readonly createMs: number;
  /** Until it is ready, once it runs. */
  readonly readyMs: number;
  /** Until it is gone, once it is to end. */
  readonly terminateMs: number;
}

const node = "node-1";

/** The scheduler and the one node of the cluster: takes pods from one state to the next, and lets them end. */
export class Kubelet {
  /** Images that cannot be pulled. */
  readonly unpullable = new Set<string>();
  /** Whether all is done at once, as for what has long been there. */
  isInstant = false;
  /** Told of each pod whose containers have begun to run. */
  onStarted: (pod: Pod) => void = () => undefined;
  readonly #store: ObjectStore;
  readonly #logs: PodLogs;
  readonly #events: EventWriter;
  readonly #timing: PodTiming;
  readonly #timers = new Set<NodeJS.Timeout>();
  #addresses = 0;

  constructor(store: ObjectStore, parts: { logs: PodLogs; events: EventWriter; timing: PodTiming }) {
    this.#store = store;
    this.#logs = parts.logs;
    this.#events = parts.events;
    this.#timing = parts.timing;
    store.onChange((change) => this.#hear(change));
  }

  /** Another address for a pod. */
  nextAddress(): string {
    this.#addresses += 1;
    return `10.244.${(this.#addresses >> 8) & 255}.${this.#addresses & 255}`;
  }

  /** Forgets what was to come. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #hear({ resource, type, object, before }: Change): void {
    if ((resource as unknown) !== pods) return;
    const pod = object as Pod;
    if (type === "DELETED") return this.#logs.forget(pod.metadata.uid);
    const isNew = type === "ADDED" && pod.spec.nodeName === undefined && pod.status.phase === "Pending";
    if (isNew) this.#schedule(pod);
    const isEnding =
      pod.metadata.deletionTimestamp !== undefined && pod.metadata.deletionGracePeriodSeconds !== 0;
    if (isEnding && before?.metadata.deletionTimestamp === undefined) this.#terminate(pod);
  }

  #schedule(pod: Pod): void {
    this.#after(this.#timing.scheduleMs, pod, (current) => {
      this.#events.tell(current, "Scheduled", `Successfully assigned ${idOf(pod)} to ${node}`);
      this.#put({ ...current, spec: { ...current.spec, nodeName: node }, status: scheduledStatus() });
      this.#after(0, pod, (bound) => this.#create(bound));
    });
  }

  #create(pod: Pod): void {
    const image = pod.spec.containers.find((each) => this.unpullable.has(each.image))?.image;
    if (image !== undefined) {
      this.#events.tell(pod, "Failed", `Failed to pull image "${image}": not found`, "Warning");
      const message = `Back-off pulling image "${image}"`;
      return void this.#put({ ...pod, status: waitingStatus(pod, "ImagePullBackOff", message) });
    }
    this.#put({ ...pod, status: waitingStatus(pod, "ContainerCreating") });
    this.#after(this.#timing.createMs, pod, (created) => {
      this.#events.tell(created, "Started", `Started container ${created.spec.containers[0]?.name ?? ""}`);
      this.onStarted(this.#put({ ...created, status: runningStatus(created, this.nextAddress(), false) }));
      this.#after(this.#timing.readyMs, pod, (running) => {
        this.#put({ ...running, status: runningStatus(running, running.status.podIP ?? "", true) });
      });
    });
  }

  #terminate(pod: Pod): void {
    this.#events.tell(pod, "Killing", `Stopping container ${pod.spec.containers[0]?.name ?? ""}`);
    const end = (current: Pod): void => {
      const metadata = { ...current.metadata, deletionTimestamp: stamp(), deletionGracePeriodSeconds: 0 };
      writeOrRemove(this.#store, pods, this.#store.update(pods, { ...current, metadata }));
    };
    this.#after(this.#timing.terminateMs, pod, end, () => true);
  }

  #put(pod: Pod): Pod {
    return this.#store.update(pods, pod);
  }

  /** Does something in a while, if the pod is still there and nobody has changed what became of it. */
  #after(
    ms: number,
    pod: Pod,
    act: (current: Pod) => void,
    goesOn = unchanged(this.#current(pod)?.status),
  ): void {
    const run = (): void => {
      const current = this.#current(pod);
      if (current !== undefined && goesOn(current)) act(current);
    };
    if (this.isInstant) return run();
    if (!Number.isFinite(ms)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms).unref();
    this.#timers.add(timer);
  }

  #current({ metadata }: Pod): Pod | undefined {
    const current = this.#store.get(pods, metadata.namespace, metadata.name);
    return current?.metadata.uid === metadata.uid ? current : undefined;
  }
}

function unchanged(status: PodStatus | undefined): (current: Pod) => boolean {
  return (current) => current.status === status && current.metadata.deletionTimestamp === undefined;
}

function idOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
