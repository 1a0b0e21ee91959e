import { expect, onTestFinished, test, vi } from "vitest";
import { stageOf } from "../../../src/actualizer/controller/workload.conditions.ts";
import type { Condition } from "../../../src/actualizer/resources/resource.parts.ts";
import { deployments } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { readDeployment } from "../../../src/services/kubernetes/deployment.reader.ts";
import { actualize, demo, fieldsOf, startPlatform } from "./actualizer.harness.ts";

const workspaceObjects = [
  "Deployment workspace-demo-dev",
  "Deployment sls-api-demo-dev",
  "Service workspace-demo-dev",
  "Service sls-api-demo-dev",
  "Ingress workspace-demo-dev",
  "Ingress sls-api-demo-dev",
].sort();

const runs = { Applied: "Applied", Ready: "Running", Progressing: "RolledOut", Paused: "NotPaused" };

/** Demo's workspace, which runs. */
async function startWorkspace() {
  const platform = await startPlatform();
  const actualizer = await actualize(platform.kubernetes);
  await platform.make(demo("Workspace"));
  await platform.untilSaid("Workspace", "demo-dev", runs);
  return { ...platform, ...actualizer };
}

test("what a workspace means is made and comes up, and the workspace says how far it is", async () => {
  const { names, get, writes, kubernetes } = await startWorkspace();
  expect(names().sort()).toEqual(workspaceObjects);
  const workspace = fieldsOf(await get("Workspace", "demo-dev"));
  expect(workspace.metadata.finalizers).toEqual(["sett.lunchbadger.io/actualizer"]);
  expect(workspace.status).toMatchObject({ observedGeneration: 1 });
  const deployment = fieldsOf(await get("Deployment", "workspace-demo-dev"));
  expect(deployment.metadata.ownerReferences).toMatchObject([
    { kind: "Workspace", uid: workspace.metadata.uid },
  ]);
  // What one has written oneself is never in one's own way.
  expect(kubernetes.server.requests.filter(({ status }) => status === 409)).toEqual([]);
  // What is to be cleaned up is held before there is anything to clean up.
  expect(writes()[0]).toBe("PATCH workspaces/demo-dev");
  const once = new Set(writes().filter((write) => !write.includes("workspaces/")));
  expect([...once].sort()).toEqual(
    ["deployments", "services", "ingresses"]
      .flatMap((plural) => [`PATCH ${plural}/sls-api-demo-dev`, `PATCH ${plural}/workspace-demo-dev`])
      .sort(),
  );
});

test("a gateway says which configuration it was given, and another one replaces its pods", async () => {
  const { kubernetes, make, get, change, untilSaid, until } = await startPlatform();
  await actualize(kubernetes);
  const gateway = demo("Gateway");
  const { name } = gateway.metadata;
  await make(gateway);
  await untilSaid("Gateway", name, runs);
  const before = fieldsOf(await get("Gateway", name)).status;
  await change("Gateway", name, { spec: { configuration: { policies: ["cors"] } } });
  await until(async () => {
    const { status } = fieldsOf(await get("Gateway", name));
    expect(status).toMatchObject({ observedGeneration: 2 });
    expect(status?.["config"]).not.toBe(before?.["config"]);
    const object = fieldsOf(await get("Deployment", `gateway-${name}`));
    expect(object.metadata.labels["config"]).toBe(status?.["config"]);
  });
  await untilSaid("Gateway", name, runs);
});

test("a configuration that was given just now is never said to run before it does", async () => {
  const { kubernetes, make, change, untilSaid } = await startPlatform({ readyMs: 300 });
  await actualize(kubernetes);
  const gateway = demo("Gateway");
  const { name } = gateway.metadata;
  await make(gateway);
  await untilSaid("Gateway", name, runs);
  const said: string[] = [];
  /** How far it is, when it is said to be where it was to go. */
  const found: unknown[] = [];
  const stage = () => {
    const running = kubernetes.cluster
      .list(deployments)
      .find((each) => each.metadata.name === `gateway-${name}`);
    return stageOf(readDeployment(running));
  };
  const stop = kubernetes.cluster.store.onChange(({ resource, object }) => {
    const { status } = object as { status?: { observedGeneration?: number; conditions?: Condition[] } };
    if (resource.kind !== "Gateway" || status?.observedGeneration !== 2) return;
    const reason = status.conditions?.find(({ type }) => type === "Progressing")?.reason ?? "";
    if (reason === "RolledOut") found.push(stage());
    said.push(reason);
  });
  onTestFinished(stop);
  await change("Gateway", name, { spec: { configuration: { policies: ["cors"] } } });
  await vi.waitFor(() => expect(said.at(-1)).toBe("RolledOut"), { timeout: 15_000 });
  expect(new Set(found)).toEqual(new Set(["running"]));
});

