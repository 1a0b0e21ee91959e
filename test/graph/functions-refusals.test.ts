import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs } from "./functions.asking.ts";
import { hostilePaths } from "./hostile-names.ts";
import { upstreamWrites } from "./upstream-writes.ts";

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

test.each([[["nosuch"]], [["hello", "hello"]]])(
  "the order %j is refused, and nothing is written",
  async (names) => {
    const sett = await startSett();
    expect((await functionsAs(sett).reorder(names)).codes).toEqual(["BAD_USER_INPUT"]);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);
