import { afterEach, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { GatewayTiming } from "../../src/sandbox/express-gateway/gateway.timing.ts";
import type { RunningGateway } from "../../src/sandbox/express-gateway/running.gateway.ts";
import { adminAddress, askAdmin, stale, startPlatform, type AdminAnswer } from "./express-gateway.harness.ts";

let sandbox: Sandbox;

afterEach(() => sandbox.stop());

it("after a write, reads go on as before for a while: a new pipeline is missing, a deleted one is still there", async () => {
  await start(stale);
  expect((await ask("PUT /pipelines/new", { policies: [] })).status).toBe(201);
  expect((await ask("GET /pipelines/new")).status).toBe(404);
  expect((await ask("DELETE /pipelines/new")).status).toBe(404);
  expect((await ask("PUT /pipelines/new", { policies: [] })).status).toBe(204);
  gateway().reload();
  expect((await ask("GET /pipelines/new")).status).toBe(200);
  expect((await ask("DELETE /pipelines/new")).status).toBe(204);
  expect((await ask("GET /pipelines/new")).status).toBe(200);
  expect(gateway().stored().pipelines).not.toHaveProperty("new");
  gateway().reload();
  expect((await ask("GET /pipelines/new")).status).toBe(404);
});

it("a write is seen by itself, but not before its time", async () => {
  await start({ staleMs: 150 });
  const before = performance.now();
  await ask("PUT /pipelines/new", { policies: [] });
  await expect.poll(async () => (await ask("GET /pipelines/new")).status, { interval: 5 }).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(150);
});

it("each write that changes the size of the configuration keeps all of them from being seen", async () => {
  await start(stale);
  await ask("PUT /pipelines/first", { policies: [] });
  gateway().timing.staleMs = 0;
  await ask("PUT /pipelines/later", { policies: [] });
  expect((await ask("GET /pipelines/first")).status).toBe(200);
  gateway().timing.staleMs = stale.staleMs;
  await ask("PUT /pipelines/later", { policies: [{ log: [] }] });
  gateway().timing.staleMs = 0;
  await ask("PUT /pipelines/later", { policies: [{ log: {} }] });
  expect((await ask("GET /pipelines/later")).body).toMatchObject({ policies: [] });
});

it("three pipelines written at once are acknowledged, and all but one are lost", async () => {
  await start({ overlapMs: 200 });
  expect(await putTogether(["a", "b", "c"])).toEqual([201, 201, 201]);
  expect(written(["a", "b", "c"])).toHaveLength(1);
});

it("the same three written one after the other are all there", async () => {
  await start({ overlapMs: 5 });
  for (const name of ["a", "b", "c"]) await ask(`PUT /pipelines/${name}`, { policies: [] });
  expect(written(["a", "b", "c"])).toEqual(["a", "b", "c"]);
});

it("nothing is lost where the damage is switched off", async () => {
  await start({ overlapMs: 50 }, { damage: false });
  expect(await putTogether(["a", "b", "c"])).toEqual([201, 201, 201]);
  expect(written(["a", "b", "c"])).toEqual(["a", "b", "c"]);
});

async function start(timing: Partial<GatewayTiming>, options: { damage?: boolean } = {}): Promise<void> {
  sandbox = await startPlatform(timing, options);
}

function gateway(): RunningGateway {
  return sandbox.gateways.of("gateway", "demo", "dev");
}

function ask(request: string, body?: unknown): Promise<AdminAnswer> {
  return askAdmin(adminAddress(sandbox, "gateway", "demo"), request, body);
}

async function putTogether(names: readonly string[]): Promise<number[]> {
  const answers = names.map((name) => ask(`PUT /pipelines/${name}`, { policies: [] }));
  return (await Promise.all(answers)).map(({ status }) => status);
}

function written(names: readonly string[]): string[] {
  return Object.keys(gateway().stored().pipelines).filter((name) => names.includes(name));
}
