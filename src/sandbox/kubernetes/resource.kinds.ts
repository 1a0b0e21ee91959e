import type { ClusterObject, Fields } from "./kubernetes.object.ts";
import type {
  ClusterEvent,
  Deployment,
  EndpointSlice,
  Pod,
  ReplicaSet,
  Service,
} from "./workload.objects.ts";

/** A kind of objects, with its place in the API; `T` is what they look like. */
export interface Resource<T extends ClusterObject = ClusterObject> {
  /** Empty for the core group. */
  readonly group: string;
  readonly plural: string;
  readonly kind: string;
  readonly shortName: string;
  /** What a bookmark holds besides a version: the fields that are written even when nothing is in them. */
  readonly blank: Fields;
  /** What can be selected by besides name and namespace. */
  fields(object: T): Readonly<Record<string, string>>;
}

/** Pods. */
export const pods: Resource<Pod> = {
  group: "",
  plural: "pods",
  kind: "Pod",
  shortName: "po",
  blank: { spec: { containers: null }, status: {} },
  fields: ({ spec, status }) => ({
    "spec.nodeName": spec.nodeName ?? "",
    "spec.restartPolicy": text(spec["restartPolicy"]),
    "spec.schedulerName": text(spec["schedulerName"]),
    "spec.serviceAccountName": text(spec["serviceAccountName"]),
    "status.phase": status.phase,
    "status.podIP": status.podIP ?? "",
    "status.nominatedNodeName": "",
  }),
};

/** Services. */
export const services: Resource<Service> = {
  group: "",
  plural: "services",
  kind: "Service",
  shortName: "svc",
  blank: { spec: {}, status: { loadBalancer: {} } },
  fields: ({ spec }) => ({ "spec.clusterIP": text(spec["clusterIP"]), "spec.type": text(spec["type"]) }),
};

/** Events: what happened, in words. */
export const events: Resource<ClusterEvent> = {
  group: "",
  plural: "events",
  kind: "Event",
  shortName: "ev",
  blank: { involvedObject: {}, source: {}, firstTimestamp: null, lastTimestamp: null },
  fields: ({ involvedObject, reason, type }) => ({
    "involvedObject.kind": text(involvedObject["kind"]),
    "involvedObject.namespace": text(involvedObject["namespace"]),
    "involvedObject.name": text(involvedObject["name"]),
    "involvedObject.uid": text(involvedObject["uid"]),
    reason,
    type,
  }),
};

/** Deployments. */
export const deployments: Resource<Deployment> = {
  group: "apps",
  plural: "deployments",
  kind: "Deployment",
  shortName: "deploy",
  blank: {
    spec: { selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} },
    status: {},
  },
  fields: () => ({}),
};

/** Replica sets. */
export const replicaSets: Resource<ReplicaSet> = {
  group: "apps",
  plural: "replicasets",
  kind: "ReplicaSet",
  shortName: "rs",
  blank: {
    spec: { selector: null, template: { metadata: {}, spec: { containers: null } } },
    status: { replicas: 0 },
  },
  fields: ({ status }) => ({ "status.replicas": text(status["replicas"] ?? 0) }),
};

/** Endpoint slices. */
export const endpointSlices: Resource<EndpointSlice> = {
  group: "discovery.k8s.io",
  plural: "endpointslices",
  kind: "EndpointSlice",
  shortName: "",
  blank: { addressType: "", endpoints: null, ports: null },
  fields: () => ({}),
};

/** Everything that the API knows; all of it lives in a namespace and is of version v1. */
export const resources: readonly Resource[] = [
  pods,
  services,
  events,
  deployments,
  replicaSets,
  endpointSlices,
];

/** The version of the API that a kind is of, as its objects say it. */
export function apiVersionOf({ group }: Pick<Resource, "group">): string {
  return group === "" ? "v1" : `${group}/v1`;
}

/** An object as it is shown by itself. */
export function shown(resource: Resource, object: ClusterObject): Fields {
  return { kind: resource.kind, apiVersion: apiVersionOf(resource), ...object };
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
