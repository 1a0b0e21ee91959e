import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { addConsumers, runningMutations } from "./gateways.mutations.data.ts";
import { running } from "./gateways.asking.ts";

const all = Object.entries(runningMutations);
const env = { GATEWAY_SETTLE_TIMEOUT: "800ms" };
/** Short, but long enough for whatever is well on a machine that is busy. */
const hasty = { ...env, UPSTREAM_TIMEOUT: "800ms" };

test.each(all)(
  "%s: while the gateway is down the answer is an outage that names it, and afterwards all is well",
  async (_name, mutate) => {
    const sett = await startSett({ env });
    addConsumers(sett);
    const { server } = sett.sandbox.gateways;
    await server.stop();
    const { errors, text } = await mutate(sett.as("al"), "demo");
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: "UPSTREAM_UNAVAILABLE", upstream: "gateway-admin" },
    ]);
    expect(text).not.toContain("127.0.0.1");
    await server.resume();
    expect((await mutate(sett.as("al"), "demo")).codes).toEqual([]);
  },
);

test.each(all)(
  "%s: a gateway that hangs is an outage once its time is up, and holds nobody up for good",
  async (_name, mutate) => {
    const sett = await startSett({ env: hasty });
    addConsumers(sett);
    const { faults } = sett.sandbox.gateways.server;
    faults.set({ mode: "hang" });
    expect((await mutate(sett.as("al"), "demo")).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    faults.clear();
    expect((await mutate(sett.as("al"), "demo")).codes).toEqual([]);
  },
);

test.each(all)(
  "%s: a gateway that answers 500 to everything is told of without its own words or places on its disk",
  async (_name, mutate) => {
    const sett = await startSett({ env });
    addConsumers(sett);
    const body = "boom at /srv/platform/secret/place.js";
    sett.sandbox.gateways.server.faults.set({ mode: "answer", status: 500, body });
    const { codes, text } = await mutate(sett.as("al"), "demo");
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(text).not.toContain("boom");
    expect(running(sett).stored().pipelines).toHaveProperty("admin");
  },
);

test.each(all)("%s: a gateway of another project, or none, is not there", async (_name, mutate) => {
  const sett = await startSett();
  addConsumers(sett);
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.changeProject({ gateways: [] });
  sett.upstreamCalls();
  expect((await mutate(sett.as("al"), "demo")).codes).toEqual(["NOT_FOUND"]);
  expect(sett.upstreamCalls().filter((call) => call.startsWith("gateway-admin"))).toEqual([]);
});
