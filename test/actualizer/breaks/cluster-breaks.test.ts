import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { leaseKind } from "../../../src/actualizer/controller/lease.record.ts";
import { projectFilePath } from "../../../src/services/project-file.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { deployments, services, type Resource } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import { configMaps, ingresses } from "../../../src/sandbox/kubernetes/stored.kinds.ts";
import { openLine, operatorOf } from "../controller/cluster.harness.ts";
import {
  actualize,
  impatient,
  removals,
  startPlatform,
  tell,
  until,
  untilAtRest,
  whatRuns,
} from "./breaks.harness.ts";

/** What an actualizer makes of the same platform when nothing happens to it. */
async function undisturbed(): Promise<Readonly<Record<string, unknown>>> {
  const sandbox = await startPlatform();
  const actualizer = actualize(sandbox);
  await untilAtRest(sandbox, actualizer);
  await actualizer.stop();
  return whatRuns(sandbox);
}

test("a cluster that goes away in the middle of the first look at everybody is gone on with, as if it had not", async () => {
  const sandbox = await startPlatform();
  const { cluster, server } = sandbox.kubernetes;
  const removed = removals(sandbox);
  let made = 0;
  const broken = new Promise<void>((resolve) => {
    const stop = cluster.store.onChange(({ type, resource }) => {
      if (type !== "ADDED" || (resource as unknown) !== deployments || ++made < 3) return;
      stop();
      resolve(server.stop());
    });
  });
  const actualizer = actualize(sandbox);
  await broken;
  const half = Object.keys(whatRuns(sandbox)).length;
  await server.resume();
  await untilAtRest(sandbox, actualizer);
  expect(Object.keys(whatRuns(sandbox)).length).toBeGreaterThan(half);
  expect(whatRuns(sandbox)).toEqual(await undisturbed());
  expect(removed).toEqual([]);
}, 120_000);

const kinds = [deployments, services, ingresses, configMaps] as readonly Resource[];

type Blow = "delete" | "relabel" | "resource" | "outage" | "restart" | "expire" | "conflict";
const blow = fc.constantFrom<Blow>(
  "delete",
  "relabel",
  "resource",
  "outage",
  "restart",
  "expire",
  "conflict",
);

/** Does something to the cluster that may happen to one. */
async function strike({ kubernetes }: Sandbox, what: Blow, which: number): Promise<void> {
  const { cluster, server } = kubernetes;
  const all = kinds.flatMap((kind) =>
    cluster
      .list(kind)
      .filter(({ metadata }) => metadata.name.endsWith("-dev") || metadata.name.includes("-dev-"))
      .filter(({ metadata }) => !metadata.name.startsWith("fn-"))
      .map(({ metadata }) => ({ kind, name: metadata.name })),
  );
  const meant = all[which % all.length];
  const custom = cluster.resources.all().filter(({ isCustom }) => isCustom);
  const resources = custom.flatMap((kind) =>
    cluster.list(kind).map(({ metadata }) => ({ kind, ...metadata })),
  );
  const resource = resources[which % resources.length];
  switch (what) {
    case "delete":
      if (meant) cluster.remove(meant.kind, meant.name);
      return;
    case "relabel":
      if (!meant) return;
      cluster.change(meant.kind, meant.name, (object) => ({
        ...object,
        metadata: { ...object.metadata, labels: { ...object.metadata.labels, producer: "somebody" } },
      }));
      return;
    case "resource":
      if (!resource) return;
      await operatorOf(kubernetes).remove(
        { apiVersion: `${resource.kind.group}/v1`, kind: resource.kind.kind, plural: resource.kind.plural },
        resource.name,
        { uid: resource.uid, propagation: "Background" },
      );
      return;
    case "outage":
      await server.stop();
      await server.resume();
      return;
    case "restart":
      cluster.restart();
      return;
    case "expire":
      cluster.watches.expire();
      return;
    case "conflict":
      server.faults.set(
        { mode: "answer", status: 409, body: '{"kind":"Status","reason":"Conflict","code":409}' },
        { method: "PATCH", path: /sett\.lunchbadger\.io|deployments/, times: 3 },
      );
  }
}

test("whatever is done to the cluster, all of it is as it should be again in the end, and then nothing is written", async () => {
  const sandbox = await startPlatform();
  const actualizer = actualize(sandbox);
  await actualizer.settled();
  await untilAtRest(sandbox, actualizer);
  const before = whatRuns(sandbox);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(blow, fc.nat()), { minLength: 3, maxLength: 5 }), async (blows) => {
      for (const [what, which] of blows) await strike(sandbox, what, which);
      await vi.waitFor(() => expect(whatRuns(sandbox)).toEqual(before), until);
    }),
    { numRuns: 3, endOnFailure: true },
  );
  sandbox.kubernetes.server.faults.clear();
  await untilAtRest(sandbox, actualizer);
  expect(whatRuns(sandbox)).toEqual(before);
}, 120_000);

test("when whoever leads is cut off, another goes on with what is saved, and the first writes nothing more", async () => {
  const sandbox = await startPlatform();
  const line = await openLine(sandbox.kubernetes);
  const first = actualize(sandbox, { url: line.url });
  await first.settled();
  const second = actualize(sandbox);
  const before = whatRuns(sandbox);
  const removed = removals(sandbox);
  line.freeze();
  await vi.waitFor(() => expect([first.isLeading(), second.isLeading()]).toEqual([false, true]), until);
  await second.settled();
  expect(whatRuns(sandbox)).toEqual(before);
  expect(removed).toEqual([]);
  const { platform } = sandbox.gitea;
  const text = platform.readFile("customer-eve", "dev", projectFilePath) ?? "";
  const files = { [projectFilePath]: text.replaceAll("Gateway", "Garage") };
  platform.push("customer-eve", "dev", { commits: [{ message: "Another name", files }] });
  await tell(sandbox, second, "eve");
  const saved = whatRuns(sandbox);
  expect(saved).not.toEqual(before);
  line.thaw();
  await untilAtRest(sandbox, second);
  expect([first.isLeading(), second.isLeading()]).toEqual([false, true]);
  expect(whatRuns(sandbox)).toEqual(saved);
  expect(removed.filter((name) => !name.includes("eve-dev-gateway"))).toEqual([]);
}, 120_000);

test.each(["1970-01-01T00:00:00.000000Z", "2099-12-31T23:59:59.000000Z"])(
  "whoever holds the lease and is silent is followed, though its clock says %s",
  async (renewTime) => {
    const sandbox = await startPlatform();
    const spec = {
      holderIdentity: "somebody-who-is-gone",
      leaseDurationSeconds: 2,
      acquireTime: renewTime,
      renewTime,
      leaseTransitions: 7,
    };
    await operatorOf(sandbox.kubernetes).create(leaseKind, {
      metadata: { name: "sett-actualizer" },
      spec,
    } as { readonly metadata: { readonly name: string } });
    const actualizer = actualize(sandbox, { patience: impatient });
    await actualizer.settled();
    expect(actualizer.isLeading()).toBe(true);
    expect(Object.keys(whatRuns(sandbox))).toContain("Deployment workspace-demo-dev");
  },
  120_000,
);
