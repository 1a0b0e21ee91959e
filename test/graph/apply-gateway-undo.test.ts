import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { always, apply, running, storedOf } from "./gateways.asking.ts";

const endpoints = ["one", "two", "three"];

/** A new pipeline that leads to new endpoints, in place of all others. */
function saveNew(sett: Sett) {
  running(sett);
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const [first] = state.project()["gateways"] as { pipelines: object[] }[];
  const policies = endpoints.map((serviceEndpoint) => ({
    proxy: [{ condition: always, action: { serviceEndpoint } }],
  }));
  state.changeProject({
    gateways: [{ ...first, pipelines: [...(first?.pipelines ?? []), { id: "p", name: "P", policies }] }],
    serviceEndpoints: [
      ...(state.project()["serviceEndpoints"] as object[]),
      ...endpoints.map((id) => ({ id, name: id, urls: [`http://${id}.example`] })),
    ],
  });
}

const refusePipeline = (sett: Sett) =>
  sett.sandbox.gateways.server.faults.set(
    { mode: "answer", status: 422, body: "data.x should be y" },
    { method: "PUT", path: /pipelines\/p$/ },
  );

const outcomesOf = (steps: unknown) => (steps as { outcome: string }[]).map(({ outcome }) => outcome);

test("what was made and is not served in time is told of as left, for it comes to be served", async () => {
  const sett = await startSett({
    gatewayTiming: { staleMs: 60_000 },
    env: { GATEWAY_SETTLE_TIMEOUT: "3s" },
  });
  saveNew(sett);
  refusePipeline(sett);
  const began = performance.now();
  const { errors } = await apply(sett, "al");
  // One wait for all of them, and one look at the end: not one for each.
  expect(performance.now() - began).toBeLessThan(8_900);
  expect(outcomesOf(errors[0]?.extensions["steps"])).toEqual(["LEFT", "LEFT", "LEFT", "UNDONE"]);
  running(sett).reload();
  expect(Object.keys(storedOf(sett).serviceEndpoints)).toEqual(expect.arrayContaining(endpoints));
});

test("what was made and is served in time is taken away again, and told of as undone", async () => {
  const sett = await startSett({ gatewayTiming: { staleMs: 200 } });
  saveNew(sett);
  const before = storedOf(sett);
  refusePipeline(sett);
  const { errors } = await apply(sett, "al");
  expect(outcomesOf(errors[0]?.extensions["steps"])).toEqual(["UNDONE", "UNDONE", "UNDONE", "UNDONE"]);
  expect(storedOf(sett)).toEqual(before);
});
