import { createHmac } from "node:crypto";
import { expect, test, vi } from "vitest";
import { apiKindOf } from "../../../src/actualizer/controller/owned.kinds.ts";
import { leaseKind } from "../../../src/actualizer/controller/lease.record.ts";
import { producerKind } from "../../../src/actualizer/resources/producer.resource.ts";
import { deployments } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { installDefinitions, operatorOf } from "../controller/cluster.harness.ts";
import { startChild } from "../../server/child-gateway.ts";
import { secret, startPlatform, startProcess, until, variablesFor } from "./process.harness.ts";

const names = ({ kubernetes }: Sandbox) =>
  kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);

const leaseOf = async (sandbox: Sandbox) =>
  (await operatorOf(sandbox.kubernetes).get(leaseKind, "sett-actualizer")) as unknown as {
    readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
    readonly spec: { readonly holderIdentity?: string };
  };

const push = {
  ref: "refs/heads/master",
  before: "0".repeat(40),
  after: "1".repeat(40),
  commits: [{ committer: { email: "al@customer.com" } }],
  repository: { name: "dev", owner: { login: "customer-demo" }, permissions: { admin: true } },
  pusher: { login: "customer-al" },
};

const hook = (url: string, body: string, key: string) =>
  fetch(`${url}/webhooks/gitea`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-gitea-event": "push",
      "x-gitea-signature": createHmac("sha256", key).update(body).digest("hex"),
    },
    body,
  });

test("it is alive from the start, and ready once it knows the cluster and has the definitions that it needs", async () => {
  const sandbox = await startPlatform({ isDefined: false });
  const { url, ready, actualizer } = await startProcess(sandbox);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await vi.waitFor(async () => {
    expect(await ready()).toMatchObject({
      status: 503,
      leading: false,
      problems: expect.arrayContaining(["producers.sett.lunchbadger.io is missing"]) as unknown,
    });
  }, until);
  expect(names(sandbox).filter((name) => !name.startsWith("fn-"))).toEqual([]);
  await installDefinitions(sandbox.kubernetes);
  await actualizer.settled();
  expect(await ready()).toEqual({ status: 200, ready: true, leading: true, problems: [] });
  expect(names(sandbox)).toContain("workspace-demo-dev");
});

test("where it may, it applies the definitions itself", async () => {
  const sandbox = await startPlatform({ isDefined: false });
  const { actualizer, ready } = await startProcess(sandbox, { ACTUALIZER_APPLY_CRDS: "true" });
  await actualizer.settled();
  expect(await ready()).toMatchObject({ ready: true });
});

test("of two replicas one works, and both are ready; when it stops it gives the lease back, and the other goes on", async () => {
  const sandbox = await startPlatform();
  const first = await startProcess(sandbox);
  await first.actualizer.settled();
  const second = await startProcess(sandbox);
  await vi.waitFor(async () => {
    expect(await second.ready()).toEqual({ status: 200, ready: true, leading: false, problems: [] });
  }, until);
  expect((await leaseOf(sandbox)).spec.holderIdentity).toBe(first.actualizer.identity);
  expect(await first.stop()).toBe(true);
  await second.actualizer.settled();
  expect((await leaseOf(sandbox)).spec.holderIdentity).toBe(second.actualizer.identity);
  await second.stop();
  expect((await leaseOf(sandbox)).spec.holderIdentity).toBeUndefined();
});

test("who leads says in the lease how busy it is, and how the last look at everybody went", async () => {
  const sandbox = await startPlatform();
  const { actualizer } = await startProcess(sandbox);
  await actualizer.settled();
  await vi.waitFor(async () => {
    const said = (await leaseOf(sandbox)).metadata.annotations["sett.lunchbadger.io/actualizer"] ?? "{}";
    expect(JSON.parse(said)).toMatchObject({
      queue: { projector: { waiting: 0, running: 0 }, workspaces: { delayed: 0 } },
      lastPass: { ok: true, producers: 4 },
      version: "1",
    });
  }, until);
});

