import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { functionMutations } from "./functions.mutations.data.ts";
import { functionsAs, functionService, running } from "./functions.asking.ts";

const service = "fn-eve-dev-pay";

/** Something of eve's that runs, and a function of demo's whose document was pushed with fields of its own. */
async function startPushed(change: (serverless: Record<string, unknown>) => Record<string, unknown>) {
  const sett = await startSett();
  sett.sandbox.functions.cluster.deploy({
    name: service,
    service: "pay",
    runtime: "nodejs:8",
    handler: "handler.fn",
    labels: {},
  });
  await push(sett, "hello", change(functionService(sett).read("hello").serverless));
  sett.upstreamCalls();
  return sett;
}

async function push(sett: Sett, folder: string, serverless: Record<string, unknown>) {
  // A document is written only where there is a folder.
  await functionService(sett).write(folder, { serverless: {}, files: { "handler.js": "1" } });
  await functionService(sett).write(folder, { serverless, files: {} });
}

const changes = (sett: Sett) =>
  sett.sandbox.functions.server.requests.filter(({ method }) => method !== "GET").map(({ path }) => path);

const naming = (serverless: Record<string, unknown>) => ({
  ...serverless,
  functions: { ...(serverless["functions"] as object), [service]: { handler: "handler.fn" } },
});

test("what a pushed document names of another producer's is neither taken back nor deployed anew nor deleted with it", async () => {
  const sett = await startPushed(naming);
  const before = running(sett, "hello");
  const demo = functionsAs(sett);
  expect((await demo.undeploy("hello")).codes).toEqual(["BAD_USER_INPUT"]);
  expect((await demo.deploy("hello")).codes).toEqual(["BAD_USER_INPUT"]);
  expect((await demo.remove({ name: "hello" })).codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(changes(sett)).toEqual([]);
  const cleared = await functionMutations["clearFunctions"]?.(sett.as("demo"), "demo");
  expect(cleared?.codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(functionService(sett).names()).toEqual(["hello"]);
  expect(sett.sandbox.functions.cluster.find(service)).toBeDefined();
  expect(running(sett, "hello")).toBe(before);
});

test("a document that is pushed while its taking back waits is looked at when its turn has come", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 150, undeployMs: 5 } });
  const demo = functionsAs(sett);
  await demo.deploy("hello");
  const { data } = await demo.undeploy("hello");
  await push(sett, "hello", naming(functionService(sett).read("hello").serverless));
  const deployment = await demo.finished(data?.undeployFunction?.deployment.id);
  expect(deployment).toMatchObject({ kind: "UNDEPLOY", state: "FAILED" });
  expect(deployment?.reason).toContain(service);
});

const within = (serverless: Record<string, unknown>, more: object) => {
  const [[key, value] = ["", {}]] = Object.entries(serverless["functions"] as Record<string, object>);
  return { ...serverless, functions: { [key]: { ...value, ...more } } };
};
const provided = (serverless: Record<string, unknown>, more: object) => ({
  ...serverless,
  provider: { ...(serverless["provider"] as object), ...more },
});

const reaching: readonly [string, (serverless: Record<string, unknown>) => Record<string, unknown>][] = [
  ["a namespace for a function", (all) => within(all, { namespace: "kube-system" })],
  ["secrets", (all) => within(all, { secrets: ["eve-secret"] })],
  ["values of secrets", (all) => within(all, { environment: { KEY: { valueFrom: {} } } })],
  ["another cluster", (all) => provided(all, { kubeConfig: "/root/.kube/config" })],
  ["the contents of a file", (all) => ({ ...all, custom: { deep: ["${file(/etc/passwd)}"] } })],
  ["files of others", (all) => ({ ...all, package: { include: ["../../eve/**"] } })],
];

test.each([
  ...reaching,
  ["another's labels", (all) => within(all, { labels: { producer: "eve", env: "dev", app: "kubeless-fn" } })],
  ["another's address", (all) => within(all, { labels: { function: service } })],
  ["other plugins", (all) => ({ ...all, plugins: ["./evil"] })],
] satisfies typeof reaching)("a pushed document with %s is not deployed", async (_what, change) => {
  const sett = await startPushed(change);
  const { codes } = await functionsAs(sett).deploy("hello");
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(changes(sett)).toEqual([]);
});

test.each(reaching)("a document with %s is not saved", async (_what, change) => {
  const sett = await startSett();
  const serverless = change(functionService(sett).read("hello").serverless);
  expect((await functionsAs(sett).save({ name: "hello", serverless })).codes).toEqual(["BAD_USER_INPUT"]);
  expect(changes(sett)).toEqual([]);
});

test("what says how much of the cluster a function gets is saved and deployed", async () => {
  const sett = await startPushed((all) => provided(all, { memorySize: "128Mi", timeout: "60", cpu: "100m" }));
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  expect((await demo.finished(data?.deployFunction?.deployment.id))?.state).toBe("SUCCEEDED");
});

test("of folders that tell names, each name is listed once, and what is no function's name not at all", async () => {
  const sett = await startSett();
  const convert = functionService(sett).read("convert");
  const tell = (name: string) => ({ ...convert.serverless, service: name, lunchbadger: {} });
  for (const [index, name] of ["convert", "../workspace", "x/../../y", "..", "", "class"].entries()) {
    await push(sett, `other${index}`, tell(name));
  }
  const demo = functionsAs(sett);
  const { data, errors } = await demo.list();
  expect(errors).toEqual([]);
  expect(data?.project?.functions?.map(({ name }) => name)).toEqual(["hello", "convert"]);
  expect(data?.project?.functions?.[1]?.serverless).toEqual(convert.serverless);
  const cleared = await functionMutations["clearFunctions"]?.(sett.as("demo"), "demo");
  expect(cleared?.data).toEqual({ clearFunctions: { deletedNames: ["hello", "convert"] } });
  expect(changes(sett)).toHaveLength(2);
});

test("clearing answers only what it has deleted", async () => {
  const sett = await startSett();
  const { serverless } = functionService(sett).read("convert");
  await push(sett, "other", { ...serverless, service: "ghost" });
  const cleared = await functionMutations["clearFunctions"]?.(sett.as("demo"), "demo");
  expect(cleared?.data).toEqual({ clearFunctions: { deletedNames: ["hello", "convert"] } });
});
