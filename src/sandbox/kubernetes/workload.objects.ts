import type { ClusterObject, Fields, Labels } from "./kubernetes.object.ts";

/** What a container is doing: one of the three. */
export interface ContainerState {
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly running?: { readonly startedAt: string };
  readonly terminated?: {
    readonly exitCode: number;
    readonly reason: string;
    readonly startedAt: string;
    readonly finishedAt: string;
  };
}

/** What became of a container. */
export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string;
  readonly started?: boolean;
}

/** Something that is so or not, of a pod or a deployment. */
export interface Condition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly lastProbeTime?: null;
  readonly lastUpdateTime?: string;
  readonly lastTransitionTime: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What became of a pod. */
export interface PodStatus {
  readonly phase: string;
  readonly conditions?: readonly Condition[];
  readonly hostIP?: string;
  readonly podIP?: string;
  readonly podIPs?: readonly { readonly ip: string }[];
  readonly startTime?: string;
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
  readonly qosClass: string;
}

/** What a pod is to run. */
export interface PodSpec extends Fields {
  readonly containers: readonly ({ readonly name: string; readonly image: string } & Fields)[];
  readonly nodeName?: string;
}

/** A pod. */
export interface Pod extends ClusterObject {
  readonly spec: PodSpec;
  readonly status: PodStatus;
}

/** What pods are made like. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Labels; readonly annotations?: Labels };
  readonly spec: PodSpec;
}

interface ReplicaSpec extends Fields {
  readonly replicas: number;
  readonly selector: { readonly matchLabels: Labels };
  readonly template: PodTemplate;
}

/** A deployment: so many pods of a template, replaced when the template changes. */
export interface Deployment extends ClusterObject {
  readonly spec: ReplicaSpec;
  readonly status: Fields;
}

/** The pods of one version of a deployment. */
export interface ReplicaSet extends ClusterObject {
  readonly spec: ReplicaSpec;
  readonly status: Fields;
}

/** A port by its name. */
export interface ServicePort {
  readonly name: string;
  readonly protocol: "TCP";
  readonly port: number;
  readonly targetPort: number | string;
}

/** A name for pods that serve the same. */
export interface Service extends ClusterObject {
  readonly spec: { readonly ports: readonly ServicePort[]; readonly selector: Labels } & Fields;
  readonly status: Fields;
}

/** The pods that stand behind a service. */
export interface EndpointSlice extends ClusterObject {
  readonly addressType: "IPv4";
  readonly endpoints: readonly Fields[];
  readonly ports: readonly Fields[];
}

/** Something that happened to an object, in words. */
export interface ClusterEvent extends ClusterObject {
  readonly involvedObject: Fields;
  readonly reason: string;
  readonly message: string;
  readonly type: "Normal" | "Warning";
  readonly count: number;
}
