import { randomSuffix, templateHash } from "./cluster.names.ts";
import { counted, deploymentStatus, isReady } from "./deployment.status.ts";
import { ownedBy, stamp, type ClusterObject } from "./kubernetes.object.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import { endingPod } from "./pod.deletion.ts";
import { pendingStatus } from "./pod.status.ts";
import { deployments, pods, replicaSets, revisionAnnotation, type Resource } from "./resource.kinds.ts";
import type { Deployment, Pod, ReplicaSet } from "./workload.objects.ts";
import { managedFieldsOf, podSpecOf } from "./workload.templates.ts";

/** Makes pods for deployments, replaces them when the template changes, and takes them away with it. */
export class DeploymentController {
  readonly #store: ObjectStore;
  readonly #owned = new Map<string, Set<string>>();

  constructor(store: ObjectStore) {
    this.#store = store;
    store.onChange((change) => this.#index(change));
  }

  /** Looks at all there is anew, for when the past has come back. */
  rebuild(): void {
    this.#owned.clear();
    for (const resource of [replicaSets, pods] as readonly Resource[]) {
      for (const object of this.#store.list(resource)) this.#index({ resource, object, type: "ADDED" });
    }
  }

  /** Which deployment a change is about: by namespace and name. */
  static keyOf({ resource, object }: Pick<Change, "resource" | "object">): string | undefined {
    const { namespace, name, ownerReferences = [], labels = {} } = object.metadata;
    if (is(resource, deployments)) return `${namespace}/${name}`;
    const [owner] = ownerReferences;
    if (owner === undefined) return undefined;
    if (is(resource, replicaSets)) return `${namespace}/${owner.name}`;
    const hash = labels["pod-template-hash"];
    return is(resource, pods) && hash !== undefined
      ? `${namespace}/${owner.name.slice(0, -hash.length - 1)}`
      : undefined;
  }

  /** Makes what there is what a deployment wants, as far as it can be done now. */
  reconcile(key: string): void {
    const [namespace = "", name = ""] = key.split("/");
    const deployment = this.#store.get(deployments, namespace, name);
    const sets = this.#ownedBy(replicaSets, key);
    const orphans = sets.filter((set) => set.metadata.ownerReferences?.[0]?.uid !== deployment?.metadata.uid);
    for (const set of orphans) this.#store.delete(replicaSets, namespace, set.metadata.name);
    const gone = new Set(orphans.map(({ metadata }) => metadata.uid));
    const all = this.#ownedBy(pods, key);
    const setOf = ({ metadata }: Pod): string => metadata.ownerReferences?.[0]?.uid ?? "";
    const known = new Set(sets.map(({ metadata }) => metadata.uid).filter((uid) => !gone.has(uid)));
    for (const pod of all) if (gone.has(setOf(pod))) this.#end(pod);
    if (deployment === undefined) return;
    // What is to go makes nothing new.
    if (deployment.metadata.deletionTimestamp !== undefined) return this.#tell(key, "");

    const set = this.#setOf(deployment);
    const living = all.filter((pod) => pod.metadata.deletionTimestamp === undefined && known.has(setOf(pod)));
    const newest = living.filter((pod) => setOf(pod) === set.metadata.uid);
    const { replicas } = deployment.spec;
    for (const pod of newest.slice(replicas)) this.#end(pod);
    for (let missing = replicas - newest.length; missing > 0; missing -= 1) this.#addPod(set);
    // The old ones serve until the new ones do.
    const isReplaced = newest.filter(isReady).length >= replicas;
    if (isReplaced) for (const pod of living) if (setOf(pod) !== set.metadata.uid) this.#end(pod);
    this.#tell(key, set.metadata.uid);
  }

  /** The set of a deployment's template, made if it is new. */
  #setOf(deployment: Deployment): ReplicaSet {
    const { namespace, name, labels = {} } = deployment.metadata;
    const { replicas, template } = deployment.spec;
    const hash = templateHash(template);
    const known = this.#store.get(replicaSets, namespace, `${name}-${hash}`);
    if (known !== undefined) return known;
    const own = { ...template.metadata.labels, "pod-template-hash": hash };
    return this.#store.create(replicaSets, namespace, {
      metadata: {
        name: `${name}-${hash}`,
        labels: { ...labels, "pod-template-hash": hash },
        ownerReferences: [ownedBy("apps/v1", "Deployment", deployment)],
      },
      spec: {
        replicas,
        selector: { matchLabels: { ...deployment.spec.selector.matchLabels, "pod-template-hash": hash } },
        template: { ...template, metadata: { ...template.metadata, labels: own } },
      },
      status: { replicas: 0 },
    });
  }

  #addPod(set: ReplicaSet): void {
    const { namespace, name } = set.metadata;
    const { metadata, spec } = set.spec.template;
    this.#store.create(pods, namespace, {
      metadata: {
        name: `${name}-${randomSuffix()}`,
        generateName: `${name}-`,
        ...metadata,
        ownerReferences: [ownedBy("apps/v1", "ReplicaSet", set)],
        managedFields: managedFieldsOf("kube-controller-manager", metadata.labels, stamp()),
      },
      spec: podSpecOf(spec),
      status: pendingStatus(),
    });
  }

  #end(pod: Pod): void {
    if (pod.metadata.deletionTimestamp === undefined) endingPod(this.#store, pod);
  }

  /** Writes down how many pods there are. */
  #tell(key: string, newestSet: string): void {
    const [namespace = "", name = ""] = key.split("/");
    const all = this.#ownedBy(pods, key).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const ofSet = (uid: string): Pod[] =>
      all.filter(({ metadata }) => metadata.ownerReferences?.[0]?.uid === uid);
    let setName = name;
    for (const set of this.#ownedBy(replicaSets, key)) {
      const own = ofSet(set.metadata.uid);
      if (set.metadata.uid === newestSet) setName = set.metadata.name;
      const ready = own.filter(isReady).length;
      const some = counted({
        fullyLabeledReplicas: own.length,
        readyReplicas: ready,
        availableReplicas: ready,
      });
      const status = { replicas: own.length, ...some, observedGeneration: set.metadata.generation ?? 1 };
      this.#store.update(replicaSets, { ...set, status });
    }
    const deployment = this.#store.get(deployments, namespace, name);
    if (deployment === undefined) return;
    const status = deploymentStatus(deployment, setName, all, ofSet(newestSet));
    const annotations = { ...deployment.metadata.annotations };
    annotations[revisionAnnotation] ??= "1";
    this.#store.update(deployments, {
      ...deployment,
      metadata: { ...deployment.metadata, annotations },
      status,
    });
  }

  #ownedBy<T extends ClusterObject>(resource: Resource<T>, key: string): T[] {
    const [namespace = ""] = key.split("/");
    const names = this.#owned.get(`${resource.plural} ${key}`) ?? [];
    return [...names].flatMap((name) => this.#store.get(resource, namespace, name) ?? []);
  }

  #index(change: Pick<Change, "resource" | "object" | "type">): void {
    const key = DeploymentController.keyOf(change);
    if (key === undefined || is(change.resource, deployments)) return;
    const index = `${change.resource.plural} ${key}`;
    const names = this.#owned.get(index) ?? new Set<string>();
    this.#owned.set(index, names);
    if (change.type === "DELETED") names.delete(change.object.metadata.name);
    else names.add(change.object.metadata.name);
  }
}

function is(resource: Resource, other: unknown): boolean {
  return (resource as unknown) === other;
}
