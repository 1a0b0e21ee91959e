import { expect, it } from "vitest";
import { startKubernetes } from "../../src/sandbox/kubernetes/kubernetes.server.ts";
import { deployments, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import { isReady, onlyPod, podsOf, sandbox, serving, until } from "./kubernetes-platform.harness.ts";

function save(producer: string, document: object): void {
  const models = { Project: { [`${producer}-dev`]: JSON.stringify({ id: `${producer}-dev`, ...document }) } };
  const files = { "lunchbadger.json": JSON.stringify({ ids: {}, models }) };
  sandbox.gitea.platform.push(`customer-${producer}`, "dev", { commits: [{ message: "m", files }] });
}

it("what demo has runs and serves from the start: a workspace, an sls-api, a gateway and a function", async () => {
  const { url, token, namespace } = sandbox.addresses.kubernetes;
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=producer%3Ddemo`;
  const response = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
  const { items } = (await response.json()) as { items: Pod[] };
  expect(items.map(({ metadata }) => metadata.labels?.["app"])).toEqual([
    "kubeless-fn",
    "gateway",
    "sls-api",
    "workspace",
  ]);
  expect(items.every(isReady)).toBe(true);
  for (const { metadata } of items) {
    const deployment = metadata.name.split("-").slice(0, -2).join("-");
    expect(serving(deployment)).toEqual([metadata.name]);
  }
  const [hello, gateway] = items.map(({ metadata }) => metadata.labels ?? {});
  expect(hello).toMatchObject({ producer: "demo", env: "dev" });
  expect(gateway).toMatchObject({ environment: "dev", instance: "gateway" });
});

it("a function that is deployed gets a pod that goes from pending to ready; removed, it goes", async () => {
  const { cluster } = sandbox.kubernetes;
  const { commands } = sandbox.functions.of("demo", "dev");
  expect(podsOf("fn-demo-dev-convert")).toEqual([]);
  commands.deployAtOnce("convert");
  const pod = await until(() => {
    const found = onlyPod("fn-demo-dev-convert");
    expect(isReady(found)).toBe(true);
    return found;
  });
  const states = cluster.store
    .since(0)
    .filter(({ object }) => object.metadata.uid === pod.metadata.uid)
    .map(({ object }) => (object as Pod).status)
    .map(({ phase, containerStatuses }) => `${phase} ${containerStatuses?.[0]?.state.waiting?.reason ?? ""}`);
  expect(states).toEqual(["Pending ", "Pending ", "Pending ContainerCreating", "Running ", "Running "]);
  sandbox.functions.cluster.remove("fn-demo-dev-convert");
  await until(() => {
    expect(cluster.list(pods).some(({ metadata }) => metadata.name.startsWith("fn-demo-dev-convert"))).toBe(
      false,
    );
  });
});

it("who is disabled loses his pods but for his functions, and gets them back", async () => {
  const apps = (): unknown[] =>
    sandbox.kubernetes.cluster
      .list(pods)
      .filter(({ metadata }) => metadata.labels?.["producer"] === "demo")
      .map(({ metadata }) => metadata.labels?.["app"]);
  expect(apps()).toHaveLength(4);
  save("demo", { disabled: true });
  await until(() => expect(apps()).toEqual(["kubeless-fn"]));
  save("demo", {});
  await until(() => expect(apps()).toEqual(["kubeless-fn", "sls-api", "workspace"]));
});

it("a gateway that is added gets a pod, one that is changed another, and one that is gone none", async () => {
  expect(podsOf("gateway-eve-dev-edge")).toEqual([]);
  save("eve", { gateways: [{ id: "11111111-2222-4333-8444-555555555555", name: "Edge", pipelines: [] }] });
  const first = await until(() => onlyPod("gateway-eve-dev-edge"));
  expect(first.metadata.labels).toMatchObject({
    id: "11111111-2222-4333-8444-555555555555",
    instance: "edge",
  });
  await until(() => expect(isReady(onlyPod("gateway-eve-dev-edge"))).toBe(true));
  const pipelines = [{ id: "p", name: "All", policies: [] }];
  save("eve", { gateways: [{ id: "11111111-2222-4333-8444-555555555555", name: "Edge", pipelines }] });
  await until(() => expect(onlyPod("gateway-eve-dev-edge").metadata.uid).not.toBe(first.metadata.uid));
  save("eve", { gateways: [] });
  await until(() => expect(podsOf("gateway-eve-dev-edge")).toEqual([]));
});

it("a gateway whose name is too long for a host is called by its id", async () => {
  const id = "0b9a52c0-2d6b-4e0c-8e5a-000000000f01";
  save("eve", { gateways: [{ id, name: "A name beyond what fits", pipelines: [] }] });
  await until(() => onlyPod("gateway-eve-dev-0b9a52c02d6b4e0"));
});

it("starting the sandbox asks nothing of the cluster, and each pod has said something once it runs", async () => {
  const { url, token } = sandbox.addresses.kubernetes;
  expect(sandbox.kubernetes.server.requests).toEqual([]);
  const { name } = onlyPod("workspace-demo-dev").metadata;
  const path = `/api/v1/namespaces/customer/pods/${name}/log`;
  const response = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
  expect(await response.text()).toContain("listening on 4231");
});

it("where somebody outside makes what runs of what is saved, only functions run by themselves", async () => {
  const kubernetes = await startKubernetes({
    ...{ platform: sandbox.gitea.platform, functions: sandbox.functions.cluster, prefix: "customer" },
    ...{ environments: ["dev"], functionsRepository: "functions", actualized: "outside" },
  });
  const names = (): unknown[] => kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);
  expect(names()).toEqual(["fn-demo-dev-hello", "fn-eve-dev-whisper"]);
  save("demo", { name: "changed" });
  sandbox.functions.of("demo", "dev").commands.deployAtOnce("convert");
  expect(names()).toEqual(["fn-demo-dev-convert", "fn-demo-dev-hello", "fn-eve-dev-whisper"]);
  await kubernetes.stop();
});
