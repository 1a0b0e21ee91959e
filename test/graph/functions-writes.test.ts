import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs, functionService } from "./functions.asking.ts";
import { hostilePaths } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

test("al makes a function: it comes out of its runtime's template, is put last and is given an id", async () => {
  const sett = await startSett();
  const { data, errors } = await functionsAs(sett, "al").create({ name: "spare", runtime: "python:3.6" });
  expect(errors).toEqual([]);
  expect(data?.createFunction).toMatchObject({
    function: { name: "spare", runtime: "python:3.6", handler: "handler.fn", itemOrder: 2 },
    deployment: null,
  });
  const made = data?.createFunction?.function;
  expect(made?.lunchbadgerId).toMatch(/^[0-9a-f-]{36}$/);
  expect(made?.labels["id"]).toBe(made?.lunchbadgerId);
  expect(made?.files?.map(({ path }) => path)).toEqual(["handler.py", "requirements.txt"]);
  expect(upstreamWrites(sett)).toEqual(["sls-api POST /demo-dev/service"]);
});

test("a new function has the files, the handler and the labels that were asked for in place of the template's", async () => {
  const sett = await startSett();
  const { data, errors } = await functionsAs(sett).create({
    name: "spare",
    runtime: "nodejs:8",
    handler: "index.main",
    labels: { team: "cars" },
    lunchbadgerId: "11111111-0000-4000-8000-00000000000f",
    itemOrder: 9,
    files: [
      { path: "index.js", text: "exports.main = () => 1;\n" },
      { path: "handler.js", text: null },
    ],
  });
  expect(errors).toEqual([]);
  expect(data?.createFunction?.function).toMatchObject({
    handler: "index.main",
    labels: { team: "cars", producer: "demo", id: "11111111-0000-4000-8000-00000000000f" },
    lunchbadgerId: "11111111-0000-4000-8000-00000000000f",
    itemOrder: 9,
    files: [{ path: "index.js", text: "exports.main = () => 1;\n" }, { path: "package.json" }],
  });
});

test.each<[string, Parameters<ReturnType<typeof functionsAs>["create"]>[0], string]>([
  ["a runtime that there is none of", { name: "spare", runtime: "cobol:1" }, "input.runtime"],
  ["a handler that is none", { name: "spare", runtime: "nodejs:8", handler: "../x.fn" }, "input.handler"],
  [
    "a label of the platform's",
    { name: "spare", runtime: "nodejs:8", labels: { producer: "eve" } },
    "input.labels.producer",
  ],
  [
    "the document as a file",
    { name: "spare", runtime: "nodejs:8", files: [{ path: "serverless.yml", text: "a: 1" }] },
    "input.files.0.path",
  ],
  [
    "a name that the cluster cannot take, when it is to be deployed",
    { name: "bigSpare", runtime: "nodejs:8", deploy: true },
    "input.name",
  ],
])("making one with %s is refused before the service is asked", async (_what, input, field) => {
  const sett = await startSett();
  const { errors } = await functionsAs(sett).create(input);
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(sett.upstreamCalls().filter((call) => call.startsWith("sls-api"))).toEqual([]);
});

