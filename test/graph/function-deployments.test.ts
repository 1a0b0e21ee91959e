import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { functionsAs, functionService, running } from "./functions.asking.ts";

const deploys = ({ sandbox }: Sett) =>
  sandbox.functions.server.requests.filter(({ path }) => path.endsWith("/deploy")).map(({ body }) => body);

test("al makes, saves, deploys, reads the logs of, undeploys and deletes a function", async () => {
  const sett = await startSett();
  const al = functionsAs(sett, "al");
  const made = await al.create({ name: "spare", runtime: "nodejs:8" });
  const revision = made.data?.createFunction?.function.revision ?? "";
  const text = "module.exports = { fn: () => 2 };\n";
  const saved = await al.save({ name: "spare", revision, files: [{ path: "handler.js", text }] });
  expect(saved.data?.saveFunction?.outcome).toBe("SAVED");
  const now = saved.data?.saveFunction?.function.revision;

  const asked = await al.deploy("spare");
  expect(asked.data?.deployFunction?.deployment).toMatchObject({
    functionName: "spare",
    producer: "demo",
    env: "dev",
    kind: "DEPLOY",
    state: "QUEUED",
    finishedAt: null,
    by: "customer-al",
  });
  const deployment = await al.finished(asked.data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({ state: "SUCCEEDED", reason: null, revision: now });
  expect(running(sett, "spare")).toMatchObject({ runtime: "nodejs:8", labels: { producer: "demo" } });
  expect((await al.found("spare"))?.deployment).toEqual(deployment);
  expect((await al.logs("spare")).data?.project?.function?.logs).toHaveLength(1);

  const back = await al.undeploy("spare");
  const undeployed = await al.finished(back.data?.undeployFunction?.deployment.id);
  expect(undeployed).toMatchObject({ kind: "UNDEPLOY", state: "SUCCEEDED" });
  expect(running(sett, "spare")).toBeUndefined();

  expect((await al.remove({ name: "spare" })).data?.deleteFunction).toEqual({ deletedName: "spare" });
  expect((await al.read("spare")).codes).toEqual(["NOT_FOUND"]);
  expect(functionService(sett).names()).toEqual(["convert", "hello"]);
});

test("a function can be deployed as it is made, and its deployment is told at once", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const { data } = await demo.create({ name: "spare", runtime: "nodejs:8", deploy: true });
  const { deployment } = data?.createFunction ?? {};
  expect(deployment?.state).toBe("QUEUED");
  expect((await demo.finished(deployment?.id))?.state).toBe("SUCCEEDED");
  expect(running(sett, "spare")).toBeDefined();
});

test("a deployment that the service answers 200 to and that failed is seen as failed, with what the command said", async () => {
  const sett = await startSett();
  functionService(sett).commands.failNext("deploy", "hello");
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  const deployment = await demo.finished(data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({
    state: "FAILED",
    reason: "`sls remove && sls deploy` ended with 1.",
    revision: null,
  });
  expect(Date.parse(String(deployment?.finishedAt))).not.toBeNaN();
  expect((await demo.found("hello"))?.deployment?.state).toBe("FAILED");
});

test("deployments of one function are done one after the other in their order, those of others beside them", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 30, undeployMs: 5 } });
  const demo = functionsAs(sett);
  const ids: (string | undefined)[] = [];
  for (let index = 0; index < 4; index += 1) {
    ids.push((await demo.deploy("hello")).data?.deployFunction?.deployment.id);
  }
  ids.push((await demo.deploy("convert")).data?.deployFunction?.deployment.id);
  const all = await Promise.all(ids.map((id) => demo.finished(id)));
  expect(all.map((each) => each?.state)).toEqual(Array.from({ length: 5 }, () => "SUCCEEDED"));
  const times = all.map((each) => [
    Date.parse(String(each?.startedAt)),
    Date.parse(String(each?.finishedAt)),
  ]);
  const [first, second, third, fourth, other] = times;
  for (const [earlier, later] of [
    [first, second],
    [second, third],
    [third, fourth],
  ]) {
    expect(later?.[0]).toBeGreaterThanOrEqual(earlier?.[1] ?? Infinity);
  }
  expect(other?.[0]).toBeLessThan(fourth?.[0] ?? 0);
  expect(deploys(sett)).toHaveLength(5);
});

test("no more than so many functions are deployed at once", async () => {
  const sett = await startSett({ env: { DEPLOY_LIMIT: "1" }, functionTiming: { deployMs: 30 } });
  const demo = functionsAs(sett);
  const asked = [await demo.deploy("hello"), await demo.deploy("convert")];
  const [first, second] = await Promise.all(
    asked.map(({ data }) => demo.finished(data?.deployFunction?.deployment.id)),
  );
  expect(Date.parse(String(second?.startedAt))).toBeGreaterThanOrEqual(Date.parse(String(first?.finishedAt)));
});

test("more deployments than may wait for one function are turned away", async () => {
  const sett = await startSett({
    env: { DEPLOY_QUEUE_LIMIT: "2", SHUTDOWN_DEADLINE: "10ms" },
    functionTiming: { deployMs: 60_000, undeployMs: 60_000 },
  });
  const demo = functionsAs(sett);
  const answers = [];
  for (let index = 0; index < 4; index += 1) answers.push(await demo.deploy("hello"));
  expect(answers.map(({ codes }) => codes)).toEqual([[], [], [], ["RATE_LIMITED"]]);
  expect(answers.at(-1)?.errors[0]?.extensions["retryAfterMs"]).toBeGreaterThan(0);
});

test("what was saved while a deployment ran is not said to run", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 150, undeployMs: 1 } });
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  await expect.poll(() => running(sett, "hello"), { interval: 1 }).toBeUndefined();
  await demo.save({ name: "hello", files: [{ path: "late.js", text: "1" }] });
  const deployment = await demo.finished(data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({ state: "SUCCEEDED", revision: null });
});

test.each(["nosuch", "tomiles"])("deploying %s, which is not there, is NOT_FOUND at once", async (name) => {
  const sett = await startSett();
  expect((await functionsAs(sett).deploy(name)).codes).toEqual(["NOT_FOUND"]);
  expect(deploys(sett)).toEqual([]);
});

test("a name that the cluster cannot take is refused before it is deployed, and can be taken back all the same", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  await demo.create({ name: "toMiles", runtime: "nodejs:8" });
  const { errors } = await demo.deploy("toMiles");
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.name" }],
  });
  expect(deploys(sett)).toEqual([]);
  expect((await demo.undeploy("toMiles")).errors).toEqual([]);
});

test("a pushed document that would replace somebody else's function on the cluster is not deployed", async () => {
  const sett = await startSett();
  const serverless = { service: "whisper", functions: { "fn-demo-dev-hello": { handler: "handler.fn" } } };
  await sett.sandbox.functions.of("eve", "dev").write("whisper", { serverless, files: {} });
  const { codes } = await sett
    .as("eve")
    .askText(
      'mutation { deployFunction(input: { project: { producer: "eve" }, name: "whisper" }) { deployment { id } } }',
    );
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(running(sett, "hello")?.service).toBe("hello");
});
