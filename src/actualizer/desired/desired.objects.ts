import type {
  V1ConfigMap,
  V1Container,
  V1Deployment,
  V1Ingress,
  V1IngressRule,
  V1ObjectMeta,
  V1PodSpec,
  V1Service,
} from "@kubernetes/client-node";
import type { ObjectOwner } from "../resources/resources.ts";
import type { ActualizerSettings } from "../settings.ts";

type Labels = Readonly<Record<string, string>>;

/** What is said of every object that is wanted. */
export interface DesiredMetadata extends V1ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
}

type Desired<Type, Kind extends string, Api extends string> = Type & {
  readonly apiVersion: Api;
  readonly kind: Kind;
  readonly metadata: DesiredMetadata;
};

export type DesiredDeployment = Desired<V1Deployment, "Deployment", "apps/v1">;
export type DesiredService = Desired<V1Service, "Service", "v1">;
export type DesiredConfigMap = Desired<V1ConfigMap, "ConfigMap", "v1">;
export type DesiredIngress = Desired<V1Ingress, "Ingress", "networking.k8s.io/v1">;

/** An object that is to be on the cluster, with the fields that are ours to set and no others. */
export type DesiredObject = DesiredConfigMap | DesiredDeployment | DesiredService | DesiredIngress;

/** What the objects that run one thing have in common. */
export interface ObjectBase {
  readonly name: string;
  readonly labels: Labels;
  /** The labels that no change of it changes: its pods are found by them. */
  readonly selector: Labels;
  readonly owners: readonly ObjectOwner[];
  readonly settings: ActualizerSettings;
}

const metadataOf = ({ name, labels, owners, settings }: ObjectBase): DesiredMetadata => ({
  name,
  namespace: settings.namespace,
  labels: { ...labels },
  ...(owners.length > 0 ? { ownerReferences: owners.map((each) => ({ ...each })) } : {}),
});

/** A pod's containers and what they share. */
export interface PodParts {
  readonly initContainer: V1Container;
  readonly container: V1Container;
  readonly volumes: NonNullable<V1PodSpec["volumes"]>;
  /** Whom it is to the cluster; nobody if not said. */
  readonly serviceAccountName?: string;
  readonly annotations?: Labels;
}

/** One pod that is replaced without a gap: an old one stays until a new one has been ready for a minute. */
export function deployment(base: ObjectBase, pod: PodParts): DesiredDeployment {
  const { pullSecret } = base.settings;
  const { annotations, serviceAccountName } = pod;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadataOf(base),
    spec: {
      replicas: 1,
      minReadySeconds: 60,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
      selector: { matchLabels: { ...base.selector } },
      template: {
        metadata: {
          labels: { ...base.labels },
          ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
        },
        spec: {
          // Else its variables would name every Service there is, other producers' too, until they fit in no process.
          enableServiceLinks: false,
          ...(serviceAccountName === undefined
            ? { automountServiceAccountToken: false }
            : { serviceAccountName }),
          ...(pullSecret === undefined ? {} : { imagePullSecrets: [{ name: pullSecret }] }),
          initContainers: [pod.initContainer],
          containers: [pod.container],
          volumes: pod.volumes,
        },
      },
    },
  };
}

/** A port of a service, and that of the container by its name. */
export interface Port {
  readonly name: string;
  readonly port: number;
}

export function service(base: ObjectBase, ports: readonly Port[]): DesiredService {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(base),
    spec: {
      selector: { ...base.selector },
      ports: ports.map(({ name, port }) => ({ name, port, targetPort: name, protocol: "TCP" })),
    },
  };
}

export function configMap(base: ObjectBase, files: Labels): DesiredConfigMap {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadataOf(base), data: { ...files } };
}

/** Where a host's paths lead: ports of the object's own service. */
export interface Route {
  readonly host: string;
  readonly paths: readonly { readonly path: string; readonly port: number }[];
}

/** The way to it from outside, without the hosts that are withheld; nothing if none is left. */
export function ingresses(
  base: ObjectBase,
  routes: readonly Route[],
  withheld: ReadonlySet<string>,
): readonly DesiredIngress[] {
  const { className, annotations } = base.settings.ingress;
  const backend = (port: number) => ({ service: { name: base.name, port: { number: port } } });
  const rules = routes
    .filter(({ host }) => !withheld.has(host))
    .map(({ host, paths }): V1IngressRule => {
      const led = paths.map(({ path, port }) => ({ path, pathType: "Prefix", backend: backend(port) }));
      return { host, http: { paths: led } };
    });
  if (rules.length === 0) return [];
  const isAnnotated = Object.keys(annotations).length > 0;
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { ...metadataOf(base), ...(isAnnotated ? { annotations: { ...annotations } } : {}) },
      spec: { ...(className === undefined ? {} : { ingressClassName: className }), rules },
    },
  ];
}

/** Variables of a container, in the order in which they are written. */
export const environmentOf = (values: Labels): V1Container["env"] & object =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
