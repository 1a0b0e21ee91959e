import { expect, it } from "vitest";
import { ask, eachTestHasAnSlsApi, nodeService, restart, sandbox } from "./sls.harness.ts";

eachTestHasAnSlsApi();

const hello = "fn-demo-dev-hello";
const convert = "fn-demo-dev-convert";

it("a deployed function runs as its document says, with a log that grows and is cut to its last hundred lines", async () => {
  const { body } = await ask("demo", "POST /deploy", { name: "convert" });
  expect(body).toMatchObject({
    processed: true,
    deployed: true,
    result: { serverless: { service: "convert" } },
  });
  const deployed = sandbox.functions.cluster.find(convert);
  expect(deployed).toMatchObject({
    service: "convert",
    runtime: "python:3.6",
    handler: "handler.fn",
    labels: { producer: "demo", env: "dev", app: "kubeless-fn" },
  });
  deployed?.logs.push(...Array.from({ length: 120 }, (_each, index) => `line ${index}`));
  const { logs } = (await ask("demo", "GET /service/convert/logs")).body as { logs: string };
  expect(logs.split("\n").slice(0, -1)).toEqual(
    Array.from({ length: 100 }, (_each, at) => `line ${at + 20}`),
  );
});

it("whoever listens hears of every function that comes and goes, also when it is deployed anew", async () => {
  const heard: string[] = [];
  sandbox.functions.cluster.onDeployed(({ name }) => heard.push(`+ ${name}`));
  sandbox.functions.cluster.onRemoved(({ name }) => heard.push(`- ${name}`));
  await ask("demo", "POST /deploy", { name: "convert" });
  await ask("demo", "POST /deploy", { name: "hello" });
  await ask("demo", "DELETE /deploy/hello");
  await ask("demo", "DELETE /service/convert");
  expect(heard).toEqual([`+ ${convert}`, `- ${hello}`, `+ ${hello}`, `- ${hello}`, `- ${convert}`]);
});

it("a deployment takes a while, in which what ran before is gone already", async () => {
  await restart({ deployMs: 60, undeployMs: 5 });
  const before = sandbox.functions.cluster.find(hello)?.deployedAt;
  const answered = ask("demo", "POST /deploy", { name: "hello" });
  await expect.poll(() => sandbox.functions.cluster.find(hello), { interval: 1 }).toBeUndefined();
  expect((await answered).body).toMatchObject({ deployed: true });
  expect(sandbox.functions.cluster.find(hello)?.deployedAt).not.toBe(before);
});

it("a deployment that fails is answered 200, and what ran before is gone", async () => {
  const { commands } = sandbox.functions.of("demo", "dev");
  commands.failNext("deploy", "hello");
  expect((await ask("demo", "POST /deploy", { name: "convert" })).body).toMatchObject({ deployed: true });
  const { status, body } = await ask("demo", "POST /deploy", { name: "hello" });
  const error = { killed: false, code: 1, signal: null, cmd: "sls remove && sls deploy" };
  expect({ status, body }).toEqual({ status: 200, body: { processed: true, deployed: false, error } });
  expect(sandbox.functions.cluster.find(hello)).toBeUndefined();
  expect((await ask("demo", "POST /deploy", { name: "hello" })).body).toMatchObject({ deployed: true });
});

it("a service whose function cannot be taken back stays, and its function runs on", async () => {
  const { commands } = sandbox.functions.of("demo", "dev");
  commands.failNext("remove");
  expect((await ask("demo", "DELETE /deploy/hello")).body).toMatchObject({ deployed: false });
  commands.failNext("remove");
  expect((await ask("demo", "DELETE /service/hello")).status).toBe(400);
  expect(sandbox.functions.cluster.find(hello)).toBeDefined();
  expect(sandbox.functions.of("demo", "dev").names()).toContain("hello");
  expect((await ask("demo", "DELETE /service/hello")).body).toEqual({ msg: "REMOVED" });
  expect(sandbox.functions.cluster.find(hello)).toBeUndefined();
});

it("who names a function like somebody else's replaces it: the cluster is one for all", async () => {
  const functions = { [hello]: { handler: "handler.fn", labels: { producer: "demo", env: "dev" } } };
  await ask("eve", "PUT /service/whisper", { serverless: { service: "whisper", functions }, files: {} });
  await ask("eve", "POST /deploy", { name: "whisper" });
  expect(sandbox.functions.cluster.find(hello)).toMatchObject({ service: "whisper" });
});

it("while the cluster cannot be reached nothing is changed on it", async () => {
  sandbox.functions.cluster.isReachable = false;
  expect((await ask("demo", "POST /deploy", { name: "hello" })).body).toMatchObject({ deployed: false });
  expect((await ask("demo", "GET /service/hello/logs")).status).toBe(400);
  expect((await ask("demo", "DELETE /service/hello")).status).toBe(400);
  expect(sandbox.functions.cluster.find(hello)).toBeDefined();
});

it("a document that cannot be read fails what reads it, and nothing else", async () => {
  const files = { "broken/serverless.yml": "a: [", "broken/handler.js": "1" };
  sandbox.gitea.platform.push("customer-demo", "functions", { commits: [{ message: "m", files }] });
  const { status, body } = await ask("demo", "GET /service/broken");
  expect({ status, body }).toMatchObject({ status: 400, body: { name: "YAMLException" } });
  expect((await ask("demo", "POST /deploy", { name: "broken" })).body).toMatchObject({ deployed: false });
  expect((await ask("demo", "GET /service/hello")).status).toBe(200);
});

it("nobody waits for what is under way when it stops", async () => {
  await restart({ deployMs: 60_000, undeployMs: 60_000 });
  await ask("eve", "POST /service", nodeService("slow"));
  const answered = ask("eve", "POST /deploy", { name: "slow" }).catch(String);
  await expect.poll(() => sandbox.functions.server.requests.length).toBe(2);
  await sandbox.functions.server.stop();
  expect(await answered).toContain("fetch failed");
});
