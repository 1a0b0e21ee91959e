import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs, functionService } from "./functions.asking.ts";
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

test("what is in the way of a new function is neither written to nor taken away", async () => {
  const sett = await startSett();
  await functionService(sett).write("loose", { serverless: {}, files: { "a.js": "1" } });
  const { errors } = await functionsAs(sett).create({ name: "loose", runtime: "nodejs:8" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.name" }],
  });
  expect(functionService(sett).read("loose")).toEqual({ serverless: {}, files: { "a.js": "1" } });
});

test("saving what is not there is NOT_FOUND and never makes a folder", async () => {
  const sett = await startSett();
  const { codes } = await functionsAs(sett).save({ name: "nosuch", files: [{ path: "a.js", text: "1" }] });
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(functionService(sett).names()).toEqual(["convert", "hello"]);
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
