import { PassThrough } from "node:stream";
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  Log,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  Watch,
} from "@kubernetes/client-node";
import { expect, it, onTestFinished, vi } from "vitest";
import { deployments, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { deploymentOf } from "../../src/sandbox/kubernetes/workload.templates.ts";
import {
  addPod,
  addRunningPod,
  cluster,
  eachTestHasAnApi,
  kubernetes,
  podsPath,
} from "./kubernetes.harness.ts";

eachTestHasAnApi();

const namespace = "customer";

function configuration(token = kubernetes.token): KubeConfig {
  const config = new KubeConfig();
  config.loadFromOptions({
    // Without TLS the client speaks only if it is not to verify any.
    clusters: [{ name: "sandbox", server: kubernetes.server.url, skipTLSVerify: true }],
    users: [{ name: "gateway", token }],
    contexts: [{ name: "sandbox", cluster: "sandbox", user: "gateway", namespace }],
    currentContext: "sandbox",
  });
  return config;
}

it("the official client lists pods, reads their logs and deletes them, with the sandbox's own token", async () => {
  const core = configuration().makeApiClient(CoreV1Api);
  addRunningPod("one", { app: "workspace" });
  cluster.write("one", "hello");
  const list = await core.listNamespacedPod({ namespace, labelSelector: "app=workspace", limit: 5 });
  expect(list.items.map(({ metadata, status }) => [metadata?.name, status?.phase])).toEqual([
    ["one", "Running"],
  ]);
  expect(await core.readNamespacedPodLog({ namespace, name: "one" })).toBe("hello\n");
  await core.deleteNamespacedPod({ namespace, name: "one", gracePeriodSeconds: 0 });
  expect((await core.listNamespacedPod({ namespace })).items).toEqual([]);
});

it("the official client is told of changes by a watch", async () => {
  const seen: unknown[] = [];
  let enough = (): void => undefined;
  const two = new Promise<void>((done) => {
    enough = done;
  });
  const watch = new Watch(configuration());
  const hear = (phase: string, object: { metadata: { name: string } }): void => {
    seen.push([phase, object.metadata.name]);
    if (seen.length === 2) enough();
  };
  addPod("there");
  const request = await watch.watch(podsPath, { allowWatchBookmarks: true }, hear, () => undefined);
  addPod("new");
  await two;
  request.abort();
  expect(seen).toEqual([
    ["ADDED", "there"],
    ["ADDED", "new"],
  ]);
});

it("the official client restarts a deployment, and is told when it may not", async () => {
  const workload = {
    name: "one",
    labels: { app: "one" },
    selector: { app: "one" },
    container: "main",
    image: "x:1",
  };
  cluster.add(deployments, deploymentOf({ ...workload, ports: [], greeting: [] }));
  const restart = (config: KubeConfig): Promise<unknown> =>
    config.makeApiClient(AppsV1Api).patchNamespacedDeployment({
      namespace,
      name: "one",
      body: [{ op: "add", path: "/spec/template/metadata/annotations", value: { at: "now" } }],
    });
  await restart(configuration());
  expect(cluster.get(deployments, "one").spec.template.metadata.annotations).toEqual({ at: "now" });
  await expect(restart(configuration("gateway-token"))).rejects.toMatchObject({ code: 403 });
});

it("the official client follows a log until its container ends", async () => {
  addRunningPod("one");
  cluster.write("one", "before");
  const written = new PassThrough({ encoding: "utf8" });
  const lines: string[] = [];
  written.on("data", (text: string) => lines.push(...text.trimEnd().split("\n")));
  const ended = new Promise((resolve) => written.once("end", resolve));
  await new Log(configuration()).log(namespace, "one", "main", written, { follow: true });
  await vi.waitFor(() => expect(lines).toEqual(["before"]), { timeout: 10_000 });
  cluster.write("one", "after");
  await vi.waitFor(() => expect(lines).toEqual(["before", "after"]), { timeout: 10_000 });
  cluster.crash("one");
  await ended;
});

it("the official client patches by merging, too, and deletes in time what runs", async () => {
  const config = configuration();
  addRunningPod("one");
  await config.makeApiClient(CoreV1Api).deleteNamespacedPod({ namespace, name: "one" });
  expect(cluster.get(pods, "one").metadata.deletionGracePeriodSeconds).toBe(30);
  const workload = { name: "two", labels: { app: "two" }, selector: { app: "two" }, container: "main" };
  cluster.add(deployments, deploymentOf({ ...workload, image: "x:1", ports: [], greeting: [] }));
  const annotations = { "kubectl.kubernetes.io/restartedAt": "2026-11-20T09:38:53Z" };
  await config.makeApiClient(AppsV1Api).patchNamespacedDeployment(
    {
      namespace,
      name: "two",
      body: { spec: { template: { metadata: { annotations } } } },
    },
    setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch),
  );
  expect(cluster.get(deployments, "two").spec.template.metadata.annotations).toEqual(annotations);
});

it("the official client's informer knows what is there, is told of what changes, and begins anew when its place is gone", async () => {
  const config = configuration();
  const core = config.makeApiClient(CoreV1Api);
  const informer = makeInformer(config, podsPath, () => core.listNamespacedPod({ namespace }));
  const told: string[] = [];
  for (const verb of ["add", "update", "delete"] as const) {
    informer.on(verb, ({ metadata }) => told.push(`${verb} ${metadata?.name ?? ""}`));
  }
  // It tells of its own end as of an error.
  informer.on("error", () => undefined);
  addRunningPod("one");
  await informer.start();
  onTestFinished(() => informer.stop());
  expect(told).toEqual(["add one"]);
  await vi.waitFor(() => expect(cluster.watches.size).toBe(1), { timeout: 10_000 });
  cluster.recover("one", false);
  addPod("two");
  await vi.waitFor(() => expect(told.slice(1)).toEqual(["update one", "add two"]), { timeout: 10_000 });
  cluster.watches.expire();
  cluster.remove(pods, "one");
  await vi.waitFor(() => expect(informer.list().map(({ metadata }) => metadata?.name)).toEqual(["two"]), {
    timeout: 10_000,
  });
});
