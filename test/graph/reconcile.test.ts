import { expect, test } from "vitest";
import type { ReconcileInput } from "../generated/operations.ts";
import {
  customKinds,
  resourceAnnotations,
  type CustomKind,
} from "../../src/services/actualizer/resource.names.ts";
import { ReconcileDocument, SetPausedDocument } from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { resourcesOf } from "./deployments.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const project = { producer: "demo" };
const { reconcileRequested, changed, paused, pausedReason } = resourceAnnotations;

const ask = (sett: Sett, input: Omit<ReconcileInput, "project"> = {}, person: PersonName = "demo") =>
  sett.as(person).ask(ReconcileDocument, { input: { project, ...input } });

const writesOf = (sett: Sett) =>
  upstreamWrites(sett)
    .map((call) => call.replace(/^.*\/customer\//, "").replace(/\?.*$/, ""))
    .sort();

test("all of a project is looked at now, and read anew, because somebody asks", async () => {
  const sett = await startSett();
  const resources = resourcesOf(sett);
  const { data } = await ask(sett);
  const concerned = data?.reconcile?.deployments ?? [];
  expect(concerned.map(({ kind }) => kind)).toEqual(["WORKSPACE", "GATEWAY", "FUNCTION", "FUNCTION"]);
  expect(data?.reconcile?.project).toEqual({ producer: "demo", env: "dev" });
  for (const { id } of concerned) {
    const [, , , kind, name] = Buffer.from(id, "base64url").toString().split(":");
    const asked = await resources.annotation(kind as CustomKind, name ?? "", reconcileRequested);
    expect(asked, name).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(await resources.annotation("PRODUCER", "demo", changed)).toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[string, Omit<ReconcileInput, "project">, readonly string[]]>([
  ["a kind", { kind: "GATEWAY" }, ["gateways/demo-dev-gateway"]],
  ["a function by its name", { kind: "FUNCTION", name: "hello" }, ["functions/demo-dev-hello"]],
  ["whatever is called so", { name: "Gateway" }, ["gateways/demo-dev-gateway"]],
])("only %s is looked at where that is asked for", async (_what, input, places) => {
  const sett = await startSett();
  const { codes } = await ask(sett, input);
  expect(codes).toEqual([]);
  expect(writesOf(sett)).toEqual([...places, "producers/demo"]);
});

test("what is not there is not found, and nothing is written", async () => {
  const sett = await startSett();
  expect((await ask(sett, { kind: "FUNCTION", name: "nosuch" })).codes).toEqual(["NOT_FOUND"]);
  expect((await ask(sett, { name: "nosuch" })).codes).toEqual(["NOT_FOUND"]);
  expect(writesOf(sett)).toEqual([]);
});

test("functions are left out for who may not write them, and are to him as absent as what does not exist", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "dev", "customer-zu", "write");
  const hidden = await ask(sett, { kind: "FUNCTION", name: "hello" }, "zu");
  const absent = await ask(sett, { kind: "FUNCTION", name: "nosuch" }, "zu");
  expect(hidden.codes).toEqual(["NOT_FOUND"]);
  expect(hidden.text).toBe(absent.text);
  expect(writesOf(sett)).toEqual([]);
  const { data } = await ask(sett, {}, "zu");
  expect(data?.reconcile?.deployments.map(({ kind }) => kind)).toEqual(["WORKSPACE", "GATEWAY"]);
});

test("a second time within two seconds is too much, of the same project alone", async () => {
  const sett = await startSett();
  await ask(sett);
  writesOf(sett);
  const { errors } = await ask(sett, { kind: "GATEWAY" });
  expect(errors).toMatchObject([{ extensions: { code: "RATE_LIMITED" } }]);
  const retryAfterMs = errors[0]?.extensions["retryAfterMs"];
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(2000);
  expect(writesOf(sett)).toEqual([]);
  const ofZu = await sett.as("admin").ask(ReconcileDocument, { input: { project: { producer: "zu" } } });
  expect(ofZu.codes).toEqual([]);
});

test("as long as it is not done it cannot be asked for again, however long that takes", async () => {
  const sett = await startSett();
  const { server } = sett.sandbox.kubernetes;
  server.faults.set({ mode: "hang" }, { method: "PATCH", path: /functions/ });
  server.clearRequests();
  void ask(sett, { kind: "FUNCTION" }).catch(() => undefined);
  await expect.poll(() => server.requests.some(({ method }) => method === "PATCH")).toBe(true);
  const { errors } = await ask(sett, { kind: "GATEWAY" });
  // Not counted from when the first began.
  expect(errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", retryAfterMs: 2000 } }]);
});

test("bad input is named, and nobody is asked", async () => {
  const sett = await startSett();
  const { codes } = await ask(sett, { name: "\u0000" });
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test.each([
  ["away", { mode: "drop" }, "UPSTREAM_UNAVAILABLE"],
  ["not letting the gateway write", { mode: "answer", status: 403, body: "{}" }, "UPSTREAM_REJECTED"],
] as const)("while the cluster is %s nothing is said to be done", async (_how, fault, code) => {
  const sett = await startSett();
  await ask(sett, { kind: "WORKSPACE" });
  sett.sandbox.kubernetes.server.faults.set(fault, { method: "PATCH", path: /sett\.lunchbadger\.io/ });
  const input = { producer: "demo", paused: true };
  expect((await sett.as("admin").ask(SetPausedDocument, { input })).codes).toEqual([code]);
  const other = { input: { project: { producer: "zu" } } };
  expect((await sett.as("admin").ask(ReconcileDocument, other)).codes).toEqual([code]);
});

test("an admin pauses a producer, with why, and lets it go on", async () => {
  const sett = await startSett();
  const resources = resourcesOf(sett);
  const pause = async (input: { paused: boolean; reason?: string }) =>
    (await sett.as("admin").ask(SetPausedDocument, { input: { producer: "demo", ...input } })).data
      ?.setProducerPaused;
  expect(await pause({ paused: true, reason: "moving house" })).toEqual({
    producer: { name: "demo" },
    isPaused: true,
  });
  expect(await resources.annotation("PRODUCER", "demo", paused)).toBe("true");
  expect(await resources.annotation("PRODUCER", "demo", pausedReason)).toBe("moving house");
  // Also where the resource says so itself.
  await resources.change("PRODUCER", "demo", { spec: { paused: true } });
  expect(await pause({ paused: false })).toMatchObject({ isPaused: false });
  expect(await resources.annotation("PRODUCER", "demo", paused)).toBeUndefined();
  expect(await resources.annotation("PRODUCER", "demo", pausedReason)).toBeUndefined();
  expect((await resources.get("PRODUCER", "demo"))?.["spec"]).toEqual({ login: "customer-demo" });
});

test("a producer whose resource is still to come is paused before it comes", async () => {
  const sett = await startSett();
  const resources = resourcesOf(sett);
  const found = await resources.get("PRODUCER", "zu");
  await resources.client.remove(customKinds.PRODUCER, "zu", {
    uid: found?.metadata.uid ?? "",
    propagation: "Orphan",
  });
  await expect.poll(() => resources.get("PRODUCER", "zu")).toBeUndefined();
  const input = { producer: "zu", paused: true };
  expect((await sett.as("admin").ask(SetPausedDocument, { input })).codes).toEqual([]);
  expect((await resources.get("PRODUCER", "zu"))?.["spec"]).toMatchObject({ login: "customer-zu" });
  expect(await resources.annotation("PRODUCER", "zu", paused)).toBe("true");
});
