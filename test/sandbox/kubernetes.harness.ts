import { afterEach, beforeEach } from "vitest";
import { startGitea, type GiteaSandbox } from "../../src/sandbox/gitea/gitea.server.ts";
import { admin, nobody, reader } from "../../src/sandbox/kubernetes/caller.access.ts";
import type { ClusterTiming } from "../../src/sandbox/kubernetes/cluster.timing.ts";
import type { KubernetesCluster } from "../../src/sandbox/kubernetes/kubernetes.cluster.ts";
import { startKubernetes, type Kubernetes } from "../../src/sandbox/kubernetes/kubernetes.server.ts";
import { ownedBy, type Labels } from "../../src/sandbox/kubernetes/kubernetes.object.ts";
import { pendingStatus, runningStatus } from "../../src/sandbox/kubernetes/pod.status.ts";
import { pods, replicaSets } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod, ReplicaSet } from "../../src/sandbox/kubernetes/workload.objects.ts";
import { podSpecOf } from "../../src/sandbox/kubernetes/workload.templates.ts";
import { FunctionCluster } from "../../src/sandbox/sls/function.cluster.ts";

/** The API of the test that is running; its cluster begins empty, and nothing in it moves by itself. */
export let kubernetes: Kubernetes;
/** What is behind it. */
export let cluster: KubernetesCluster;

const still: Partial<ClusterTiming> = { scheduleMs: Infinity, terminateMs: Infinity, tooLargeMs: 20 };
let gitea: GiteaSandbox;

/** Gives each test of a file an API of its own. Files may share this module, so each asks for it. */
export function eachTestHasAnApi(): void {
  beforeEach(async () => {
    gitea = await startGitea();
    kubernetes = await startKubernetes({
      platform: gitea.platform,
      functions: new FunctionCluster(),
      prefix: "customer",
      environments: ["dev"],
      functionsRepository: "functions",
      timing: still,
    });
    cluster = kubernetes.cluster;
    cluster.access.add("admin-token", admin);
    cluster.access.add("gateway-token", reader);
    cluster.access.add("nobody-token", nobody);
  });

  afterEach(async () => {
    await Promise.all([kubernetes.stop(), gitea.stop()]);
  });
}

/** What goes with a request besides its address: who asks is called by his token's name, and is the admin if unsaid. */
export interface AskOptions {
  as?: string | undefined;
  accept?: string | undefined;
  contentType?: string | undefined;
  body?: string | undefined;
  signal?: AbortSignal;
}

