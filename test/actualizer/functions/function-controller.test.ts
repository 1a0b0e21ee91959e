import { expect, test } from "vitest";
import type { FunctionResource } from "../../../src/actualizer/resources/function.resource.ts";
import { customKinds } from "../../../src/services/actualizer/resource.names.ts";
import { actualizeFunctions, startFunctionPlatform } from "./functions.harness.ts";

const runsWell = { Applied: "Applied", Ready: "Running", Progressing: "RolledOut" };

test("a function that people want is deployed, and says what was asked for and which state runs", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, commands, runs } = platform;
  await actualizeFunctions(platform);
  await make("convert");
  await until(async () => expect(await said("convert")).toMatchObject({ Ready: "NotDeployed" }));
  await want("convert", { running: true, request: "first" });
  await until(async () => expect(await said("convert")).toMatchObject(runsWell));
  const { status } = (await get("convert")) ?? {};
  expect(status).toMatchObject({
    observedGeneration: 2,
    request: "first",
    source: "r1",
    revision: expect.any(String) as string,
    outcome: { kind: "DEPLOY", state: "SUCCEEDED" },
  });
  expect(commands()).toEqual(["deploy convert"]);
  expect(runs("convert")).toBe(true);
});

test("what nobody has said anything of stays as it is, whether it runs or not", async () => {
  const platform = await startFunctionPlatform();
  const { make, said, until, commands, runs } = platform;
  const { isIdle, controllers } = await actualizeFunctions(platform);
  await make("hello");
  await make("convert");
  await until(async () => expect(await said("hello")).toMatchObject(runsWell));
  await until(async () => expect(await said("convert")).toMatchObject({ Ready: "NotDeployed" }));
  controllers.functions.lookAtAll("now");
  await until(() => expect(isIdle()).toBe(true));
  expect(commands()).toEqual([]);
  expect([runs("hello"), runs("convert")]).toEqual([true, false]);
});

test("the same state is deployed again when it is asked for again, and not otherwise", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, until, commands, nameOf } = platform;
  const { controllers, isIdle } = await actualizeFunctions(platform);
  await make("hello");
  await want("hello", { running: true, request: "first" });
  await until(async () => expect((await get("hello"))?.status?.request).toBe("first"));
  controllers.functions.look(nameOf("hello"), "now");
  await until(() => expect(isIdle()).toBe(true));
  await want("hello", { running: true, request: "second" });
  await until(async () => expect((await get("hello"))?.status?.request).toBe("second"));
  expect(commands()).toEqual(["deploy hello", "deploy hello"]);
});

test("a function that is not wanted any more is taken back, and says so to whoever asked", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, runs } = platform;
  await actualizeFunctions(platform);
  await make("hello");
  await want("hello", { running: false, request: "back" });
  await until(async () => expect((await get("hello"))?.status?.request).toBe("back"));
  expect((await get("hello"))?.status?.outcome).toMatchObject({ kind: "UNDEPLOY", state: "SUCCEEDED" });
  await until(async () =>
    expect(await said("hello")).toMatchObject({ Applied: "Applied", Ready: "Stopped" }),
  );
  expect(runs("hello")).toBe(false);
});

test("what a disabled project runs is taken back, and runs again when the project is enabled", async () => {
  const platform = await startFunctionPlatform();
  const { make, change, get, said, until, runs, commands } = platform;
  await actualizeFunctions(platform);
  await make("hello");
  await make("convert");
  await until(async () => expect(await said("hello")).toMatchObject(runsWell));
  await change("hello", { enabled: false });
  await change("convert", { enabled: false });
  await until(async () =>
    expect(await said("hello")).toMatchObject({ Disabled: "Disabled", Ready: "Stopped" }),
  );
  // That it ran is people's wish from now on; of what did not run nothing is said.
  expect((await get("hello"))?.spec.running).toBe(true);
  expect((await get("convert"))?.spec.running).toBeUndefined();
  await change("hello", { enabled: true });
  await change("convert", { enabled: true });
  await until(async () => expect(await said("hello")).toMatchObject({ Disabled: "Enabled", ...runsWell }));
  expect([runs("hello"), runs("convert")]).toEqual([true, false]);
  expect(commands()).toEqual(["take back hello", "deploy hello"]);
});

test("a function that is lost is deployed again", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, said, until, functions, runs, commands } = platform;
  await actualizeFunctions(platform);
  await make("hello");
  await want("hello", { running: true, request: "first" });
  await until(async () => expect(await said("hello")).toMatchObject(runsWell));
  functions.cluster.remove("fn-demo-dev-hello");
  await until(() => expect(runs("hello")).toBe(true));
  await until(async () => expect(await said("hello")).toMatchObject(runsWell));
  expect(commands()).toEqual(["deploy hello", "deploy hello"]);
});

test("functions of one environment are deployed one after the other", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, functions, commands } = platform;
  functions.server.faults.set({ mode: "freeze" }, { method: "POST", path: /deploy/ });
  await actualizeFunctions(platform);
  await make("hello");
  await make("convert");
  await want("hello", { running: true, request: "one" });
  await until(async () => expect((await get("hello"))?.status?.outcome?.state).toBe("RUNNING"));
  await want("convert", { running: true, request: "two" });
  await until(async () => expect(await said("convert")).toMatchObject({ Applied: "Waiting" }));
  expect((await get("convert"))?.status?.outcome).toBeUndefined();
  functions.server.faults.clear();
  await until(async () => {
    expect((await get("hello"))?.status?.request).toBe("one");
    expect((await get("convert"))?.status?.request).toBe("two");
  });
  expect(commands()).toEqual(["deploy hello", "deploy convert"]);
});

