import { randomSuffix } from "./cluster.names.ts";
import { isReady } from "./deployment.status.ts";
import { ownedBy, stamp, type Fields } from "./kubernetes.object.ts";
import { carries } from "./object.selector.ts";
import type { Change, ObjectStore } from "./object.store.ts";
import { endpointSlices, pods, services } from "./resource.kinds.ts";
import type { EndpointSlice, Pod, Service } from "./workload.objects.ts";

/** Keeps for each service the list of pods that stand behind it. */
export class EndpointController {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  /** The services that a change is about. */
  servicesOf({ resource, object }: Pick<Change, "resource" | "object">): readonly string[] {
    const { namespace, name, labels } = object.metadata;
    if ((resource as unknown) === services) return [`${namespace}/${name}`];
    if ((resource as unknown) !== pods) return [];
    return this.#store
      .list(services)
      .filter(({ metadata, spec }) => metadata.namespace === namespace && carries(labels, spec.selector))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  }

  /** Brings the list of a service up to date. */
  reconcile(key: string): void {
    const [namespace = "", name = ""] = key.split("/");
    const service = this.#store.get(services, namespace, name);
    const known = this.#store
      .list(endpointSlices)
      .find(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === name);
    if (known !== undefined && known.metadata.ownerReferences?.[0]?.uid !== service?.metadata.uid) {
      this.#store.delete(endpointSlices, namespace, known.metadata.name);
      return this.reconcile(key);
    }
    if (service === undefined) return;
    const endpoints = this.#store
      .list(pods)
      .filter(
        ({ metadata }) => metadata.namespace === namespace && carries(metadata.labels, service.spec.selector),
      )
      .filter(({ status }) => status.podIP !== undefined)
      .map(endpointOf);
    if (known === undefined) this.#store.create(endpointSlices, namespace, sliceOf(service, endpoints));
    else this.#store.update(endpointSlices, { ...known, endpoints });
  }
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
