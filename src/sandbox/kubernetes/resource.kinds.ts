import { builtInShape, type FieldShape } from "./field.shape.ts";
import { textOf, type ClusterObject, type Fields } from "./kubernetes.object.ts";
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
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Whether its objects are in no namespace. */
  readonly isClusterWide: boolean;
  /** Whether its status is written by itself, and by nothing else. */
  readonly hasStatus: boolean;
  /** Whether a definition on the cluster tells of it. */
  readonly isCustom: boolean;
  readonly shape: FieldShape;
  /** What a bookmark holds besides a version: the fields that are written even when nothing is in them. */
  readonly blank: Fields;
  /** What can be selected by besides name and namespace. */
  fields(object: T): Readonly<Record<string, string>>;
  /** What of an object has a new generation when it changes; undefined where there are no generations. */
  generated(object: ClusterObject): unknown;
}

/** What most of the cluster's own kinds have in common. */
export const usual = {
  version: "v1",
  categories: [] as readonly string[],
  isClusterWide: false,
  hasStatus: false,
  isCustom: false,
  shape: builtInShape(),
  fields: () => ({}),
  generated: (object: ClusterObject): unknown => object["spec"] ?? {},
};

/** Pods. */
export const pods: Resource<Pod> = {
  ...usual,
  hasStatus: true,
  group: "",
  plural: "pods",
  kind: "Pod",
  shortNames: ["po"],
  categories: ["all"],
  blank: { spec: { containers: null }, status: {} },
  fields: ({ spec, status }) => ({
    "spec.nodeName": spec.nodeName ?? "",
    "spec.restartPolicy": textOf(spec["restartPolicy"]),
    "spec.schedulerName": textOf(spec["schedulerName"]),
    "spec.serviceAccountName": textOf(spec["serviceAccountName"]),
    "status.phase": status.phase,
    "status.podIP": status.podIP ?? "",
    "status.nominatedNodeName": "",
  }),
};

/** Services. */
export const services: Resource<Service> = {
  ...usual,
  hasStatus: true,
  group: "",
  plural: "services",
  kind: "Service",
  shortNames: ["svc"],
  categories: ["all"],
  blank: { spec: {}, status: { loadBalancer: {} } },
  fields: ({ spec }) => ({ "spec.clusterIP": textOf(spec["clusterIP"]), "spec.type": textOf(spec["type"]) }),
};

/** Events: what happened, in words. */
export const events: Resource<ClusterEvent> = {
  ...usual,
  group: "",
  plural: "events",
  kind: "Event",
  shortNames: ["ev"],
  blank: { involvedObject: {}, source: {}, firstTimestamp: null, lastTimestamp: null },
  fields: ({ involvedObject, reason, type }) => ({
    "involvedObject.kind": textOf(involvedObject["kind"]),
    "involvedObject.namespace": textOf(involvedObject["namespace"]),
    "involvedObject.name": textOf(involvedObject["name"]),
    "involvedObject.uid": textOf(involvedObject["uid"]),
    reason,
    type,
  }),
};

/** Which of a deployment's templates is the newest; its controller writes it together with the status. */
export const revisionAnnotation = "deployment.kubernetes.io/revision";

/** Deployments. */
export const deployments: Resource<Deployment> = {
  ...usual,
  hasStatus: true,
  group: "apps",
  plural: "deployments",
  kind: "Deployment",
  shortNames: ["deploy"],
  categories: ["all"],
  blank: {
    spec: { selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} },
    status: {},
  },
  generated: ({ spec, metadata }) => {
    const { [revisionAnnotation]: _revision, ...annotations } = metadata.annotations ?? {};
    return [spec, annotations];
  },
};

/** Replica sets. */
export const replicaSets: Resource<ReplicaSet> = {
  ...usual,
  hasStatus: true,
  group: "apps",
  plural: "replicasets",
  kind: "ReplicaSet",
  shortNames: ["rs"],
  categories: ["all"],
  blank: {
    spec: { selector: null, template: { metadata: {}, spec: { containers: null } } },
    status: { replicas: 0 },
  },
  fields: ({ status }) => ({ "status.replicas": textOf(status["replicas"] ?? 0) }),
};

/** Endpoint slices. */
export const endpointSlices: Resource<EndpointSlice> = {
  ...usual,
  group: "discovery.k8s.io",
  plural: "endpointslices",
  kind: "EndpointSlice",
  shortNames: [],
  blank: { addressType: "", endpoints: null, ports: null },
};

/** The version of the API that a kind is of, as its objects say it. */
export function apiVersionOf({ group, version }: Pick<Resource, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}