test("a deployment that fails says why, answers who asked, and is tried again later", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, functions, commands } = platform;
  functions.of("demo", "dev").commands.failNext("deploy");
  await actualizeFunctions(platform, {
    patience: { firstDelayMs: 1_500, longestDelayMs: 1_500, retryMs: 1_500 },
  });
  await make("convert");
  await want("convert", { running: true, request: "first" });
  let failed: FunctionResource["status"];
  await until(async () => {
    failed = (await get("convert"))?.status;
    expect(failed?.outcome?.state).toBe("FAILED");
  });
  expect(failed).toMatchObject({
    request: "first",
    outcome: { kind: "DEPLOY", reason: expect.stringContaining("sls") as string },
  });
  expect(failed?.conditions?.find(({ type }) => type === "Applied")).toMatchObject({ reason: "Failed" });
  await until(async () => expect(await said("convert")).toMatchObject(runsWell));
  const after = (await get("convert"))?.status?.outcome;
  expect(after).toMatchObject({ kind: "DEPLOY", state: "SUCCEEDED" });
  expect(after).not.toHaveProperty("reason");
  expect(commands()).toEqual(["deploy convert", "deploy convert"]);
});

test("an sls-api that does not answer is waited for, and nobody is told that anything came to nothing", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, functions } = platform;
  functions.server.faults.set({ mode: "drop" });
  await actualizeFunctions(platform);
  await make("convert");
  await want("convert", { running: true, request: "first" });
  await until(async () => expect(await said("convert")).toMatchObject({ Applied: "Waiting" }));
  const waiting = (await get("convert"))?.status;
  expect([waiting?.request, waiting?.outcome]).toEqual([undefined, undefined]);
  functions.server.faults.clear();
  await until(async () => expect((await get("convert"))?.status?.request).toBe("first"));
});

test("a workspace that becomes ready has its functions looked at before they would be tried again", async () => {
  const platform = await startFunctionPlatform();
  const { make, makeWorkspace, want, get, said, until, functions } = platform;
  functions.server.faults.set({ mode: "drop" });
  await actualizeFunctions(platform, {
    patience: { firstDelayMs: 3_600_000, longestDelayMs: 3_600_000, outageMs: 3_600_000 },
  });
  await make("convert");
  await want("convert", { running: true, request: "first" });
  await until(async () => expect(await said("convert")).toMatchObject({ Applied: "Waiting" }));
  functions.server.faults.clear();
  await makeWorkspace();
  await until(async () => expect((await get("convert"))?.status?.request).toBe("first"));
});

test("a cluster in which nothing happens is not written to, however often functions are looked at", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, said, until, sandbox, commands } = platform;
  const { controllers, isIdle } = await actualizeFunctions(platform);
  await make("hello");
  await want("hello", { running: true, request: "first" });
  await until(async () => expect(await said("hello")).toMatchObject(runsWell));
  await until(() => expect(isIdle()).toBe(true));
  const { server, controllerToken } = sandbox.kubernetes;
  const writes = () =>
    server.requests.filter(
      ({ method, headers }) => method !== "GET" && headers.authorization === `Bearer ${controllerToken}`,
    ).length;
  const before = writes();
  for (let count = 0; count < 5; count += 1) {
    controllers.functions.lookAtAll("now");
    await until(() => expect(isIdle()).toBe(true));
  }
  expect(writes()).toBe(before);
  expect(commands()).toEqual(["deploy hello"]);
});

test("a paused function stays as it is, and what was asked for meanwhile is done when it is paused no more", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, operator, nameOf, commands } = platform;
  await actualizeFunctions(platform);
  await make("convert");
  const pause = (value: string | null) =>
    operator.patch(customKinds.FUNCTION, nameOf("convert"), {
      metadata: { annotations: { "sett.lunchbadger.io/paused": value } },
    });
  await pause("true");
  await until(async () => expect(await said("convert")).toMatchObject({ Paused: "Paused" }));
  await want("convert", { running: true, request: "first" });
  // What is asked for of another one meanwhile is done, so this one has been looked at, too.
  await make("hello");
  await want("hello", { running: true, request: "other" });
  await until(async () => expect((await get("hello"))?.status?.request).toBe("other"));
  expect(commands()).toEqual(["deploy hello"]);
  await pause(null);
  await until(async () => expect((await get("convert"))?.status?.request).toBe("first"));
});

test("a dry run tells what would be done, and neither asks sls-api for it nor writes", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, until, commands, nameOf, said } = platform;
  const { controllers } = await actualizeFunctions(platform, { isDryRun: true });
  await make("convert");
  await want("convert", { running: true, request: "first" });
  await until(async () =>
    expect(await controllers.functions.plan(nameOf("convert"))).toEqual([
      "would deploy the function convert",
    ]),
  );
  expect(commands()).toEqual([]);
  expect(await said("convert")).toEqual({});
});
