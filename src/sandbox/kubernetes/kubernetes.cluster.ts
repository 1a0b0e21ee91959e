import { CallerAccess } from "./caller.access.ts";
import { ClusterControllers } from "./cluster.controllers.ts";
import type { ClusterTiming } from "./cluster.timing.ts";
import { EventWriter } from "./event.writer.ts";
import type { ClusterObject, Wanted } from "./kubernetes.object.ts";
import { ObjectStore } from "./object.store.ts";
import { endingPod } from "./pod.deletion.ts";
import { Kubelet } from "./pod.kubelet.ts";
import { PodLogs } from "./pod.logs.ts";
import {
  crashedStatus,
  runningStatus,
  terminatedStatus,
  waitingStatus,
  type ContainerEnd,
} from "./pod.status.ts";
import { pods, type Resource } from "./resource.kinds.ts";
import { ResourceRegistry } from "./resource.registry.ts";
import { WatchFleet } from "./watch.fleet.ts";
import type { Pod, PodStatus } from "./workload.objects.ts";

/** The cluster behind the API: what is in it, and what tests do to it. All of it is of one namespace. */
export class KubernetesCluster {
  readonly namespace: string;
  readonly timing: ClusterTiming;
  readonly store = new ObjectStore();
  readonly resources = new ResourceRegistry();
  readonly logs = new PodLogs();
  readonly events = new EventWriter(this.store);
  readonly kubelet: Kubelet;
  readonly controllers = new ClusterControllers(this.store, this.resources);
  readonly watches: WatchFleet;
  readonly access: CallerAccess;

  constructor(namespace: string, timing: ClusterTiming) {
    const { logs, events } = this;
    this.namespace = namespace;
    this.timing = timing;
    this.kubelet = new Kubelet(this.store, { logs, events, timing });
    this.watches = new WatchFleet(this.store, timing);
    this.access = new CallerAccess(namespace);
  }

  /** All objects of a kind. */
  list<T extends ClusterObject>(resource: Resource<T>): readonly T[] {
    return this.store.list(resource);
  }

  /** An object; throws where there is none. */
  get<T extends ClusterObject>(resource: Resource<T>, name: string): T {
    const object = this.store.get(resource, this.namespace, name);
    if (object === undefined) throw new Error(`the cluster has no ${resource.plural} called ${name}`);
    return object;
  }

  add<T extends ClusterObject>(resource: Resource<T>, wanted: Wanted<T>): T {
    return this.store.create(resource, this.namespace, wanted);
  }

  /** Changes an object to what is made of it. */
  change<T extends ClusterObject>(resource: Resource<T>, name: string, change: (object: T) => T): T {
    return this.store.update(resource, change(this.get(resource, name)));
  }

  /** Takes an object away at once, whatever it is. */
  remove(resource: Resource, name: string): void {
    this.store.delete(resource, this.namespace, name);
  }

  /** The pods of a deployment, without those that are ending. */
  podsOf(deployment: string): readonly Pod[] {
    return this.list(pods).filter(
      ({ metadata }) =>
        metadata.deletionTimestamp === undefined &&
        metadata.ownerReferences?.[0]?.name ===
          `${deployment}-${metadata.labels?.["pod-template-hash"] ?? ""}`,
    );
  }

  /** Deletes a pod as somebody who asks for it does: it is given time to end. */
  deletePod(name: string): void {
    endingPod(this.store, this.get(pods, name));
  }

  /** A container ends with an error and is kept from starting again; once more each time. */
  crash(name: string, end: ContainerEnd = {}): void {
    this.#setStatus(name, (pod) => crashedStatus(pod, end));
    this.#ended(name, end);
  }

  /** A container is ended for want of memory. */
  outOfMemory(name: string, container?: string): void {
    const end = { exitCode: 137, reason: "OOMKilled", ...(container === undefined ? {} : { container }) };
    this.#setStatus(name, (pod) => terminatedStatus(pod, end));
    this.#ended(name, end);
  }

  /** The image of a pod cannot be pulled; `kubelet.unpullable` says so of pods that are still to come. */
  failPull(name: string): void {
    const image = this.get(pods, name).spec.containers[0]?.image ?? "";
    const message = `Back-off pulling image "${image}"`;
    this.#setStatus(name, (pod) => waitingStatus(pod, "ImagePullBackOff", message));
    this.events.tell(this.get(pods, name), "Failed", `Failed to pull image "${image}": not found`, "Warning");
  }

  /** Everything in a pod runs again, and is ready unless told otherwise. */
  recover(name: string, isReady = true): void {
    this.logs.begin(this.get(pods, name).metadata.uid);
    this.#setStatus(name, (pod) =>
      runningStatus(pod, pod.status.podIP ?? this.kubelet.nextAddress(), isReady),
    );
  }

  /** A container of a pod writes lines: the first of it. */
  write(name: string, ...lines: readonly string[]): void {
    const { metadata, spec } = this.get(pods, name);
    this.logs.append(metadata.uid, spec.containers[0]?.name ?? "", lines);
  }

  /** Forgets what was before: old versions and continue tokens are gone; open watches go on. */
  compact(what: { lists?: boolean; watches?: boolean } = {}): void {
    this.store.forget(what);
  }

  /** The API server is started anew: watches are cut, and none can go on from an older version. */
  restart(): void {
    this.store.forget({ lists: false });
    this.watches.drop();
  }

  /** The cluster is restored from what it was at a version: its versions are lower than before. */
  rewind(version: number): void {
    this.store.rewind(version);
    this.controllers.rebuild();
    this.watches.drop();
  }

  close(): void {
    this.kubelet.close();
    this.watches.drop();
  }

  #setStatus(name: string, change: (pod: Pod) => PodStatus): void {
    this.change(pods, name, (pod) => ({ ...pod, status: change(pod) }));
  }

  #ended(name: string, { container }: ContainerEnd): void {
    const pod = this.get(pods, name);
    const ended = container ?? pod.spec.containers[0]?.name ?? "";
    this.logs.restart(pod.metadata.uid, ended);
    const message = `Back-off restarting failed container ${ended} in pod ${name}`;
    this.events.tell(pod, "BackOff", message, "Warning");
  }
}
