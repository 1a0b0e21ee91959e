import { ofKind, type Manifest } from "./chart.rendering.ts";

/** What a probe asks. */
export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly tcpSocket?: { readonly port: string };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
  }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: unknown };
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly securityContext: object;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext: object;
  readonly containers: readonly Container[];
  readonly volumes?: readonly { readonly name: string }[];
}

/** Something that runs: the pods of a workload, or one alone. */
export interface Runs {
  readonly component: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly replicas: number | undefined;
  readonly pod: PodSpec;
}

interface Workload extends Manifest {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: { readonly metadata: Manifest["metadata"]; readonly spec: PodSpec };
  };
}

const runs = (
  { labels = {}, namespace = "" }: Manifest["metadata"],
  pod: PodSpec,
  replicas?: number,
): Runs => ({
  component: labels["app.kubernetes.io/component"] ?? "",
  ...{ namespace, labels, replicas, pod },
});

/** Everything of a release that runs. */
export function podsOf(manifests: readonly Manifest[]): readonly Runs[] {
  const workloads = ofKind<Workload>(manifests, "Deployment", "StatefulSet");
  const alone = ofKind<Manifest & { readonly spec: PodSpec }>(manifests, "Pod");
  return [
    ...workloads.map(({ metadata: { namespace = "" }, spec: { template, replicas } }) =>
      runs({ ...template.metadata, namespace }, template.spec, replicas),
    ),
    ...alone.map(({ metadata, spec }) => runs(metadata, spec)),
  ];
}

/** The one thing of a component that runs. */
export function podOf(manifests: readonly Manifest[], component: string): Runs {
  const found = podsOf(manifests).find((each) => each.component === component);
  if (!found) throw new Error(`nothing runs as ${component}`);
  return found;
}

/** What a container's environment is: the config maps that it names, and what stands for secrets. */
export function environmentOf(manifests: readonly Manifest[], { pod }: Runs): NodeJS.ProcessEnv {
  const maps = ofKind<Manifest & { readonly data: Readonly<Record<string, string>> }>(manifests, "ConfigMap");
  const secrets: Readonly<Record<string, string>> = { "redis-url": "redis://sett:word@redis:6379" };
  return Object.assign(
    {},
    ...pod.containers.flatMap(({ envFrom = [], env = [] }) => [
      ...envFrom.map(
        ({ configMapRef }) => maps.find(({ metadata }) => metadata.name === configMapRef.name)?.data,
      ),
      ...env.map(({ name, value, valueFrom }) => {
        const told = secrets[valueFrom?.secretKeyRef?.key ?? ""] ?? "a-secret-that-is-more-than-long-enough";
        return { [name]: value?.replace(/\$\(\w+\)/, "word") ?? told };
      }),
    ]),
  ) as NodeJS.ProcessEnv;
}

/** Whether labels are those that a selector wants. */
export const isSelected = (
  wanted: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
) => Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** Seconds that a duration of the configuration lasts. */
export function secondsOf(duration = ""): number {
  const [, amount, unit] = /^(\d+)(ms|s|m)$/.exec(duration) ?? [];
  return Number(amount) * ({ ms: 0.001, s: 1, m: 60 }[unit ?? ""] ?? Number.NaN);
}

/** Mebibytes of a quantity of memory. */
export function mebibytesOf(quantity: string): number {
  const [, amount, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  return Number(amount) * (unit === "Gi" ? 1024 : 1);
}
