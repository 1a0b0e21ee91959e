import { expect, test } from "vitest";
import { ListRuntimesDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { functionMutations } from "./functions.mutations.data.ts";
import { functionsAs, functionService, running } from "./functions.asking.ts";

const ofFunctions = (calls: readonly string[]) => calls.filter((call) => call.startsWith("sls-api"));

test("al reads demo's functions in the order of the canvas, with their files and documents", async () => {
  const sett = await startSett();
  const { data, errors } = await functionsAs(sett, "al").list();
  expect(errors).toEqual([]);
  expect(data?.project?.functions).toMatchObject([
    {
      name: "hello",
      runtime: "nodejs:8",
      handler: "handler.fn",
      labels: { producer: "demo", env: "dev", app: "kubeless-fn" },
      itemOrder: 0,
      serverless: { service: "hello", provider: { name: "kubeless" } },
      files: [{ path: "handler.js" }, { path: "package.json" }],
    },
    { name: "convert", runtime: "python:3.6", itemOrder: 1 },
  ]);
  const [hello] = data?.project?.functions ?? [];
  expect(hello?.lunchbadgerId).toMatch(/^[0-9a-f-]{36}$/);
  expect(hello?.files?.[0]?.size).toBe(Buffer.byteLength(hello?.files?.[0]?.text ?? ""));
});

test("zu, who reads demo's dev alone, gets everything else and not one byte of a function", async () => {
  const sett = await startSett();
  const { data, codes, text } = await functionsAs(sett, "zu").list();
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(data).toEqual({ viewer: { login: "customer-zu" }, project: { env: "dev", functions: null } });
  expect(text).not.toMatch(/hello|convert|handler/);
  expect(ofFunctions(sett.upstreamCalls())).toEqual([]);
});

test("a function is read by its name, and one that is not there is absent although the service answers 200", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  expect((await demo.found("hello"))?.name).toBe("hello");
  const absent = await demo.read("nosuch");
  expect(absent.codes).toEqual(["NOT_FOUND"]);
  expect(absent.data?.project).toEqual({ env: "dev", function: null });
});

test("files are those of a folder when one is named", async () => {
  const sett = await startSett();
  await functionsAs(sett).save({ name: "hello", files: [{ path: "lib/a.js", text: "1" }] });
  const { data } = await sett
    .as("demo")
    .askText('{ project(producer: "demo") { function(name: "hello") { files(path: "lib") { path } } } }');
  expect(data).toEqual({ project: { function: { files: [{ path: "lib/a.js" }] } } });
});

test("however many fields ask for functions, each thing is asked for once", async () => {
  const sett = await startSett();
  const { errors } = await sett.as("demo").askText(
    `{ project(producer: "demo") {
      functions { name files { path } } other: functions { revision }
      function(name: "hello") { name logs(tail: 1) } again: function(name: "hello") { logs(tail: 2) }
    } }`,
  );
  expect(errors).toEqual([]);
  expect(ofFunctions(sett.upstreamCalls()).sort()).toEqual([
    "sls-api GET /demo-dev/service",
    "sls-api GET /demo-dev/service/hello",
    "sls-api GET /demo-dev/service/hello/logs",
  ]);
});

test("the logs of what runs are its last lines, as many as are asked for", async () => {
  const sett = await startSett();
  running(sett, "hello")?.logs.push("one", "two", "three");
  const demo = functionsAs(sett);
  const { data } = await demo.logs("hello", 2);
  expect(data?.project?.function?.logs).toEqual(["two", "three"]);
  expect((await demo.logs("hello")).data?.project?.function?.logs).toHaveLength(4);
});

test("what does not run has no logs: that is said, and the rest is answered", async () => {
  const sett = await startSett();
  const { data, errors, text } = await functionsAs(sett).logs("convert");
  expect(data?.project?.function).toEqual({ name: "convert", logs: null });
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "sls-api" });
  expect(text).not.toContain("/srv");
});

test.each([0, -1, 101])("logs of %i lines are refused", async (tail) => {
  const sett = await startSett();
  const { errors } = await functionsAs(sett).logs("hello", tail);
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "tail" }] });
  expect(sett.upstreamCalls().filter((call) => call.endsWith("/logs"))).toEqual([]);
});

test("a folder without a document is a function that can be read and deleted, and no function in the list", async () => {
  const sett = await startSett();
  const files = { "loose/a.js": "1" };
  sett.sandbox.gitea.platform.push("customer-demo", "functions", { commits: [{ message: "m", files }] });
  functionService(sett);
  await sett.sandbox.functions.of("demo", "dev").write("loose", { serverless: {}, files: { "b.js": "2" } });
  const demo = functionsAs(sett);
  expect(await demo.found("loose")).toMatchObject({ name: "loose", runtime: null, serverless: {} });
  expect((await demo.list()).data?.project?.functions?.map(({ name }) => name)).toEqual(["hello", "convert"]);
});

test("while the functions' service is down functions are null and said to be unavailable, and the rest is answered", async () => {
  const sett = await startSett();
  await sett.sandbox.functions.server.stop();
  const { data, errors } = await functionsAs(sett).list();
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "sls-api" });
  expect(data?.project).toEqual({ env: "dev", functions: null });
  await sett.sandbox.functions.server.resume();
  expect((await functionsAs(sett).list()).errors).toEqual([]);
});

test("anybody who is signed in is told the runtimes, and the service is not asked", async () => {
  const sett = await startSett();
  const { data } = await sett.as("eve").ask(ListRuntimesDocument);
  expect(data?.runtimes.map(({ id }) => id)).toEqual([
    "nodejs:6",
    "nodejs:8",
    "python:2.7",
    "python:3.6",
    "go:1.10",
    "java:1.8",
    "php:7.2",
    "ruby:2.4",
    "dotnetcore:2.0",
  ]);
  expect(ofFunctions(sett.upstreamCalls())).toEqual([]);
});

test("an environment that the platform does not have has no functions, and no address is made of it", async () => {
  const sett = await startSett();
  const { codes } = await sett
    .as("demo")
    .askText(
      'mutation { deployFunction(input: { project: { producer: "demo", env: "other" }, name: "hello" }) { deployment { id } } }',
    );
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("gitea GET"))).toEqual([]);
});

test("who may read the functions and no more sees them, and is refused every change", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "functions", "customer-zu", "read");
  const zu = functionsAs(sett, "zu");
  expect((await zu.list()).errors).toEqual([]);
  sett.upstreamCalls();
  for (const mutate of Object.values(functionMutations)) {
    const { errors } = await mutate(sett.as("zu"), "demo");
    expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN" });
  }
  expect(ofFunctions(sett.upstreamCalls())).toEqual([]);
});
