import { randomSuffix } from "./cluster.names.ts";
import { isReady } from "./deployment.status.ts";
import { ownedBy, stamp, type Fields, type Labels } from "./kubernetes.object.ts";
import { LabelIndex } from "./label.index.ts";
import { carries } from "./object.selector.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import { endpointSlices, pods, services, type Resource } from "./resource.kinds.ts";
import type { EndpointSlice, Pod, Service } from "./workload.objects.ts";

const serviceLabel = "kubernetes.io/service-name";

/** Keeps for each service the list of pods that stand behind it. */
export class EndpointController {
  readonly #store: ObjectStore;
  readonly #services = new LabelIndex();
  readonly #pods = new LabelIndex();
  readonly #slices = new LabelIndex();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** Looks at all there is anew, for when the past has come back. */
  rebuild(): void {
    for (const index of [this.#services, this.#pods, this.#slices]) index.clear();
    for (const resource of [services, pods, endpointSlices] as readonly Resource[]) {
      for (const object of this.#store.list(resource)) this.#index({ resource, object, type: "ADDED" });
    }
  }

  /** Hears of a change; answers the services that it is about. */
  hear(change: Pick<Change, "resource" | "object" | "type">): readonly string[] {
    this.#index(change);
    const { resource, object } = change;
    const { namespace, name, labels } = object.metadata;
    if (is(resource, services)) return [keyOf(namespace, name)];
    if (!is(resource, pods)) return [];
    return this.#services
      .within(labels ?? {})
      .filter((key) => {
        const service = this.#store.get(services, ...placeOf(key));
        return service?.metadata.namespace === namespace && carries(labels, selectorOf(service));
      })
      .toSorted();
  }

  /** Brings the list of a service up to date. */
  reconcile(key: string): void {
    const [namespace, name] = placeOf(key);
    const service = this.#store.get(services, namespace, name);
    const [known] = this.#slices
      .among({ [serviceLabel]: name })
      .toSorted()
      .flatMap((slice) => this.#store.get(endpointSlices, ...placeOf(slice)) ?? [])
      .filter(({ metadata }) => metadata.labels?.[serviceLabel] === name);
    if (known !== undefined && known.metadata.ownerReferences?.[0]?.uid !== service?.metadata.uid) {
      this.#store.delete(endpointSlices, namespace, known.metadata.name);
      return this.reconcile(key);
    }
    if (service === undefined) return;
    // Who says by no labels which pods are meant keeps the list by hand.
    const selector = (service.spec as Partial<Service["spec"]>).selector;
    if (selector === undefined) return;
    const endpoints = this.#pods
      .among(selector)
      .toSorted()
      .flatMap((pod) => this.#store.get(pods, ...placeOf(pod)) ?? [])
      .filter(({ metadata }) => metadata.namespace === namespace && carries(metadata.labels, selector))
      .filter(({ status }) => status.podIP !== undefined)
      .map(endpointOf);
    if (known === undefined) this.#store.create(endpointSlices, namespace, sliceOf(service, endpoints));
    else this.#store.update(endpointSlices, { ...known, endpoints });
  }

  #index({ resource, object, type }: Pick<Change, "resource" | "object" | "type">): void {
    const { namespace, name, labels = {} } = object.metadata;
    const key = keyOf(namespace, name);
    const index = this.#indexOf(resource);
    if (index === undefined) return;
    if (type === "DELETED") index.remove(key);
    else if (index === this.#services) index.putByRarest(key, selectorOf(object as Service));
    else index.put(key, labels);
  }

  #indexOf(resource: Resource): LabelIndex | undefined {
    if (is(resource, services)) return this.#services;
    if (is(resource, pods)) return this.#pods;
    return is(resource, endpointSlices) ? this.#slices : undefined;
  }
}

const selectorOf = ({ spec }: Service): Labels => (spec as Partial<Service["spec"]>).selector ?? {};

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

function placeOf(key: string): [namespace: string, name: string] {
  const [namespace = "", name = ""] = key.split("/");
  return [namespace, name];
}

function is(resource: Resource, other: unknown): boolean {
  return (resource as unknown) === other;
}

function endpointOf({ metadata, spec, status }: Pod): Fields {
  const { namespace, name, uid } = metadata;
  const isEnding = metadata.deletionTimestamp !== undefined;
  const serving = isReady({ metadata, spec, status });
  return {
    addresses: [status.podIP],
    conditions: { ready: serving && !isEnding, serving, terminating: isEnding },
    targetRef: { kind: "Pod", namespace, name, uid },
    nodeName: spec.nodeName,
  };
}

function sliceOf(service: Service, endpoints: readonly Fields[]) {
  const { name, labels = {} } = service.metadata;
  return {
    metadata: {
      name: `${name}-${randomSuffix()}`,
      generateName: `${name}-`,
      labels: {
        ...labels,
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        "kubernetes.io/service-name": name,
      },
      annotations: { "endpoints.kubernetes.io/last-change-trigger-time": stamp() },
      ownerReferences: [ownedBy("v1", "Service", service)],
    },
    addressType: "IPv4" as EndpointSlice["addressType"],
    endpoints,
    ports: service.spec.ports.map((each) => ({ name: each.name, protocol: each.protocol, port: each.port })),
  };
}