test("a webhook that is signed has whoever leads look at the producer, whichever replica it comes to; others are refused", async () => {
  const sandbox = await startPlatform();
  const leader = await startProcess(sandbox);
  await leader.actualizer.settled();
  const standby = await startProcess(sandbox);
  const body = JSON.stringify(push);
  const changed = async () => {
    const demo = await operatorOf(sandbox.kubernetes).get(apiKindOf(producerKind), "demo");
    const { annotations = {} } = demo?.metadata as { annotations?: Record<string, string> };
    return annotations["sett.lunchbadger.io/changed"];
  };
  expect((await hook(standby.url, body, "another-secret")).status).toBe(401);
  expect(await changed()).toBeUndefined();
  expect((await hook(standby.url, body, secret)).status).toBe(204);
  await vi.waitFor(async () => expect(await changed()).toBeDefined(), until);
});

test("its metrics say whether it leads, how busy it is, and how far its watches can be believed", async () => {
  const { url, actualizer } = await startProcess(await startPlatform());
  await actualizer.settled();
  const text = await (await fetch(`${url}/metrics`)).text();
  expect(text).toContain("sett_actualizer_leading 1");
  expect(text).toContain('sett_actualizer_queue{controller="workspaces",state="waiting"} 0');
  expect(text).toContain('sett_watch_phase{watch="functions",phase="live"} 1');
  expect(text).toMatch(/sett_actualizer_passes_total\{outcome="ok"\} [1-9]/);
});

test("in a dry run nothing is written, and what would be is logged and told", async () => {
  const sandbox = await startPlatform();
  const { actualizer, log } = await startProcess(sandbox, { ACTUALIZER_DRY_RUN: "true" });
  await actualizer.settled();
  const plan = await actualizer.plan(new AbortController().signal);
  expect(Object.keys(plan)).toContain("demo");
  expect(log.entries.filter(({ msg }) => msg === "dry run").map(({ producer }) => producer)).toContain(
    "demo",
  );
  const writes = sandbox.kubernetes.server.requests.filter(
    ({ method, headers }) =>
      method !== "GET" && headers.authorization === `Bearer ${sandbox.kubernetes.controllerToken}`,
  );
  expect(writes).toEqual([]);
});

test("in a dry run a webhook that is signed has the producer looked at, and nothing is written for it either", async () => {
  const sandbox = await startPlatform();
  const { actualizer, url } = await startProcess(sandbox, { ACTUALIZER_DRY_RUN: "true" });
  await actualizer.settled();
  const { gitea, gitApi, configstore, kubernetes } = sandbox;
  const read = () => gitea.requests.filter(({ path }) => path.includes("/customer-demo"));
  gitea.clearRequests();
  expect((await hook(url, JSON.stringify(push), secret)).status).toBe(204);
  await vi.waitFor(() => expect(read().length).toBeGreaterThan(0), until);
  await actualizer.settled();
  expect(
    kubernetes.cluster.resources
      .all()
      .filter(({ isCustom }) => isCustom)
      .flatMap((kind) => kubernetes.cluster.list(kind)),
  ).toEqual([]);
  const asked = [gitea, gitApi, configstore, kubernetes.server].flatMap(({ requests }) => requests);
  // Who has applied the definitions is no actualizer.
  const own = asked.filter(({ headers }) => headers.authorization !== `Bearer ${kubernetes.adminToken}`);
  expect(new Set(own.map(({ method }) => method))).toEqual(new Set(["GET"]));
});

test("a dry run from the command line says once what would be done, writes nothing and exits 1; then 0, once it is done", async () => {
  const sandbox = await startPlatform();
  const env = variablesFor(sandbox);
  const dryRun = () =>
    startChild(env, [], { program: "actualizer/main.js", programArguments: ["--dry-run"] });
  const before = dryRun();
  expect(await before.ended).toEqual({ code: 1, signal: null });
  expect(before.stdout()).toContain("demo");
  const { actualizer, stop } = await startProcess(sandbox);
  await actualizer.settled();
  await stop();
  const after = dryRun();
  await after.ended;
  expect(after.stdout()).toBe("Everything is as it is to be.\n");
});
