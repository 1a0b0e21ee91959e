import { expect, it } from "vitest";
import { startKubernetes } from "../../src/sandbox/kubernetes/kubernetes.server.ts";
import { deployments, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import {
  eachTestHasAPlatform,
  isReady,
  onlyPod,
  podsOf,
  sandbox,
  serving,
  until,
} from "./kubernetes-platform.harness.ts";

eachTestHasAPlatform();

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

it("a cluster that runs from the start tells of the resources that it runs by, and does not follow what is saved", () => {
  const { cluster } = sandbox.kubernetes;
  const resources = cluster.resources.all().filter(({ group }) => group === "sett.lunchbadger.io");
  const names = resources.flatMap((each) =>
    cluster.list(each).map(({ metadata }) => `${each.kind} ${metadata.name}`),
  );
  expect(names).toEqual(
    expect.arrayContaining([
      "Producer demo",
      "Workspace demo-dev",
      "Gateway demo-dev-gateway",
      "Function demo-dev-hello",
    ]),
  );
  save("demo", { disabled: true });
  expect(onlyPod("workspace-demo-dev").metadata.deletionTimestamp).toBeUndefined();
});

it("starting the sandbox asks nothing of the cluster, and each pod has said something once it runs", async () => {
  const { url, token } = sandbox.addresses.kubernetes;
  expect(sandbox.kubernetes.server.requests).toEqual([]);
  const { name } = onlyPod("workspace-demo-dev").metadata;
  const path = `/api/v1/namespaces/customer/pods/${name}/log`;
  const response = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
  expect(await response.text()).toContain("listening on 4231");
});

it("on a cluster that is empty at first only functions run by themselves", async () => {
  const kubernetes = await startKubernetes({
    ...{ platform: sandbox.gitea.platform, functions: sandbox.functions.cluster, prefix: "customer" },
    ...{ environments: ["dev"], functionsRepository: "functions", contents: "empty" },
  });
  const names = (): unknown[] => kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);
  expect(names()).toEqual(["fn-demo-dev-hello", "fn-eve-dev-whisper"]);
  save("demo", { name: "changed" });
  sandbox.functions.of("demo", "dev").commands.deployAtOnce("convert");
  expect(names()).toEqual(["fn-demo-dev-convert", "fn-demo-dev-hello", "fn-eve-dev-whisper"]);
  await kubernetes.stop();
});
