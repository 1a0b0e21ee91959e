import { expect, test } from "vitest";
import { deployments, services } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { functionWorkload } from "../../../src/sandbox/kubernetes/function.workload.ts";
import { deploymentOf, serviceOf } from "../../../src/sandbox/kubernetes/workload.templates.ts";
import { customKinds } from "../../../src/services/actualizer/resource.names.ts";
import { actualizeFunctions, startFunctionPlatform } from "./functions.harness.ts";

const workload = "fn-demo-dev-hello";

async function startDeployed() {
  const platform = await startFunctionPlatform();
  const { sandbox, make, want, get, until } = platform;
  const leading = await actualizeFunctions(platform);
  await make("hello");
  await want("hello", { running: true, request: "first" });
  await until(async () => expect((await get("hello"))?.status?.request).toBe("first"));
  const left = () => {
    const { cluster } = sandbox.kubernetes;
    return [deployments, services].flatMap((kind) =>
      cluster.list(kind as typeof services).filter(({ metadata }) => metadata.name === workload),
    );
  };
  return { ...platform, ...leading, left };
}

test("a function whose resource is deleted is taken back before the resource goes", async () => {
  const { remove, get, until, runs, commands, left } = await startDeployed();
  await remove("hello");
  await until(async () => expect(await get("hello")).toBeUndefined());
  expect(runs("hello")).toBe(false);
  expect(left()).toEqual([]);
  expect(commands()).toEqual(["deploy hello", "take back hello"]);
});

test("a function of which nothing has ever run goes without anybody being asked", async () => {
  const platform = await startFunctionPlatform();
  const { make, said, remove, get, until, commands } = platform;
  await actualizeFunctions(platform);
  await make("convert");
  await until(async () => expect(await said("convert")).toMatchObject({ Ready: "NotDeployed" }));
  await remove("convert");
  await until(async () => expect(await get("convert")).toBeUndefined());
  expect(commands()).toEqual([]);
});

/** A function that runs, and which no sls-api knows. */
async function startLeftBehind() {
  const platform = await startFunctionPlatform();
  const { sandbox, make, said, until } = platform;
  const { cluster } = sandbox.kubernetes;
  const name = "fn-demo-dev-ghost";
  const labels = { producer: "demo", env: "dev", app: "kubeless-fn" };
  const described = { name, service: "ghost", runtime: "nodejs:8", handler: "handler.fn", labels };
  const left = functionWorkload({ ...described, deployedAt: new Date(), logs: [] });
  cluster.add(deployments, deploymentOf(left));
  cluster.add(services, serviceOf(left));
  await actualizeFunctions(platform);
  await make("ghost");
  await until(async () => expect(await said("ghost")).toMatchObject({ Ready: "Running" }));
  const names = () =>
    [...cluster.list(deployments), ...cluster.list(services)].filter(
      ({ metadata }) => metadata.name === name,
    );
  expect(names()).toHaveLength(2);
  return { ...platform, names };
}

test("what sls-api knows no more is taken away from the cluster itself", async () => {
  const { makeWorkspace, remove, get, until, names } = await startLeftBehind();
  await makeWorkspace();
  await remove("ghost");
  await until(async () => expect(await get("ghost")).toBeUndefined());
  expect(names()).toEqual([]);
});

test("what sls-api knows no more stops with its project, too, and is still wanted when that is enabled", async () => {
  const { makeWorkspace, change, get, said, until, names } = await startLeftBehind();
  await makeWorkspace();
  await change("ghost", { enabled: false });
  await until(async () =>
    expect(await said("ghost")).toMatchObject({ Disabled: "Disabled", Applied: "Applied", Ready: "Stopped" }),
  );
  expect(names()).toEqual([]);
  const { spec, status } = (await get("ghost")) ?? {};
  expect(spec?.running).toBe(true);
  expect(status?.outcome).toMatchObject({ kind: "UNDEPLOY", state: "SUCCEEDED" });
});

test("an sls-api that is gone for good keeps nothing: without a workspace it is not waited for", async () => {
  const { functions, remove, get, until, names } = await startLeftBehind();
  functions.server.faults.set({ mode: "drop" });
  await remove("ghost");
  await until(async () => expect(await get("ghost")).toBeUndefined());
  expect(names()).toEqual([]);
});

test("an sls-api that never comes back is waited for only so long", async () => {
  const platform = await startFunctionPlatform();
  const { make, makeWorkspace, remove, get, said, until, functions, sandbox } = platform;
  await actualizeFunctions(platform, { patience: { overdueMs: 200 } });
  await makeWorkspace();
  await make("hello");
  await until(async () => expect(await said("hello")).toMatchObject({ Ready: "Running" }));
  functions.server.faults.set({ mode: "drop" });
  await remove("hello");
  await until(async () => expect(await get("hello")).toBeUndefined());
  const removed = sandbox.kubernetes.server.requests.filter(
    ({ method, path }) => method === "DELETE" && path.includes(workload),
  );
  expect(removed.length).toBeGreaterThanOrEqual(2);
});

test("an sls-api that is away for a while is waited for while there is a workspace", async () => {
  const { functions, makeWorkspace, remove, get, said, until, runs } = await startDeployed();
  await makeWorkspace();
  await until(async () => expect(await said("hello")).toMatchObject({ Applied: "Applied" }));
  functions.server.faults.set({ mode: "drop" });
  await remove("hello");
  await until(async () => expect(await said("hello")).toMatchObject({ Applied: "Waiting" }));
  expect(runs("hello")).toBe(true);
  functions.server.faults.clear();
  await until(async () => expect(await get("hello")).toBeUndefined());
  expect(runs("hello")).toBe(false);
});