test("a cluster in which nothing happens is not written to, however often it is looked at", async () => {
  const { kubernetes, cluster, controllers, isIdle, until, writes, untilSaid } = await startWorkspace();
  await until(() => expect(isIdle()).toBe(true));
  await untilSaid("Workspace", "demo-dev", runs);
  const before = writes().length;
  const lists = () => kubernetes.server.requests.filter(({ path }) => path.includes("limit=")).length;
  const listed = lists();
  for (let count = 0; count < 5; count += 1) {
    controllers.workspaces.look("demo-dev", "now");
    await until(() => expect(isIdle()).toBe(true));
  }
  cluster.watches.drop();
  await until(() => expect(lists()).toBeGreaterThanOrEqual(listed + 6));
  await until(() => expect(isIdle()).toBe(true));
  expect(writes().slice(before)).toEqual([]);
});

test("what is no longer wanted goes, and nothing else, as soon as a workspace is disabled", async () => {
  const { names, change, make, get, untilSaid, until, kubernetes } = await startWorkspace();
  const gateway = demo("Gateway");
  await make(gateway);
  await untilSaid("Gateway", gateway.metadata.name, runs);
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  await untilSaid("Workspace", "demo-dev", { Disabled: "Disabled", Ready: "Stopped", Applied: "Applied" });
  await until(() => expect(names().filter((name) => name.includes("workspace"))).toEqual([]));
  expect(names()).toHaveLength(4);
  const removed = kubernetes.server.requests.filter(({ method }) => method === "DELETE");
  expect(removed).toHaveLength(6);
  for (const { body } of removed)
    expect(body).toMatchObject({ preconditions: { uid: expect.any(String) as string } });
  await change("Workspace", "demo-dev", { spec: { enabled: true } });
  await untilSaid("Workspace", "demo-dev", runs);
  expect(fieldsOf(await get("Workspace", "demo-dev")).status).toMatchObject({ observedGeneration: 3 });
});

test("what somebody deletes or changes is as it was again, and what is somebody else's to set stays", async () => {
  const { get, change, remove, until } = await startWorkspace();
  const { uid } = fieldsOf(await get("Service", "workspace-demo-dev")).metadata;
  await remove("Service", "workspace-demo-dev");
  await until(async () => {
    const made = await get("Service", "workspace-demo-dev");
    expect(made?.metadata.uid).toEqual(expect.any(String));
    expect(made?.metadata.uid).not.toBe(uid);
  });
  await change("Deployment", "sls-api-demo-dev", {
    metadata: { annotations: { note: "mine" } },
    spec: { replicas: 3, revisionHistoryLimit: 2 },
  });
  await until(async () => {
    const { spec } = fieldsOf(await get("Deployment", "sls-api-demo-dev"));
    expect(spec).toMatchObject({ replicas: 1, revisionHistoryLimit: 2 });
  });
  const kept = await get("Deployment", "sls-api-demo-dev");
  expect(kept?.metadata).toMatchObject({ annotations: { note: "mine" } });
});

test("what somebody keeps changing is changed back once, and then disputed rather than fought over", async () => {
  const { get, change, until, untilSaid, wordsOf, writes } = await startWorkspace();
  const replicas = async () => fieldsOf(await get("Deployment", "sls-api-demo-dev")).spec["replicas"];
  await change("Deployment", "sls-api-demo-dev", { spec: { replicas: 3 } });
  await until(async () => expect(await replicas()).toBe(1));
  const before = writes().filter((write) => write.includes("deployments")).length;
  await change("Deployment", "sls-api-demo-dev", { spec: { replicas: 4 } });
  await untilSaid("Workspace", "demo-dev", { Applied: "Disputed" });
  expect(await replicas()).toBe(4);
  expect(await wordsOf("Workspace", "demo-dev", "Applied")).toContain("would change replicas 4 → 1");
  expect(writes().filter((write) => write.includes("deployments"))).toHaveLength(before);
});

