import { expect, test, vi } from "vitest";
import { nobody } from "../../src/sandbox/kubernetes/caller.access.ts";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  FollowPodsDocument,
  FollowStatusDocument,
  ReadPodsDocument,
  ReadStatusDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { toldUntil, type Told } from "./status.following.ts";

const demos = { producer: "demo" };
const follow = (sett: Sett) => sett.as("demo").subscribe(FollowStatusDocument, demos);
const readStatus = async (sett: Sett) =>
  (await sett.as("demo").ask(ReadStatusDocument, demos)).data?.project?.status;

const isStale = ({ staleSince }: Told) => staleSince !== null;
const isLive = ({ staleSince }: Told) => staleSince === null;

async function readiness(sett: Sett) {
  const response = await fetch(`${sett.url}/readyz`);
  const { degraded } = (await response.json()) as { degraded: readonly string[] };
  return { status: response.status, degraded };
}

test("while the cluster is away all is told as it was, with since when; when it is back, that goes, and what happened comes", async () => {
  const sett = await startSett();
  const { server, cluster } = sett.sandbox.kubernetes;
  const following = follow(sett);
  await following.event();
  const leftAt = Date.now();
  await server.stop();
  const stale = await toldUntil(following, isStale);
  expect(stale).toMatchObject({
    workspace: { running: true },
    functions: [{ running: true }],
    staleReason: "UNREACHABLE",
  });
  expect(Math.abs(new Date(stale.staleSince ?? 0).getTime() - leftAt)).toBeLessThan(10_000);
  expect(await readStatus(sett)).toMatchObject({ workspace: { running: true }, staleReason: "UNREACHABLE" });
  expect(await readiness(sett)).toEqual({ status: 200, degraded: ["kubernetes"] });
  expect(await sett.measured('sett_watch_phase{watch="pods",phase="stale"}')).toBe(1);
  expect(await sett.measured('sett_watch_stale_seconds{watch="pods"}')).toBeGreaterThan(0);
  const gone = cluster.list(pods).find(({ metadata }) => metadata.name.startsWith("workspace-demo-dev"));
  cluster.crash(gone?.metadata.name ?? "");
  await server.resume();
  const back = await toldUntil(following, (told) => isLive(told) && told.workspace?.failed === true);
  expect(back.staleReason).toBe(null);
  expect(await readiness(sett)).toEqual({ status: 200, degraded: [] });
});

test("where the cluster is away from the start, that is what is told, until it is there", async () => {
  const sett = await startSett({ prepare: ({ kubernetes }) => kubernetes.server.stop() });
  const following = follow(sett);
  expect((await following.event()).data?.projectStatus).toMatchObject({
    workspace: null,
    slsApi: null,
    gateways: [],
    functions: [],
    staleSince: expect.any(String) as string,
    staleReason: "UNREACHABLE",
  });
  const { errors } = await sett.as("demo").ask(ReadPodsDocument, demos);
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "kubernetes" });
  await sett.sandbox.kubernetes.server.resume();
  const back = await toldUntil(following, isLive);
  expect(back.workspace).toMatchObject({ running: true });
});

test.each(["endpointslices", "deployments", "pods"])(
  "where the cluster forbids to look at %s from the start, what does its work is told as such, as far as one knows",
  async (kind) => {
    const body = JSON.stringify({ kind: "Status", reason: "Forbidden", code: 403 });
    const fault = { mode: "answer", status: 403, body } as const;
    const path = new RegExp(`/${kind}\\?`);
    const sett = await startSett({
      prepare: ({ kubernetes }) => kubernetes.server.faults.set(fault, { path }),
    });
    const following = follow(sett);
    const told = await toldUntil(following, ({ workspace }) => workspace?.running === true);
    expect(told).toMatchObject({
      workspace: { running: true, ready: true, deploying: false, failed: false },
      staleSince: expect.any(String) as string,
      staleReason: "FORBIDDEN",
    });
  },
);

test("a cluster that never answers keeps nobody waiting for long", async () => {
  const sett = await startSett({
    prepare: ({ kubernetes }) => kubernetes.server.faults.set({ mode: "hang" }),
  });
  expect((await follow(sett).event()).data?.projectStatus).toMatchObject({
    workspace: null,
    staleReason: "UNREACHABLE",
  });
});

test("where the cluster does not know the gateway any more, or does not let it look, that is said", async () => {
  const sett = await startSett();
  const { cluster, token } = sett.sandbox.kubernetes;
  const following = follow(sett);
  await following.event();
  cluster.access.revoke(token);
  cluster.watches.drop();
  await toldUntil(following, ({ staleReason }) => staleReason === "UNAUTHORIZED");
  cluster.access.add(token, nobody);
  const forbidden = await toldUntil(following, ({ staleReason }) => staleReason === "FORBIDDEN");
  expect(forbidden.workspace).toMatchObject({ running: true });
  expect(await sett.measured('sett_watch_phase{watch="pods",phase="forbidden"}')).toBe(1);
});

test.each([
  ["is started anew", ({ cluster }: Sett["sandbox"]["kubernetes"]) => cluster.restart()],
  ["ends its watches", ({ cluster }: Sett["sandbox"]["kubernetes"]) => cluster.watches.end()],
  ["expires their versions", ({ cluster }: Sett["sandbox"]["kubernetes"]) => cluster.watches.expire()],
])("after a cluster %s, what happens is told, and all is what is so", async (_what, make) => {
  const sett = await startSett();
  const { kubernetes } = sett.sandbox;
  const following = follow(sett);
  await following.event();
  make(kubernetes);
  const pod = kubernetes.cluster
    .list(pods)
    .find(({ metadata }) => metadata.name.startsWith("gateway-demo-dev"));
  kubernetes.cluster.crash(pod?.metadata.name ?? "");
  await toldUntil(following, (told) => isLive(told) && told.gateways[0]?.failed === true);
});

test("where no cluster is configured, what runs is not to be had, and the rest is as ever", async () => {
  const sett = await startSett({ addresses: { kubernetes: undefined } });
  const { errors, data } = await sett.as("demo").ask(ReadStatusDocument, demos);
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "kubernetes" });
  expect(data?.project).toEqual({ status: null });
  expect((await follow(sett).event()).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  const following = sett.as("demo").subscribe(FollowPodsDocument, demos);
  expect((await following.event()).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  await sett.subscriptionsRun(0);
  expect(await readiness(sett)).toEqual({ status: 200, degraded: [] });
  expect(sett.log.entries.filter(({ msg }) => /no cluster/.test(String(msg)))).toHaveLength(1);
});

test("a gateway that stops lets go of the cluster", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  await vi.waitFor(() => expect(cluster.watches.size).toBe(3), { timeout: 10_000 });
  await sett.gateway.stop();
  await vi.waitFor(() => expect(cluster.watches.size).toBe(0), { timeout: 10_000 });
});
