import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { functionsAs, running } from "./functions.asking.ts";

async function deployed(sett: Sett, name: string) {
  const demo = functionsAs(sett);
  const { data } = await demo.deploy(name);
  return demo.finished(data?.deployFunction?.deployment.id);
}

test("a deployment that takes longer than it is waited for is not said to have succeeded, although the function goes and comes back", async () => {
  const sett = await startSett({
    env: { DEPLOY_TIMEOUT: "800ms" },
    functionTiming: { deployMs: 900, undeployMs: 10 },
  });
  const deployment = await deployed(sett, "hello");
  expect(deployment).toMatchObject({ state: "UNKNOWN", revision: null });
  expect(deployment?.reason).toContain("has some again");
  expect(running(sett, "hello")).toBeDefined();
});

test("a deployment that was not answered, and after which there are no logs, is not said to have failed: maybe the cluster does not tell", async () => {
  const sett = await startSett({ env: { DEPLOY_TIMEOUT: "100ms" } });
  sett.sandbox.functions.server.faults.set({ mode: "hang" }, { method: "POST" });
  const deployment = await deployed(sett, "convert");
  expect(deployment).toMatchObject({ state: "UNKNOWN" });
  expect(deployment?.reason).toContain("does not run, or the cluster does not tell");
});

test("what became of a deployment that was not answered is not guessed from what ran before", async () => {
  const sett = await startSett({ env: { DEPLOY_TIMEOUT: "100ms" } });
  sett.sandbox.functions.server.faults.set({ mode: "drop" }, { method: "POST" });
  const deployment = await deployed(sett, "hello");
  expect(deployment).toMatchObject({ state: "UNKNOWN" });
  expect(deployment?.reason).toContain("maybe as it was before");
});

test("when not even the look is answered nobody knows", async () => {
  const sett = await startSett({ env: { DEPLOY_TIMEOUT: "100ms" } });
  const { faults } = sett.sandbox.functions.server;
  faults.set({ mode: "drop" }, { method: "POST" });
  faults.set({ mode: "drop" }, { path: /logs$/ });
  expect(await deployed(sett, "hello")).toMatchObject({ state: "UNKNOWN" });
});

test("taking back that was not answered is done again, since doing it twice does no harm", async () => {
  const sett = await startSett();
  sett.sandbox.functions.server.faults.set({ mode: "lose" }, { method: "DELETE", times: 1 });
  const demo = functionsAs(sett);
  const { data } = await demo.undeploy("hello");
  const deployment = await demo.finished(data?.undeployFunction?.deployment.id);
  expect(deployment).toMatchObject({ state: "SUCCEEDED" });
  expect(running(sett, "hello")).toBeUndefined();
});

test("a function that was deleted while its deployment waited is told to be gone", async () => {
  const sett = await startSett();
  const fault = { mode: "answer", status: 200, body: '{"serverless":{},"files":{}}' } as const;
  const { faults } = sett.sandbox.functions.server;
  const demo = functionsAs(sett);
  // The first look finds it, the one in its turn no more.
  faults.set({ mode: "slow", ms: 0 }, { path: /service\/hello$/, times: 1 });
  faults.set(fault, { path: /service\/hello$/ });
  const { data } = await demo.deploy("hello");
  const deployment = await demo.finished(data?.deployFunction?.deployment.id);
  expect(deployment).toMatchObject({ state: "FAILED", reason: "There is no such function any more." });
});

test("a gateway that is stopped gives what waits up, and what runs no more time than it has", async () => {
  const sett = await startSett({
    env: { SHUTDOWN_DEADLINE: "100ms", DEPLOY_LIMIT: "1" },
    functionTiming: { deployMs: 60_000, undeployMs: 60_000 },
  });
  const demo = functionsAs(sett);
  const first = (await demo.deploy("hello")).data?.deployFunction?.deployment.id ?? "";
  await demo.deploy("convert");
  const events = sett
    .as("demo")
    .subscribeText("subscription ($id: ID!) { deployment(id: $id) { state } }", { id: first });
  await expect.poll(async () => (await events.event()).data).toEqual({ deployment: { state: "RUNNING" } });
  const start = performance.now();
  expect(await sett.gateway.stop()).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});

test("a gateway that is stopped lets a deployment finish that does so in time", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 300, undeployMs: 5 } });
  const demo = functionsAs(sett);
  const id = (await demo.deploy("convert")).data?.deployFunction?.deployment.id ?? "";
  const state = async () => (await demo.deployment(id)).data?.deployment?.state;
  await expect.poll(state, { interval: 2 }).toBe("RUNNING");
  expect(await sett.gateway.stop()).toBe(true);
  expect(running(sett, "convert")).toBeDefined();
});
