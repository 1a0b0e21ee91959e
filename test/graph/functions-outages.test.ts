import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionChanges, functionMutations } from "./functions.mutations.data.ts";
import { functionsAs, functionService, running } from "./functions.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const all = Object.entries(functionMutations);

test.each(all)(
  "%s: while the functions' service is down the answer is an outage that names it, and afterwards all is well",
  async (_name, mutate) => {
    const sett = await startSett();
    const { server } = sett.sandbox.functions;
    await server.stop();
    const { codes, errors, text } = await mutate(sett.as("demo"), "demo");
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(errors[0]?.extensions["upstream"]).toBe("sls-api");
    expect(text).not.toContain("127.0.0.1");
    await server.resume();
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual([]);
  },
);

test.each(all)(
  "%s: a service that hangs is an outage once its time is up, and holds nobody up for good",
  async (_name, mutate) => {
    const sett = await startSett({ env: { FUNCTION_TIMEOUT: "800ms" } });
    const { faults } = sett.sandbox.functions.server;
    faults.set({ mode: "hang" });
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    faults.clear();
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual([]);
  },
);

test.each(all)(
  "%s: a service that answers 500 to everything is told of without its own words or paths",
  async (_name, mutate) => {
    const sett = await startSett();
    const body = JSON.stringify({ code: "EBOOM", path: "/srv/platform/secret/place.js" });
    sett.sandbox.functions.server.faults.set({ mode: "answer", status: 500, body });
    const { codes, text } = await mutate(sett.as("demo"), "demo");
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(text).not.toMatch(/srv|EBOOM/);
  },
);

test.each(Object.entries(functionChanges))(
  "%s: writes whose answers are lost are done once, and are told as done",
  async (_name, mutate) => {
    const sett = await startSett();
    const { faults } = sett.sandbox.functions.server;
    for (const method of ["POST", "PUT", "DELETE"]) faults.set({ mode: "lose" }, { method, times: 1 });
    const { codes } = await mutate(sett.as("demo"), "demo");
    expect(codes).toEqual([]);
    const writes = upstreamWrites(sett);
    expect(new Set(writes).size).toBe(writes.length);
  },
);

test("a refusal of the service is told without places on its disk", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ errno: -13, code: "EACCES", syscall: "open", path: "/srv/platform/x/y" });
  sett.sandbox.functions.server.faults.set({ mode: "answer", status: 400, body }, { method: "PUT" });
  const { errors, text } = await functionsAs(sett).save({ name: "hello", itemOrder: 3 });
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "sls-api" });
  expect(errors[0]?.message).toContain("EACCES");
  expect(text).not.toContain("/srv");
});

test("a write that the service says yes to and does not do is told of", async () => {
  const sett = await startSett();
  sett.sandbox.functions.server.faults.set({ mode: "answer", status: 200, body: "{}" }, { method: "PUT" });
  const { errors } = await functionsAs(sett).save({ name: "hello", itemOrder: 3 });
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_REJECTED",
    upstream: "sls-api",
    steps: [{ title: "Save hello", outcome: "UNDONE" }],
  });
});

test("a function whose files cannot be written when it is made is not left half made", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ code: "ENOSPC", syscall: "write" });
  sett.sandbox.functions.server.faults.set({ mode: "answer", status: 400, body }, { method: "PUT" });
  const { errors } = await functionsAs(sett).create({
    name: "spare",
    runtime: "nodejs:8",
    files: [{ path: "a.js", text: "1" }],
  });
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_REJECTED",
    steps: [
      { title: "Make spare", outcome: "UNDONE" },
      { title: "Write the files of spare", outcome: "UNDONE" },
    ],
  });
  expect(functionService(sett).names()).toEqual(["convert", "hello"]);
});

test("an order that cannot be written to its end is put back", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ code: "EACCES", syscall: "open" });
  const match = { method: "PUT", path: /hello$/, times: 1 };
  sett.sandbox.functions.server.faults.set({ mode: "answer", status: 400, body }, match);
  const demo = functionsAs(sett);
  const { errors } = await demo.reorder(["convert", "hello"]);
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED" });
  const { data } = await demo.list();
  expect(data?.project?.functions?.map(({ name, itemOrder }) => [name, itemOrder])).toEqual([
    ["hello", 0],
    ["convert", 1],
  ]);
});

test("a function that cannot be taken back from the cluster is not deleted, and the answer says why", async () => {
  const sett = await startSett();
  functionService(sett).commands.failNext("remove", "hello");
  const demo = functionsAs(sett);
  const { errors, data } = await demo.remove({ name: "hello" });
  expect(data?.deleteFunction).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_REJECTED",
    steps: [{ title: "Undeploy and delete hello", outcome: "UNDONE" }],
  });
  expect(errors[0]?.message).toContain("`sls remove -v` ended with 1");
  expect(running(sett, "hello")).toBeDefined();
  expect((await demo.found("hello"))?.name).toBe("hello");
});

test("clearing goes on past a function that stays, and says which are gone", async () => {
  const sett = await startSett();
  functionService(sett).commands.failNext("remove", "hello");
  const clear = functionChanges["clearFunctions"];
  const answer = await clear?.(sett.as("demo"), "demo");
  expect(answer?.errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_REJECTED",
    steps: [
      { title: "Undeploy and delete hello", outcome: "NOT_DONE" },
      { title: "Undeploy and delete convert", outcome: "DONE" },
    ],
  });
  expect(functionService(sett).names()).toEqual(["hello"]);
  const again = await clear?.(sett.as("demo"), "demo");
  expect(again?.data).toEqual({ clearFunctions: { deletedNames: ["hello"] } });
});

test("a function is deleted after its deployment that runs, not in the middle of it", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 100, undeployMs: 5 } });
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  expect((await demo.remove({ name: "hello" })).errors).toEqual([]);
  expect((await demo.finished(data?.deployFunction?.deployment.id))?.state).toBe("SUCCEEDED");
  expect(running(sett, "hello")).toBeUndefined();
});

test("a write that outlasts its asker is an outage that leaves it open, and who comes next waits for its end", async () => {
  const sett = await startSett({ env: { FUNCTION_TIMEOUT: "800ms" } });
  sett.sandbox.functions.server.faults.set({ mode: "slow", ms: 2000 }, { method: "PUT", times: 1 });
  const demo = functionsAs(sett);
  const { errors } = await demo.save({ name: "hello", files: [{ path: "first.js", text: "1" }] });
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    steps: [{ title: "Save hello", outcome: "LEFT" }],
  });
  const { data } = await demo.save({ name: "hello", files: [{ path: "second.js", text: "2" }] });
  expect(data?.saveFunction?.function.files?.map(({ path }) => path)).toEqual([
    "first.js",
    "handler.js",
    "package.json",
    "second.js",
  ]);
});