test.each([
  "",
  "a b",
  "a-b",
  "1st",
  "../hello",
  "deep/name",
  "class",
  "node_modules",
  "__proto__",
  "hell\u043e",
  "a.b",
])("the name %j is no identifier and is refused before anybody is asked", async (name) => {
  const sett = await startSett();
  const { errors } = await functionsAs(sett).create({ name, runtime: "nodejs:8" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.name" }],
  });
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a name with capitals is taken, as canvases give such names, but two that differ in case only are not", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  expect((await demo.create({ name: "toMiles", runtime: "nodejs:8" })).errors).toEqual([]);
  sett.upstreamCalls();
  for (const name of ["tomiles", "toMiles", "HELLO"]) {
    const { errors } = await demo.create({ name, runtime: "nodejs:8" });
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.name" }],
    });
  }
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(Object.entries(hostilePaths))(
  "a file's path that is %s is refused before anybody is asked",
  async (_what, path) => {
    const sett = await startSett();
    const { codes } = await functionsAs(sett).save({ name: "hello", files: [{ path, text: "x" }] });
    expect(codes).toEqual(["BAD_USER_INPUT"]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("saving sends the files that differ and nothing else; null deletes", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const before = await demo.found("hello");
  sett.upstreamCalls();
  const { data, errors } = await demo.save({
    name: "hello",
    runtime: "nodejs:6",
    files: [
      { path: "lib/new.js", text: "1" },
      { path: "package.json", text: null },
      { path: "handler.js", text: before?.files?.[0]?.text ?? "" },
    ],
  });
  expect(errors).toEqual([]);
  expect(data?.saveFunction).toMatchObject({ outcome: "LAST_WRITE_WINS", function: { runtime: "nodejs:6" } });
  const put = sett.sandbox.functions.server.requests.find(({ method }) => method === "PUT");
  expect((put?.body as { files: object }).files).toEqual({ lib: { "new.js": "1" }, "package.json": null });
  const after = functionService(sett).read("hello");
  expect(Object.keys(after.files).sort()).toEqual(["handler.js", "lib"]);
  expect(after.serverless).toEqual({
    ...before?.serverless,
    provider: { ...(before?.serverless["provider"] as object), runtime: "nodejs:6" },
  });
});

test("saving what is there already writes nothing", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const before = await demo.found("hello");
  const { errors } = await demo.save({
    name: "hello",
    handler: "handler.fn",
    serverless: before?.serverless ?? {},
    files: before?.files?.map(({ path, text }) => ({ path, text })) ?? [],
  });
  expect(errors).toEqual([]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("saving what is not there is NOT_FOUND and never makes a folder", async () => {
  const sett = await startSett();
  const { codes } = await functionsAs(sett).save({ name: "nosuch", files: [{ path: "a.js", text: "1" }] });
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(functionService(sett).names()).toEqual(["convert", "hello"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

const own = { handler: "handler.fn", labels: { producer: "demo", env: "dev", app: "kubeless-fn" } };

test.each<[string, (serverless: Record<string, unknown>) => Record<string, unknown>, string]>([
  ["no functions", ({ functions: _none, ...rest }) => rest, "input.serverless.functions"],
  ["functions that are none", (all) => ({ ...all, functions: [] }), "input.serverless.functions"],
  [
    "a function of somebody else's",
    (all) => ({ ...all, functions: { "fn-eve-dev-whisper": own } }),
    "input.serverless.functions.fn-eve-dev-whisper",
  ],
  [
    "somebody else's labels",
    (all) => ({
      ...all,
      functions: { "fn-demo-dev-hello": { ...own, labels: { ...own.labels, producer: "eve" } } },
    }),
    "input.serverless.functions.fn-demo-dev-hello.labels.producer",
  ],
  ["another name", (all) => ({ ...all, service: "other" }), "input.serverless.service"],
  ["other plugins", (all) => ({ ...all, plugins: ["evil"] }), "input.serverless.plugins"],
  [
    "another namespace",
    ({ provider, ...all }) => ({ ...all, provider: { ...(provider as object), namespace: "kube-system" } }),
    "input.serverless.provider.namespace",
  ],
  [
    "a runtime that there is none of",
    ({ provider, ...all }) => ({ ...all, provider: { ...(provider as object), runtime: "cobol:1" } }),
    "input.serverless.provider.runtime",
  ],
])("a document with %s is refused, and nothing is written", async (_what, change, field) => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const serverless = change((await demo.found("hello"))?.serverless ?? {});
  const { errors } = await demo.save({ name: "hello", serverless });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each([
  ["a file that is not there is to be deleted", [{ path: "nope.js", text: null }], "input.files.0.path"],
  ["a file is where a folder is to be", [{ path: "handler.js/x", text: "1" }], "input.files.0.path"],
  ["neither text nor null is said", [{ path: "handler.js" }], "input.files.0.text"],
])("saving is refused when %s", async (_what, files, field) => {
  const sett = await startSett();
  const { errors } = await functionsAs(sett).save({ name: "hello", files });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("more than the service reads is refused, and nothing is sent", async () => {
  const sett = await startSett();
  const files = [{ path: "big.txt", text: "x".repeat(110_000) }];
  expect((await functionsAs(sett).save({ name: "hello", files })).codes).toEqual(["BAD_USER_INPUT"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("functions are put in an order; only those that move are written", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  await demo.create({ name: "spare", runtime: "nodejs:8" });
  sett.upstreamCalls();
  const { data, errors } = await demo.reorder(["convert"]);
  expect(errors).toEqual([]);
  expect(data?.reorderFunctions?.functions).toEqual([
    { name: "convert", itemOrder: 0 },
    { name: "hello", itemOrder: 1 },
    { name: "spare", itemOrder: 2 },
  ]);
  expect(upstreamWrites(sett)).toHaveLength(2);
  expect((await demo.reorder(["convert"])).errors).toEqual([]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each([[["nosuch"]], [["hello", "hello"]]])(
  "the order %j is refused, and nothing is written",
  async (names) => {
    const sett = await startSett();
    expect((await functionsAs(sett).reorder(names)).codes).toEqual(["BAD_USER_INPUT"]);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);
