import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs, functionService } from "./functions.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

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

test("a document is saved whole, with fields that the graph has no names for, and what else is said is put into it", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const before = (await demo.found("hello"))?.serverless ?? {};
  const serverless = { ...before, custom: { memory: "128Mi" } };
  const { data, errors } = await demo.save({ name: "hello", serverless, itemOrder: 3 });
  expect(errors).toEqual([]);
  const wanted = { ...serverless, lunchbadger: { ...(before["lunchbadger"] as object), itemOrder: 3 } };
  expect(data?.saveFunction?.function.serverless).toEqual(wanted);
  expect(functionService(sett).read("hello").serverless).toEqual(wanted);
});

test("a folder that has lost its document is given one", async () => {
  const sett = await startSett();
  await functionService(sett).write("loose", { serverless: {}, files: { "handler.js": "1" } });
  const demo = functionsAs(sett);
  const serverless = {
    service: "loose",
    provider: { name: "kubeless", runtime: "nodejs:8" },
    functions: { "fn-demo-dev-loose": own },
  };
  expect((await demo.save({ name: "loose", files: [{ path: "a.js", text: "1" }] })).codes).toEqual([
    "BAD_USER_INPUT",
  ]);
  expect((await demo.save({ name: "loose", serverless })).errors).toEqual([]);
  expect(await demo.found("loose")).toMatchObject({ runtime: "nodejs:8", handler: "handler.fn" });
});
