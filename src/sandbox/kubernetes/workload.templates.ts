import type { Fields, Labels, Wanted } from "./kubernetes.object.ts";
import type { Deployment, PodSpec, Service } from "./workload.objects.ts";

/** Something that runs for a producer: a deployment of one pod with one container, and its service. */
export interface Workload {
  readonly name: string;
  readonly labels: Labels;
  /** The labels by which its pods are found, which no change of it changes. */
  readonly selector: Labels;
  readonly container: string;
  readonly image: string;
  /** The container's ports by name, each with that of the service. */
  readonly ports: readonly { readonly name: string; readonly port: number; readonly servicePort: number }[];
  /** What it writes when it starts. */
  readonly greeting: readonly string[];
}

/** What the cluster says of containers of which nobody else says it. */
export const containerDefaults: Fields = {
  resources: {},
  terminationMessagePath: "/dev/termination-log",
  terminationMessagePolicy: "File",
  imagePullPolicy: "IfNotPresent",
};

/** What the cluster says of pods of which nobody else says it. */
export const templateDefaults: Fields = {
  restartPolicy: "Always",
  terminationGracePeriodSeconds: 30,
  dnsPolicy: "ClusterFirst",
  securityContext: {},
  schedulerName: "default-scheduler",
};

const tolerations = ["not-ready", "unreachable"].map((problem) => ({
  key: `node.kubernetes.io/${problem}`,
  operator: "Exists",
  effect: "NoExecute",
  tolerationSeconds: 300,
}));

/** The deployment of a workload. */
export function deploymentOf(workload: Workload): Wanted<Deployment> {
  const { name, labels, selector, container, image, ports } = workload;
  const containerPorts = ports.map((each) => ({
    name: each.name,
    containerPort: each.port,
    protocol: "TCP",
  }));
  const containers = [{ name: container, image, ports: containerPorts, ...containerDefaults }];
  return {
    metadata: { name, labels, annotations: { "deployment.kubernetes.io/revision": "1" } },
    spec: {
      replicas: 1,
      selector: { matchLabels: selector },
      template: { metadata: { labels }, spec: { containers, ...templateDefaults } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 2 } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    },
    status: {},
  };
}

/** The service of a workload. */
export function serviceOf({ name, labels, selector, ports }: Workload): Wanted<Service> {
  return {
    metadata: { name, labels },
    spec: {
      ports: ports.map((each) => ({
        name: each.name,
        protocol: "TCP",
        port: each.servicePort,
        targetPort: each.name,
      })),
      selector,
      type: "ClusterIP",
      sessionAffinity: "None",
      ipFamilies: ["IPv4"],
    },
    status: { loadBalancer: {} },
  };
}

/** What a pod is to run, once the API server has filled in what the template leaves open. */
export function podSpecOf(spec: PodSpec): PodSpec {
  const name = "kube-api-access";
  const mount = { name, readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" };
  const sources = [
    { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
    { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    {
      downwardAPI: {
        items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
      },
    },
  ];
  const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);
  const mounting = (each: Fields): Fields => ({
    ...containerDefaults,
    ...each,
    volumeMounts: [...listIn(each["volumeMounts"]), mount],
  });
  const first = listIn(spec["initContainers"]).map(mounting);
  const account = { serviceAccountName: "default", serviceAccount: "default" };
  return {
    ...templateDefaults,
    ...account,
    ...spec,
    volumes: [...listIn(spec["volumes"]), { name, projected: { sources, defaultMode: 420 } }],
    ...(first.length === 0 ? {} : { initContainers: first }),
    containers: spec.containers.map(mounting) as PodSpec["containers"] & Fields[],
    tolerations,
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: "PreemptLowerPriority",
  };
}

/** Which fields of an object who has set, cut down to what makes up its size. */
export function managedFieldsOf(manager: string, labels: Labels, at: string): readonly Fields[] {
  const names = Object.fromEntries(Object.keys(labels).map((key) => [`f:${key}`, {}]));
  const fieldsV1 = { "f:metadata": { "f:labels": { ".": {}, ...names } }, "f:spec": { "f:containers": {} } };
  return [{ manager, operation: "Update", apiVersion: "v1", time: at, fieldsType: "FieldsV1", fieldsV1 }];
}