test("a disabled workspace keeps its sls-api until its functions are taken back, and nothing longer", async () => {
  const { sandbox, functions, makeWorkspace, operator, change, said, until, runs } = await startDeployed();
  const { cluster } = sandbox.kubernetes;
  const running = () =>
    cluster
      .list(deployments)
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.endsWith("demo-dev"))
      .sort();
  await makeWorkspace();
  await until(() => expect(running()).toEqual(["sls-api-demo-dev", "workspace-demo-dev"]));
  functions.server.faults.set({ mode: "drop" });
  await operator.patch(customKinds.WORKSPACE, "demo-dev", { spec: { enabled: false } });
  await change("hello", { enabled: false });
  await until(() => expect(running()).toEqual(["sls-api-demo-dev"]));
  await until(async () => expect(await said("hello")).toMatchObject({ Applied: "Waiting" }));
  expect(running()).toEqual(["sls-api-demo-dev"]);
  functions.server.faults.clear();
  await until(() => expect(running()).toEqual([]));
  expect(runs("hello")).toBe(false);
});

test("a workspace that is deleted stays until its functions are taken back", async () => {
  const { functions, makeWorkspace, operator, remove, get, said, until } = await startDeployed();
  const workspace = () => operator.get(customKinds.WORKSPACE, "demo-dev");
  await makeWorkspace();
  await until(async () => expect((await workspace())?.metadata["finalizers"]).toHaveLength(1));
  functions.server.faults.set({ mode: "drop" });
  await remove("hello");
  const uid = (await workspace())?.metadata.uid ?? "";
  await operator.remove(customKinds.WORKSPACE, "demo-dev", { uid, propagation: "Background" });
  await until(async () => {
    const { conditions = [] } = ((await workspace())?.["status"] ?? {}) as {
      conditions?: { type: string; message: string }[];
    };
    const applied = conditions.find(({ type }) => type === "Applied");
    expect(applied?.message).toContain("functions are being taken back");
  });
  await until(async () => expect(await said("hello")).toMatchObject({ Applied: "Waiting" }));
  functions.server.faults.clear();
  await until(async () => expect(await get("hello")).toBeUndefined());
  await until(async () => expect(await workspace()).toBeUndefined());
});

test("a workspace that is deleted does not wait for what runs and nobody has said anything of", async () => {
  const platform = await startFunctionPlatform();
  const { make, makeWorkspace, operator, said, until, runs, commands } = platform;
  const workspace = () => operator.get(customKinds.WORKSPACE, "demo-dev");
  await actualizeFunctions(platform);
  await makeWorkspace();
  await make("hello");
  await until(async () => expect(await said("hello")).toMatchObject({ Ready: "Running" }));
  await until(async () => expect((await workspace())?.metadata["finalizers"]).toHaveLength(1));
  const uid = (await workspace())?.metadata.uid ?? "";
  await operator.remove(customKinds.WORKSPACE, "demo-dev", { uid, propagation: "Background" });
  await until(async () => expect(await workspace()).toBeUndefined());
  expect(runs("hello")).toBe(true);
  expect(commands()).toEqual([]);
});

test("what another process had begun is left to it for a while, and then done", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, operator, nameOf, commands } = platform;
  await make("hello");
  await want("hello", { running: true, request: "first" });
  const outcome = { kind: "DEPLOY", state: "RUNNING", at: "2026-01-01T00:00:00Z" };
  await operator.patch(customKinds.FUNCTION, nameOf("hello"), { status: { outcome } }, { part: "status" });
  await actualizeFunctions(platform);
  await until(async () => expect(await said("hello")).toMatchObject({ Applied: "Waiting" }));
  expect(commands()).toEqual([]);
  await until(async () => expect((await get("hello"))?.status?.request).toBe("first"));
  expect(commands()).toEqual(["deploy hello"]);
});

test("a wish that changes while a function is deployed is not lost, and neither is what came of the first", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, until, functions, commands, runs } = platform;
  functions.server.faults.set({ mode: "freeze" }, { method: "POST", path: /deploy/ });
  await actualizeFunctions(platform);
  await make("convert");
  await want("convert", { running: true, request: "first" });
  await until(async () => expect((await get("convert"))?.status?.outcome?.state).toBe("RUNNING"));
  await want("convert", { running: false, request: "second" });
  functions.server.faults.clear();
  await until(async () => expect((await get("convert"))?.status?.request).toBe("second"));
  expect(commands()).toEqual(["deploy convert", "take back convert"]);
  expect(runs("convert")).toBe(false);
});

test("functions of a producer whose account is gone are taken back by what still runs of it", async () => {
  const { sandbox, functions, makeWorkspace, remove, get, until, runs, commands } = await startDeployed();
  await makeWorkspace();
  functions.follow(() => true);
  const { platform } = sandbox.gitea;
  for (const name of ["functions", "dev"]) platform.removeRepository("customer-demo", name);
  await remove("hello");
  await until(async () => expect(await get("hello")).toBeUndefined());
  expect(runs("hello")).toBe(false);
  expect(commands()).toEqual(["deploy hello", "take back hello"]);
});