test("an object of somebody else's that has the name is left as it is, and told of until it is gone", async () => {
  const { kubernetes, operator, make, get, remove, untilSaid, wordsOf } = await startPlatform();
  const foreign = {
    metadata: { name: "workspace-demo-dev", labels: { app: "theirs" } },
    spec: { selector: { app: "theirs" }, ports: [{ port: 80 }] },
  };
  const kind = { apiVersion: "v1", kind: "Service", plural: "services" };
  const before = await operator.create(kind, foreign);
  await actualize(kubernetes, { patience: { disputeMs: 50 } });
  await make(demo("Workspace"));
  await untilSaid("Workspace", "demo-dev", { Applied: "Disputed", Ready: "Running" });
  expect(await wordsOf("Workspace", "demo-dev", "Applied")).toContain(
    "Service workspace-demo-dev is there already and belongs to somebody else.",
  );
  expect((await get("Service", "workspace-demo-dev"))?.metadata.resourceVersion).toBe(
    before.metadata.resourceVersion,
  );
  await remove("Service", "workspace-demo-dev");
  await untilSaid("Workspace", "demo-dev", runs);
});

const leftBehind = (selector: Record<string, string>) => {
  const labels = { app: "workspace", producer: "demo", environment: "dev" };
  const container = { name: "workspace", image: "lunchbadger/workspace:old" };
  return {
    metadata: { name: "workspace-demo-dev", labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: selector },
      template: { metadata: { labels: { ...labels, ...selector } }, spec: { containers: [container] } },
    },
  };
};
const deploymentKind = { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments" };

test("what was left behind by what ran before is taken over as it runs", async () => {
  const { kubernetes, operator, make, get, untilSaid } = await startPlatform();
  const selector = { app: "workspace", producer: "demo", environment: "dev" };
  const before = await operator.create(deploymentKind, leftBehind(selector));
  await actualize(kubernetes);
  await make(demo("Workspace"));
  await untilSaid("Workspace", "demo-dev", runs);
  const after = fieldsOf(await get("Deployment", "workspace-demo-dev"));
  expect(after.metadata.uid).toBe(before.metadata.uid);
  expect(after.metadata.ownerReferences).toMatchObject([{ kind: "Workspace" }]);
  expect(after.spec).toMatchObject({ replicas: 1 });
});

test("a deployment left behind that finds its pods otherwise is deleted, and made when it is gone", async () => {
  const { kubernetes, operator, make, get, until, untilSaid, wordsOf } = await startPlatform();
  const before = await operator.create(deploymentKind, leftBehind({ name: "workspace-demo-dev" }));
  const finalizers = ["example.com/held"];
  await operator.patch(deploymentKind, "workspace-demo-dev", { metadata: { finalizers } });
  await actualize(kubernetes);
  await make(demo("Workspace"));
  await untilSaid("Workspace", "demo-dev", { Applied: "Waiting", Ready: "Starting" });
  await until(async () =>
    expect(await wordsOf("Workspace", "demo-dev", "Applied")).toContain(
      "Deployment workspace-demo-dev has not gone yet.",
    ),
  );
  expect((await get("Deployment", "workspace-demo-dev"))?.metadata.uid).toBe(before.metadata.uid);
  await operator.patch(deploymentKind, "workspace-demo-dev", { metadata: { finalizers: null } });
  await untilSaid("Workspace", "demo-dev", runs);
  expect((await get("Deployment", "workspace-demo-dev"))?.metadata.uid).not.toBe(before.metadata.uid);
});

test("a workspace that is deleted goes when its objects are gone, and another of its name is another", async () => {
  const { names, get, change, remove, make, until, untilSaid } = await startWorkspace();
  await change("Ingress", "sls-api-demo-dev", { metadata: { finalizers: ["example.com/held"] } });
  await remove("Workspace", "demo-dev");
  await until(() => expect(names()).toEqual(["Ingress sls-api-demo-dev"]));
  expect(await get("Workspace", "demo-dev")).toBeDefined();
  await change("Ingress", "sls-api-demo-dev", { metadata: { finalizers: null } });
  await until(async () => expect(await get("Workspace", "demo-dev")).toBeUndefined());
  expect(names()).toEqual([]);
  await make(demo("Workspace"));
  await untilSaid("Workspace", "demo-dev", runs);
  expect(names().sort()).toEqual(workspaceObjects);
});
