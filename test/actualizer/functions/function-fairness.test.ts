import { expect, test } from "vitest";
import { createTerm } from "../../../src/actualizer/controller/leader.term.ts";
import type { FunctionPatience } from "../../../src/actualizer/functions/function.patience.ts";
import { customKinds } from "../../../src/services/actualizer/resource.names.ts";
import { actualizeFunctions, startFunctionPlatform } from "./functions.harness.ts";

const deployments = { method: "POST", path: /deploy/ };
const anHour = 3_600_000;

/** Functions of one environment that people want to run. */
async function startWanted(
  names: readonly string[],
  patience: Partial<FunctionPatience> = {},
  prepare: (platform: Awaited<ReturnType<typeof startFunctionPlatform>>) => void = () => undefined,
) {
  const platform = await startFunctionPlatform();
  const service = platform.functions.of("demo", "dev");
  for (const name of names) if (!service.has(name)) await service.create({ name, env: "node", version: "8" });
  prepare(platform);
  const leading = await actualizeFunctions(platform, { patience });
  for (const name of names) {
    await platform.make(name);
    await platform.want(name, { running: true, request: "first" });
  }
  const untilRunning = () =>
    platform.until(async () => {
      for (const name of names) {
        expect((await platform.get(name))?.status?.request).toBe("first");
        expect(await platform.said(name)).toMatchObject({ Ready: "Running" });
      }
    });
  const lose = () => {
    for (const name of names) platform.functions.cluster.remove(`fn-demo-dev-${name}`);
  };
  return { ...platform, ...leading, service, untilRunning, lose };
}

test("functions that are lost together come back one right after the other", async () => {
  const names = ["one", "two", "three", "four", "five", "six"];
  const { untilRunning, lose, until, functions, runs } = await startWanted(names);
  await untilRunning();
  functions.server.faults.set({ mode: "slow", ms: 150 }, deployments);
  lose();
  await until(() => expect(names.filter((name) => !runs(name))).toEqual([]));
});

test("a function that is lost while its sls-api is away is not tried ever more rarely for that", async () => {
  const { untilRunning, lose, until, functions, runs } = await startWanted(["hello"]);
  await untilRunning();
  functions.server.faults.set({ mode: "answer", status: 503 });
  const before = functions.server.requests.length;
  lose();
  await until(() => expect(functions.server.requests.length).toBeGreaterThan(before + 8));
  functions.server.faults.clear();
  await until(() => expect(runs("hello")).toBe(true));
});

test("what has failed is left alone whatever wakes it, and another request is carried out at once", async () => {
  const rarely = { firstDelayMs: anHour, longestDelayMs: anHour, outageMs: anHour };
  const { controllers, service, want, get, until, isIdle, nameOf, commands, functions } = await startWanted(
    ["hello"],
    rarely,
    ({ functions: those }) => those.of("demo", "dev").commands.failNext("deploy"),
  );
  const outcome = async (name: string) => (await get(name))?.status?.outcome?.state;
  await until(async () => expect(await outcome("hello")).toBe("FAILED"));
  functions.server.faults.set({ mode: "freeze" }, deployments);
  await service.create({ name: "other", env: "node", version: "8" });
  await want("other", { running: true, request: "first" });
  await until(async () => expect(await outcome("other")).toBe("RUNNING"));
  // Its turn would come when the other one's is over.
  controllers.functions.look(nameOf("hello"), "fresh");
  await until(() => expect(controllers.functions.counts()).toMatchObject({ waiting: 0, running: 1 }));
  functions.server.faults.clear();
  await until(async () => expect(await outcome("other")).toBe("SUCCEEDED"));
  for (let time = 0; time < 3; time += 1) {
    controllers.functions.look(nameOf("hello"), "fresh");
    await until(() => expect(isIdle()).toBe(true));
  }
  expect(commands()).toEqual(["deploy hello", "deploy other"]);
  await want("hello", { running: true, request: "second" });
  await until(async () => expect(await outcome("hello")).toBe("SUCCEEDED"));
});

test("functions of one environment that all fail are tried ever more rarely, though they wait for each other's turns", async () => {
  const names = ["one", "two", "three"];
  const firstDelayMs = 200;
  const tries = 5;
  const begun = performance.now();
  const { until, commands } = await startWanted(
    names,
    { firstDelayMs, longestDelayMs: anHour, retryMs: 1, waitMs: 10 },
    ({ functions }) => {
      const service = functions.of("demo", "dev");
      for (let time = 0; time < 500; time += 1) service.commands.failNext("deploy");
    },
  );
  await until(() => {
    for (const name of names) {
      const those = commands().filter((command) => command === `deploy ${name}`);
      expect(those.length).toBeGreaterThanOrEqual(tries);
    }
  });
  // Half of 200 ms, of 400 ms, of 800 ms and of 1.6 s at least.
  expect(performance.now() - begun).toBeGreaterThan((firstDelayMs / 2) * (2 ** (tries - 1) - 1));
});

test("what could not be told in a term that is over is not told over what has been done since", async () => {
  const platform = await startFunctionPlatform();
  const { make, want, get, said, until, functions, sandbox, operator, nameOf, runs } = platform;
  const { server } = sandbox.kubernetes;
  const lost = createTerm(performance.now(), 1_000_000);
  const { controllers } = await actualizeFunctions(platform, { term: lost });
  functions.server.faults.set({ mode: "freeze" }, deployments);
  await make("convert");
  await want("convert", { running: true, request: "first" });
  await until(async () => expect((await get("convert"))?.status?.outcome?.state).toBe("RUNNING"));
  const telling = { method: "PATCH", path: /functions\/.*\/status/ };
  server.faults.set({ mode: "answer", status: 503 }, telling);
  const before = server.requests.length;
  functions.server.faults.clear();
  const refused = () =>
    server.requests
      .slice(before)
      .filter(({ method, path }) => method === telling.method && telling.path.test(path)).length;
  await until(() => expect([runs("convert"), refused() > 0]).toEqual([true, true]));
  lost.lose();
  await until(() => expect(controllers.functions.counts()?.running ?? 0).toBe(0));
  server.faults.clear();
  const outcome = { kind: "DEPLOY", state: "FAILED", reason: "Somebody else's.", at: "2026-01-01T00:00:00Z" };
  const status = { request: "first", outcome };
  await operator.patch(customKinds.FUNCTION, nameOf("convert"), { status }, { part: "status" });
  const leading = controllers.functions.lead(createTerm(performance.now(), 1_000_000));
  await until(async () => expect(await said("convert")).toMatchObject({ Ready: "Running" }));
  expect((await get("convert"))?.status?.outcome).toMatchObject(outcome);
  await leading.stop();
});
