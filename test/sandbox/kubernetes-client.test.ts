import { AppsV1Api, CoreV1Api, KubeConfig, Watch } from "@kubernetes/client-node";
import { expect, it } from "vitest";
import { deployments } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { deploymentOf } from "../../src/sandbox/kubernetes/workload.templates.ts";
import { addPod, addRunningPod, cluster, kubernetes, podsPath } from "./kubernetes.harness.ts";

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
