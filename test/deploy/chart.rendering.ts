import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { helmProgram } from "./helm.binary.ts";

/** An object as the chart makes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** What a run of Helm ended with. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const chartFolder = fileURLToPath(new URL("../../deploy/chart", import.meta.url));

/** A file of the chart. */
export const chartFile = (path: string): string => readFileSync(`${chartFolder}/${path}`, "utf8");

/** Where Helm is; tests of the chart are skipped, and say so, where there is none. */
export const helm = helmProgram();

/** Runs Helm; what it is given to read are values. */
export function runHelm(args: readonly string[], values: object = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(helm ?? "helm", [...args, "--values", "-"], (error, stdout, stderr) =>
      resolve({ code: error ? 1 : 0, stdout, stderr }),
    );
    child.stdin?.end(JSON.stringify(values));
  });
}

/** How the chart is rendered: its values, and the version of the cluster. */
export interface Rendering {
  readonly values?: object;
  readonly kube?: string;
}

/** What Helm says of a release called sett in a namespace called den. */
export const template = ({ values = {}, kube = "1.31" }: Rendering): Promise<Ended> =>
  runHelm(["template", "sett", chartFolder, "--namespace", "den", "--kube-version", kube], values);

/** The objects of a release. */
export async function render(rendering: Rendering = {}): Promise<readonly Manifest[]> {
  const { code, stdout, stderr } = await template(rendering);
  if (code !== 0) throw new Error(stderr);
  const documents = parseAllDocuments(stdout, { uniqueKeys: true });
  const problems = documents.flatMap(({ errors }) => errors);
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return documents.map((each) => each.toJS() as Manifest | null).filter((each) => each !== null);
}

/** Everything turned on that can be at once. */
export const everything = {
  image: { digest: `sha256:${"0123456789abcdef".repeat(4)}`, pullSecrets: ["registry"] },
  config: { PRODUCER_PREFIX: "customer", GITEA_OAUTH_CLIENT_ID: "sett", BOARD: true },
  gateway: {
    config: { ANSWER_LIMIT: 25_000_000, BOARD: false },
    extraEnv: [{ name: "NODE_EXTRA_CA_CERTS", value: "/etc/certificates/ca.pem" }],
    extraVolumes: [{ name: "certificates", configMap: { name: "our-authority" } }],
    extraVolumeMounts: [{ name: "certificates", mountPath: "/etc/certificates", readOnly: true }],
    drainDelay: "1m",
    antiAffinity: "required",
    affinity: { nodeAffinity: {} },
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "dedicated", operator: "Exists" }],
    priorityClassName: "high",
    podLabels: { team: "platform" },
    podAnnotations: { "example.com/noted": "yes" },
    autoscaling: { enabled: true },
    ingress: { enabled: true, host: "sett.example.org", annotations: { "example.com/noted": "yes" } },
  },
  actualizer: { appliesDefinitions: true, nodeSelector: { disk: "ssd" } },
  redis: { enabled: true, persistence: { enabled: true, storageClass: "fast" } },
  networkPolicy: {
    gateway: { egress: true, clusterAddresses: ["10.0.0.1/32"], to: [{ ports: [{ port: 4318 }] }] },
    customers: { scrapeGateways: true },
  },
  metrics: {
    serviceMonitor: { enabled: true, labels: { release: "prometheus" } },
    rules: { enabled: true },
    dashboard: { enabled: true },
  },
};

/** The ways in which the chart is used, by what one would call them. */
export const uses: Readonly<Record<string, Rendering>> = {
  "as it comes": {},
  "as it comes, on an older cluster": { kube: "1.27" },
  "with everything": { values: everything },
  "with three replicas and a Redis that is there": {
    values: { gateway: { replicas: 3 }, redis: { existing: { name: "shared-redis" } } },
  },
  "with a Redis of its own": { values: { gateway: { replicas: 2 }, redis: { enabled: true } }, kube: "1.27" },
  "without an actualizer, an account of its own and policies": {
    values: {
      actualizer: { enabled: false },
      gateway: { serviceAccount: { create: false, name: "theirs" } },
      networkPolicy: { enabled: false },
      doctor: { enabled: false },
    },
  },
};

/** The objects of each use; each test file renders them once. */
export async function renderUses(): Promise<ReadonlyMap<string, readonly Manifest[]>> {
  if (helm === undefined) return new Map();
  return new Map(
    await Promise.all(Object.entries(uses).map(async ([use, each]) => [use, await render(each)] as const)),
  );
}

/** The objects of some kinds, as what the caller knows them to be. */
export const ofKind = <Kind extends Manifest>(manifests: readonly Manifest[], ...kinds: string[]) =>
  manifests.filter((each): each is Kind => kinds.includes(each.kind));
