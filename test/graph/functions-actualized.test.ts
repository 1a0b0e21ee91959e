import { expect, test, vi } from "vitest";
import { deployments } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";
import { customKinds } from "../../src/services/actualizer/resource.names.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { operatorOf } from "../actualizer/controller/cluster.harness.ts";
import { functionsAs, functionService, running } from "./functions.asking.ts";

/** The resource of one of demo's functions. */
async function resourceOf({ sandbox }: Sett, name: string) {
  const found = await operatorOf(sandbox.kubernetes).get(customKinds.FUNCTION, `demo-dev-${name}`);
  return found as
    | {
        readonly spec: Readonly<Record<string, unknown>>;
        readonly status?: Readonly<Record<string, unknown>>;
      }
    | undefined;
}

/** Who has had sls-api do something, by what it was. */
const commanded = ({ sandbox }: Sett) =>
  sandbox.functions.server.requests
    .filter(({ method, path }) => method !== "GET" && path.includes("/deploy"))
    .map(({ method }) => method);

test("with an actualizer al deploys and undeploys as without, and what al wants is on the cluster", async () => {
  const sett = await startSett({ actualizer: true });
  const al = functionsAs(sett, "al");
  const asked = await al.deploy("convert");
  const deployment = await al.finished(asked.data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({ kind: "DEPLOY", state: "SUCCEEDED", reason: null, by: "customer-al" });
  expect(deployment?.revision).toBe((await al.found("convert"))?.revision);
  expect(running(sett, "convert")).toBeDefined();
  expect((await resourceOf(sett, "convert"))?.spec).toMatchObject({ running: true });

  const back = await al.undeploy("convert");
  const undeployed = await al.finished(back.data?.undeployFunction?.deployment.id);
  expect(undeployed).toMatchObject({ kind: "UNDEPLOY", state: "SUCCEEDED" });
  expect(running(sett, "convert")).toBeUndefined();
  expect((await resourceOf(sett, "convert"))?.spec).toMatchObject({ running: false });
  expect(commanded(sett)).toEqual(["POST", "DELETE"]);
});

test("what failed says why, as without an actualizer", async () => {
  const sett = await startSett({ actualizer: true });
  functionService(sett).commands.failNext("deploy", "hello");
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  const deployment = await demo.finished(data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({
    state: "FAILED",
    reason: "`sls remove && sls deploy` ended with 1.",
    revision: null,
  });
});

test("a function that has just been made can be deployed before anybody has seen it saved", async () => {
  const sett = await startSett({ actualizer: true });
  const demo = functionsAs(sett);
  const { data } = await demo.create({ name: "spare", runtime: "nodejs:8", deploy: true });
  expect((await demo.finished(data?.createFunction?.deployment?.id))?.state).toBe("SUCCEEDED");
  expect(running(sett, "spare")).toBeDefined();
  await vi.waitFor(
    async () =>
      expect((await resourceOf(sett, "spare"))?.spec).toMatchObject({ running: true, enabled: true }),
    { timeout: 10_000 },
  );
});

test("a function that is deleted is taken back first, and neither it nor its resource comes back", async () => {
  const sett = await startSett({ actualizer: true });
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  await demo.finished(data?.deployFunction?.deployment.id);
  expect((await demo.remove({ name: "hello" })).data?.deleteFunction).toEqual({ deletedName: "hello" });
  await vi.waitFor(async () => expect(await resourceOf(sett, "hello")).toBeUndefined(), { timeout: 10_000 });
  expect(running(sett, "hello")).toBeUndefined();
  expect(commanded(sett)).toEqual(["POST", "DELETE"]);
});

test("while no actualizer runs nobody is told that anything was done, and it is done once one does", async () => {
  const sett = await startSett({ actualizer: true, env: { DEPLOY_TIMEOUT: "300ms" } });
  await sett.actualizer.stop();
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("convert");
  const deployment = await demo.finished(data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({
    state: "UNKNOWN",
    reason: "It is asked for, and the actualizer has not taken it up yet.",
  });
  expect(commanded(sett)).toEqual([]);
});

test("wishes are on the cluster at once, however many wait for an actualizer that is away", async () => {
  const sett = await startSett({ actualizer: true, env: { DEPLOY_LIMIT: "1", DEPLOY_TIMEOUT: "60s" } });
  await sett.actualizer.stop();
  const demo = functionsAs(sett);
  for (const name of ["convert", "hello"]) {
    const { data } = await demo.deploy(name);
    const id = Buffer.from(data?.deployFunction?.deployment.id ?? "", "base64url").toString();
    const request = id.split(":").at(-1);
    await vi.waitFor(async () => expect((await resourceOf(sett, name))?.spec).toMatchObject({ request }), {
      timeout: 10_000,
    });
  }
});

test("whoever waits for the actualizer has the gateway watch functions", async () => {
  const sett = await startSett({ actualizer: true });
  await sett.actualizer.stop();
  const { server } = sett.sandbox.kubernetes;
  server.clearRequests();
  await functionsAs(sett).deploy("hello");
  await vi.waitFor(
    () =>
      expect(server.requests.map(({ path }) => path)).toContainEqual(
        expect.stringMatching(/\/functions\?.*watch=true/),
      ),
    { timeout: 10_000 },
  );
});

test("what a disabled project runs is taken back before its sls-api goes, and runs again when it is enabled", async () => {
  const sett = await startSett({ actualizer: true, timing: { hookDelayMs: 0 } });
  const { sandbox } = sett;
  const names = () =>
    sandbox.kubernetes.cluster
      .list(deployments)
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.includes("-demo-dev"))
      .sort();
  expect(names()).toContain("fn-demo-dev-hello");
  const disable = (disabled: boolean) => {
    const project = JSON.stringify({ ...carDocument(), disabled });
    const text = JSON.stringify({ ids: {}, models: { Project: { "demo-dev": project } } });
    const commits = [{ message: "Switch it", files: { "lunchbadger.json": text } }];
    sandbox.gitea.platform.push("customer-demo", "dev", { commits });
  };
  disable(true);
  await vi.waitFor(() => expect(names()).toEqual([]), { timeout: 10_000 });
  expect(running(sett, "hello")).toBeUndefined();
  disable(false);
  await vi.waitFor(() => expect(running(sett, "hello")).toBeDefined(), { timeout: 10_000 });
  expect(running(sett, "convert")).toBeUndefined();
});