/** Asks the API: `METHOD /path`. */
export async function ask(request: string, options: AskOptions = {}): Promise<Response> {
  const [method = "GET", path = ""] = request.split(" ");
  const { as = "admin", accept = "application/json", contentType, body, signal } = options;
  return fetch(`${kubernetes.server.url}${path}`, {
    method,
    headers: {
      Accept: accept,
      ...(as === "" ? {} : { Authorization: `Bearer ${as}-token` }),
      ...(contentType === undefined ? {} : { "Content-Type": contentType }),
    },
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The address of the pods. */
export const podsPath = "/api/v1/namespaces/customer/pods";

/** A line of a watch. */
export interface WatchEvent {
  type: string;
  object: Record<string, unknown> & { metadata: Record<string, unknown> };
}

/** A watch that somebody reads. */
export interface Watched {
  /** The next events, as many as are asked for; fewer when it ends before. */
  take(count: number): Promise<WatchEvent[]>;
  /** All that is left until it ends. */
  rest(): Promise<WatchEvent[]>;
  stop(): void;
}

/** Watches pods, or whatever is at a path. */
export async function watch(query: string, options: AskOptions & { path?: string } = {}): Promise<Watched> {
  const stop = new AbortController();
  const path = options.path ?? podsPath;
  const response = await ask(`GET ${path}?watch=true&${query}`, { ...options, signal: stop.signal });
  const events = linesOf(response);
  const take = async (count: number): Promise<WatchEvent[]> => {
    const taken: WatchEvent[] = [];
    while (taken.length < count) {
      const next = await events.next();
      if (next.done === true) break;
      taken.push(JSON.parse(next.value) as WatchEvent);
    }
    return taken;
  };
  return { take, rest: () => take(Infinity), stop: () => stop.abort() };
}

/** The lines of an answer, as they come. */
export async function* linesOf(response: Response): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    yield* lines;
  }
  return undefined;
}

/** A list of pods as the API answers it. */
export async function listPods(
  query = "",
): Promise<{ version: string; names: string[]; next: string | undefined }> {
  const response = await ask(`GET ${podsPath}?${query}`);
  const list = (await response.json()) as {
    metadata: { resourceVersion: string; continue?: string };
    items: { metadata: { name: string } }[];
  };
  const names = list.items.map(({ metadata }) => metadata.name);
  return { version: list.metadata.resourceVersion, names, next: list.metadata.continue };
}

/** Adds a pod that no node has been found for. */
export function addPod(name: string, labels: Labels = {}, metadata: Partial<Pod["metadata"]> = {}): Pod {
  const ports = [{ containerPort: 3000, protocol: "TCP" }];
  const spec = podSpecOf({ containers: [{ name: "main", image: "lunchbadger/main:1", ports }] });
  return cluster.add(pods, { metadata: { ...metadata, name, labels }, spec, status: pendingStatus() });
}

/** Adds a pod that runs. */
export function addRunningPod(
  name: string,
  labels: Labels = {},
  metadata: Partial<Pod["metadata"]> = {},
): Pod {
  addPod(name, labels, metadata);
  return cluster.change(pods, name, (pod) => {
    const bound = { ...pod, spec: { ...pod.spec, nodeName: "node-1" } };
    return { ...bound, status: runningStatus(bound, cluster.kubelet.nextAddress(), true) };
  });
}

/** A pod that the recordings ask about. */
export const gateway = "gateway-demo-dev-5f1d-bd797bf79-lp9dq";

/** Pods as they were when the recordings were made: owned, and of one producer. */
export function addDemo(): void {
  const restarted = { "kubectl.kubernetes.io/restartedAt": "2026-11-20T09:38:53Z" };
  addOwned(addRunningPod, gateway, { app: "gateway", env: "dev", id: "5f1d" }, { t: "2" });
  const labels = { app: "kubeless-fn", environment: "dev", id: "f01" };
  addOwned(addRunningPod, "kubeless-fn-demo-dev-f01-84d6dddd5d-6fw4f", labels);
  const slsApi = { app: "sls-api", environment: "dev" };
  addOwned(addPod, "sls-api-demo-dev-548d6db5d7-hjgsm", slsApi, restarted);
  addOwned(addRunningPod, "sls-api-demo-dev-7b6d85ddb5-l4pjq", slsApi);
  const workspace = "workspace-demo-dev-555b74dcc-7cqhw";
  addOwned(addRunningPod, workspace, { app: "workspace", env: "dev" }, restarted);
  cluster.change(pods, workspace, (pod) => {
    const containerStatuses = (pod.status.containerStatuses ?? []).map((each) => ({
      ...each,
      restartCount: 4,
    }));
    return { ...pod, status: { ...pod.status, containerStatuses } };
  });
}

/** Adds a pod as a replica set of demo's would own it, called after its name. */
export function addOwned(add: typeof addPod, name: string, own: Labels, annotations?: Labels): void {
  const generateName = name.slice(0, -5);
  const owner = ownerOf(generateName.slice(0, -1));
  const labels = { ...own, "pod-template-hash": generateName.split("-").at(-2) ?? "", producer: "demo" };
  const ownerReferences = [ownedBy("apps/v1", "ReplicaSet", owner)];
  add(name, labels, { generateName, ownerReferences, ...(annotations === undefined ? {} : { annotations }) });
}

function ownerOf(name: string): ReplicaSet {
  const known = cluster.store.get(replicaSets, cluster.namespace, name);
  const template = { metadata: { labels: {} }, spec: { containers: [] } };
  const spec = { replicas: 1, selector: { matchLabels: {} }, template };
  return known ?? cluster.add(replicaSets, { metadata: { name }, spec, status: { replicas: 1 } });
}
