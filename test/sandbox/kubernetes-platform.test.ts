import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deployments, endpointSlices, events, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox({
    PRODUCER_PREFIX: "customer",
    ENVIRONMENTS: ["dev"],
    FUNCTIONS_REPOSITORY: "functions",
    timing: { writeMs: 0, hookDelayMs: 1 },
    functionTiming: { writeMs: 0, deployMs: 0, undeployMs: 0, logsMs: 0 },
    clusterTiming: { scheduleMs: 1, createMs: 1, readyMs: 1, terminateMs: 1 },
  });
});

afterEach(() => sandbox.stop());

const until = <T>(look: () => T | Promise<T>): Promise<T> => vi.waitFor(look, { timeout: 5000, interval: 5 });

function podsOf(deployment: string): readonly Pod[] {
  return sandbox.kubernetes.cluster.podsOf(deployment);
}

function onlyPod(deployment: string): Pod {
  const [pod, ...others] = podsOf(deployment);
  if (pod === undefined || others.length > 0)
    throw new Error(`${deployment} has ${podsOf(deployment).length} pods`);
  return pod;
}

function isReady({ status }: Pod): boolean {
  return status.containerStatuses?.every(({ ready }) => ready) ?? false;
}

/** The pods that serve for a service. */
function serving(service: string): readonly unknown[] {
  const slice = sandbox.kubernetes.cluster
    .list(endpointSlices)
    .find(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === service);
  return (slice?.endpoints ?? [])
    .filter((each) => (each["conditions"] as { ready: boolean }).ready)
    .map((each) => (each["targetRef"] as { name: string }).name);
}

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

it("a pod that is deleted is followed by another, by another name, that serves in its place", async () => {
  const { metadata } = onlyPod("workspace-demo-dev");
  sandbox.kubernetes.cluster.deletePod(metadata.name);
  const next = await until(() => {
    const pod = onlyPod("workspace-demo-dev");
    expect(serving("workspace-demo-dev")).toEqual([pod.metadata.name]);
    return pod;
  });
  expect(next.metadata.name).not.toBe(metadata.name);
  expect(next.metadata.uid).not.toBe(metadata.uid);
  await until(() => expect(() => sandbox.kubernetes.cluster.get(pods, metadata.name)).toThrow());
});

it("a restart by annotation makes a pod before it takes the old one away, and is told of in the deployment", async () => {
  const { cluster } = sandbox.kubernetes;
  const old = onlyPod("gateway-demo-dev-gateway").metadata.name;
  const { url, token } = sandbox.addresses.kubernetes;
  const annotations = { "kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z" };
  const path = "/apis/apps/v1/namespaces/customer/deployments/gateway-demo-dev-gateway";
  const response = await fetch(url + path, {
    method: "PATCH",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/strategic-merge-patch+json" },
    body: JSON.stringify({ spec: { template: { metadata: { annotations } } } }),
  });
  expect(response.status).toBe(200);
  await until(() => expect(onlyPod("gateway-demo-dev-gateway").metadata.name).not.toBe(old));
  await until(() => {
    expect(cluster.get(deployments, "gateway-demo-dev-gateway").status).toMatchObject({
      observedGeneration: 2,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
    });
  });
  const changes = cluster.store.since(0).filter(({ resource }) => (resource as unknown) === pods);
  const last = (name: string) => changes.findLast(({ object }) => object.metadata.name === name);
  const next = onlyPod("gateway-demo-dev-gateway");
  const ready = changes.find(
    ({ object }) => object.metadata.name === next.metadata.name && isReady(object as Pod),
  );
  const ended = changes.find(
    ({ object }) => object.metadata.name === old && object.metadata.deletionTimestamp !== undefined,
  );
  expect(ready?.version).toBeLessThan(ended?.version ?? 0);
  expect(last(next.metadata.name)?.type).toBe("MODIFIED");
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

it("a pod can crash again and again, run out of memory, fail to get its image, and recover", () => {
  const { cluster } = sandbox.kubernetes;
  const { name } = onlyPod("workspace-demo-dev").metadata;
  const state = () => cluster.get(pods, name).status.containerStatuses?.[0];
  cluster.crash(name, { exitCode: 2 });
  cluster.crash(name, { exitCode: 3 });
  expect(state()).toMatchObject({
    ready: false,
    restartCount: 2,
    state: { waiting: { reason: "CrashLoopBackOff" } },
    lastState: { terminated: { exitCode: 3, reason: "Error" } },
  });
  cluster.controllers.settle();
  expect(serving("workspace-demo-dev")).toEqual([]);
  cluster.outOfMemory(name);
  expect(state()).toMatchObject({ state: { terminated: { exitCode: 137, reason: "OOMKilled" } } });
  cluster.recover(name);
  expect(state()).toMatchObject({
    ready: true,
    restartCount: 3,
    lastState: { terminated: { exitCode: 137 } },
  });
  cluster.controllers.settle();
  expect(serving("workspace-demo-dev")).toEqual([name]);
  cluster.failPull(name);
  expect(state()).toMatchObject({ ready: false, state: { waiting: { reason: "ImagePullBackOff" } } });
  const told = cluster.list(events).filter((each) => each.involvedObject["name"] === name);
  expect(told.filter(({ type }) => type === "Warning").map(({ reason, count }) => [reason, count])).toEqual([
    ["BackOff", 3],
    ["Failed", 1],
  ]);
});

it("an image that cannot be pulled keeps the new pod waiting and the old one serving", async () => {
  const { cluster } = sandbox.kubernetes;
  const old = onlyPod("sls-api-demo-dev").metadata.name;
  cluster.kubelet.unpullable.add("lunchbadger/sls-api:broken");
  cluster.change(deployments, "sls-api-demo-dev", (deployment) => {
    const { template } = deployment.spec;
    const containers = template.spec.containers.map((each) => ({
      ...each,
      image: "lunchbadger/sls-api:broken",
    }));
    const broken = { ...template, spec: { ...template.spec, containers } };
    return { ...deployment, spec: { ...deployment.spec, template: broken } };
  });
  await until(() => {
    const reasons = podsOf("sls-api-demo-dev").map(
      ({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason,
    );
    expect(reasons).toContain("ImagePullBackOff");
  });
  expect(serving("sls-api-demo-dev")).toEqual([old]);
});

it("starting the sandbox asks nothing of the cluster, and each pod has said something once it runs", async () => {
  const { url, token } = sandbox.addresses.kubernetes;
  expect(sandbox.kubernetes.server.requests).toEqual([]);
  const { name } = onlyPod("workspace-demo-dev").metadata;
  const path = `/api/v1/namespaces/customer/pods/${name}/log`;
  const response = await fetch(url + path, { headers: { Authorization: `Bearer ${token}` } });
  expect(await response.text()).toContain("listening on 4231");
});
