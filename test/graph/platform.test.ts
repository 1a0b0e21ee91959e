import { expect, test, vi } from "vitest";
import { actualizerLease, resourceAnnotations } from "../../src/services/actualizer/resource.names.ts";
import type { ApiKind } from "../../src/services/kubernetes/object.client.ts";
import { ReadActualizerDocument, ReadPlatformDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { resourcesOf } from "./deployments.asking.ts";

const leases: ApiKind = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", plural: "leases" };

async function read(sett: Sett, page: { first?: number; after?: string } = {}) {
  const { data, errors } = await sett.as("admin").ask(ReadPlatformDocument, { first: 20, ...page });
  expect(errors).toEqual([]);
  return data?.platform;
}

async function actualizer(sett: Sett) {
  const { data, errors } = await sett.as("admin").ask(ReadActualizerDocument);
  expect(errors).toEqual([]);
  return data?.platform?.actualizer;
}

/** Somebody who leads, and writes what a leader writes. */
function leaderOf(sett: Sett) {
  const { client } = resourcesOf(sett);
  const { name, annotation } = actualizerLease;
  const spec = (count: number, seconds: number) => ({
    holderIdentity: "actualizer-1",
    leaseDurationSeconds: seconds,
    // A clock of its own, and a wrong one.
    renewTime: new Date(count * 1000).toISOString().replace("Z", "000Z"),
  });
  let count = 0;
  return {
    lead: (told: unknown, seconds = 15) =>
      client.create(leases, {
        metadata: { name, annotations: { [annotation]: JSON.stringify(told) } },
        spec: spec(count, seconds),
      } as { metadata: { name: string } }),
    renew: (seconds = 15) => client.patch(leases, name, { spec: spec((count += 1), seconds) }),
    giveBack: () => client.patch(leases, name, { spec: { holderIdentity: null } }),
  };
}

test("producers are counted by how they do, and counted anew when that changes", async () => {
  const sett = await startSett();
  const resources = resourcesOf(sett);
  const before = (await read(sett))?.producersByState;
  const total = before?.total ?? 0;
  expect(total).toBeGreaterThan(3);
  expect(before).toMatchObject({ ready: total, failing: 0, paused: 0, unreadable: 0, starting: 0 });
  await resources.say("PRODUCER", "demo", { type: "Ready", reason: "Failing" });
  await resources.say("PRODUCER", "zu", { type: "SourceRead", reason: "Unreadable" });
  const annotations = { [resourceAnnotations.paused]: "true" };
  await resources.change("PRODUCER", "al", { metadata: { annotations } });
  await expect
    .poll(async () => (await read(sett))?.producersByState)
    .toMatchObject({ total, ready: total - 3, failing: 1, unreadable: 1, paused: 1 });
  await resources.say("PRODUCER", "demo", { type: "Ready", status: "True", reason: "Running" });
  await expect
    .poll(async () => (await read(sett))?.producersByState)
    .toMatchObject({ total, ready: total - 2, failing: 0 });
});

test("what will not come right by waiting is told, the newest first, a page at a time, until it is right", async () => {
  const sett = await startSett();
  const resources = resourcesOf(sett);
  expect((await read(sett))?.errors).toMatchObject({ totalCount: 0, nodes: [] });
  const refused = { type: "Applied", reason: "Refused", message: "The cluster refuses it." };
  await resources.say("GATEWAY", "demo-dev-gateway", { ...refused, at: "2026-02-01T00:00:00Z" });
  await resources.say("PRODUCER", "zu", {
    type: "SourceRead",
    reason: "Unreadable",
    at: "2026-03-01T00:00:00Z",
  });
  // What is only on its way is nothing to tell.
  await resources.say("WORKSPACE", "demo-dev", { type: "Ready", reason: "Starting" });
  await expect.poll(async () => (await read(sett))?.errors?.totalCount).toBe(2);
  const first = await read(sett, { first: 1 });
  expect(first?.errors?.nodes).toMatchObject([
    { producer: "zu", env: null, kind: null, reason: "Unreadable", since: "2026-03-01T00:00:00.000Z" },
  ]);
  expect(first?.errors?.pageInfo.hasNextPage).toBe(true);
  const second = await read(sett, { first: 1, after: first?.errors?.pageInfo.endCursor ?? "" });
  expect(second?.errors?.nodes).toEqual([
    {
      ...{ producer: "demo", env: "dev", kind: "GATEWAY", name: "Gateway" },
      ...refused,
      since: "2026-02-01T00:00:00.000Z",
    },
  ]);
  await resources.say("GATEWAY", "demo-dev-gateway", { type: "Applied", status: "True", reason: "Applied" });
  await expect.poll(async () => (await read(sett))?.errors?.totalCount).toBe(1);
});

test("where nobody leads, that is told", async () => {
  const sett = await startSett();
  expect(await actualizer(sett)).toEqual({
    leader: null,
    isAlive: false,
    lastSeen: null,
    version: null,
    queues: [],
    lastPass: null,
  });
});

test("who renews the lease is alive, whatever his clock says, and tells of his work", async () => {
  const sett = await startSett();
  const leader = leaderOf(sett);
  await leader.lead({
    queue: { projector: { waiting: 3, running: 2, delayed: 1, oldestMs: 1500 } },
    lastPass: { at: "2026-04-05T06:07:08.000Z", ok: true, producers: 12 },
    version: "1",
  });
  const renewing = setInterval(() => void leader.renew(), 100);
  const seen = await actualizer(sett).finally(() => clearInterval(renewing));
  expect(seen).toMatchObject({
    leader: "actualizer-1",
    isAlive: true,
    version: "1",
    queues: [{ controller: "projector", waiting: 3, running: 2, delayed: 1, oldestMs: 1500 }],
    lastPass: { at: "2026-04-05T06:07:08.000Z", ok: true, producers: 12 },
  });
  expect(Math.abs(new Date(seen?.lastSeen ?? 0).getTime() - Date.now())).toBeLessThan(60_000);
  await leader.giveBack();
  expect(await actualizer(sett)).toMatchObject({ leader: null, isAlive: false });
});

test("who does not renew the lease for as long as he said is not alive", async () => {
  const sett = await startSett();
  await leaderOf(sett).lead({}, 1);
  await vi.waitFor(
    async () => expect(await actualizer(sett)).toMatchObject({ leader: "actualizer-1", isAlive: false }),
    { timeout: 15_000 },
  );
});

test("a report that makes no sense is none, and who leads is told all the same", async () => {
  const sett = await startSett();
  await leaderOf(sett).lead({ queue: "many", lastPass: { at: "yesterday" } }, 1);
  expect(await actualizer(sett)).toMatchObject({ leader: "actualizer-1", queues: [], lastPass: null });
});

test("while the cluster is away nobody knows who leads", async () => {
  const sett = await startSett();
  await sett.sandbox.kubernetes.server.stop();
  const { data, codes } = await sett.as("admin").ask(ReadActualizerDocument);
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(data?.platform).toEqual({ actualizer: null });
});
