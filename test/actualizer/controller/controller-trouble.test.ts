import { expect, test } from "vitest";
import { endlessTerm, LeadershipLost } from "../../../src/actualizer/controller/leader.term.ts";
import { actualize, demo, fieldsOf, startPlatform, type Given } from "./actualizer.harness.ts";

const runs = { Applied: "Applied", Ready: "Running", Paused: "NotPaused" };

/** Demo's workspace, which runs. */
async function startWorkspace(given: Given = {}) {
  const platform = await startPlatform();
  const actualizer = await actualize(platform.kubernetes, given);
  await platform.make(demo("Workspace"));
  await platform.untilSaid("Workspace", "demo-dev", runs);
  return { ...platform, ...actualizer };
}

const annotated = (name: string, value: string | null) => ({
  metadata: { annotations: { [`sett.lunchbadger.io/${name}`]: value } },
});

const refusal = (status: number, reason: string, details: object) => ({
  mode: "answer" as const,
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ kind: "Status", status: "Failure", message: "no", reason, details, code: status }),
});

test("a workspace that is paused stays as it is, and goes on when it is not", async () => {
  const { change, remove, names, get, until, untilSaid } = await startWorkspace();
  await change("Workspace", "demo-dev", annotated("paused", "true"));
  await untilSaid("Workspace", "demo-dev", { Paused: "Paused" });
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  await remove("Service", "sls-api-demo-dev");
  await until(() => expect(names()).toHaveLength(5));
  await change("Workspace", "demo-dev", { spec: { enabled: true } });
  expect(fieldsOf(await get("Workspace", "demo-dev")).status).toMatchObject({ observedGeneration: 1 });
  expect(names()).toHaveLength(5);
  await change("Workspace", "demo-dev", annotated("paused", null));
  await untilSaid("Workspace", "demo-dev", runs);
  await until(() => expect(names()).toHaveLength(6));
});

test("what is deleted while it is paused keeps running until it is paused no more", async () => {
  const { change, remove, names, get, until, untilSaid } = await startWorkspace();
  await change("Workspace", "demo-dev", annotated("paused", "true"));
  await untilSaid("Workspace", "demo-dev", { Paused: "Paused" });
  await remove("Workspace", "demo-dev");
  await until(async () =>
    expect((await get("Workspace", "demo-dev"))?.metadata.deletionTimestamp).toBeDefined(),
  );
  expect(names()).toHaveLength(6);
  await change("Workspace", "demo-dev", annotated("paused", null));
  await until(async () => expect(await get("Workspace", "demo-dev")).toBeUndefined());
  expect(names()).toEqual([]);
});

test("nothing is made for a producer that is paused", async () => {
  const platform = await startPlatform();
  const paused = new Set(["demo"]);
  const { controllers } = await actualize(platform.kubernetes, { pausedProducers: paused });
  await platform.make(demo("Workspace"));
  await platform.untilSaid("Workspace", "demo-dev", { Paused: "Paused" });
  expect(platform.names()).toEqual([]);
  paused.delete("demo");
  controllers.workspaces.look("demo-dev");
  await platform.untilSaid("Workspace", "demo-dev", runs);
});

test("a dry run says what would be done and writes nothing", async () => {
  const { kubernetes, make, change, until, writes, untilSaid } = await startPlatform();
  const dry = await actualize(kubernetes, { isDryRun: true, term: endlessTerm });
  await make(demo("Workspace"));
  await until(() => expect(dry.lines.join()).toContain("would create Deployment workspace-demo-dev"));
  expect(await dry.controllers.workspaces.plan("demo-dev")).toHaveLength(6);
  expect(writes()).toEqual([]);
  await dry.stop();
  const real = await actualize(kubernetes);
  await untilSaid("Workspace", "demo-dev", runs);
  await real.stop();
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  const before = writes().length;
  const { controllers } = await actualize(kubernetes, { isDryRun: true, term: endlessTerm });
  await until(async () => expect(await controllers.workspaces.plan("demo-dev")).toHaveLength(6));
  expect(await controllers.workspaces.plan("demo-dev")).toContain(
    "would remove Deployment workspace-demo-dev",
  );
  expect(writes()).toHaveLength(before);
});

test.each([
  [
    422,
    "Invalid",
    "spec.template: Invalid value",
    { causes: [{ reason: "FieldValueInvalid", field: "spec.template", message: "Invalid value" }] },
  ],
  [403, "Forbidden", "no", { name: "workspace-demo-dev", kind: "deployments" }],
])(
  "what the cluster refuses (%i) is said, tried again ever more rarely, and at once when somebody asks for it",
  async (status, reason, words, details) => {
    const { kubernetes, faults, make, names, change, until, untilSaid, wordsOf } = await startPlatform();
    const { controllers, owned, workspaces } = await actualize(kubernetes, {
      patience: { firstDelayMs: 100, longestDelayMs: 60_000 },
    });
    // A cluster that has come back is a reason to try at once.
    await until(() => expect(owned.isLive() && workspaces.isLive()).toBe(true));
    const path = /deployments\/workspace-demo-dev/;
    faults.set(refusal(status, reason, details), { method: "PATCH", path });
    await make(demo("Workspace"));
    await untilSaid("Workspace", "demo-dev", { Applied: "Refused", Ready: "Starting" });
    expect(await wordsOf("Workspace", "demo-dev", "Applied")).toContain(
      `Deployment workspace-demo-dev: ${words}`,
    );
    // What is not refused is there all the same.
    await until(() => expect(names()).toHaveLength(5));
    await until(() => expect(controllers.workspaces.counts()?.retries).toBeGreaterThanOrEqual(3));
    const tries = kubernetes.server.requests.filter(
      (each) => each.method === "PATCH" && path.test(each.path),
    );
    // Each of these was waited for at least half as long again as the one before: no change has hurried it.
    for (const [index, { at }] of tries.entries()) {
      const before = tries[index - 1];
      const leastMs = 50 * 2 ** (index - 1) - 5;
      if (before) expect(at.getTime() - before.at.getTime()).toBeGreaterThanOrEqual(leastMs);
    }
    faults.clear();
    await change("Workspace", "demo-dev", annotated("reconcile-requested", "now"));
    await untilSaid("Workspace", "demo-dev", runs);
  },
);

test.each([
  ["somebody asks for it", annotated("reconcile-requested", "now")],
  ["it is to be another", { spec: { source: { commit: "fedcba9876543210" } } }],
])("what was refused and is long to wait is tried at once when %s", async (_what, patch) => {
  const { kubernetes, faults, make, change, untilSaid } = await startPlatform();
  // Far longer than the test waits.
  await actualize(kubernetes, { patience: { firstDelayMs: 120_000, longestDelayMs: 120_000 } });
  faults.set(refusal(422, "Invalid", {}), { method: "PATCH", path: /deployments/ });
  await make(demo("Workspace"));
  await untilSaid("Workspace", "demo-dev", { Applied: "Refused" });
  faults.clear();
  await change("Workspace", "demo-dev", patch);
  await untilSaid("Workspace", "demo-dev", runs);
});

test("nothing is removed while something of the same workspace is refused", async () => {
  const { faults, names, change, until, untilSaid } = await startWorkspace();
  faults.set(refusal(403, "Forbidden", {}), { method: "DELETE", path: /ingresses/ });
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  await untilSaid("Workspace", "demo-dev", { Applied: "Refused" });
  expect(names()).toHaveLength(6);
  faults.clear();
  await until(() => expect(names()).toEqual([]));
  await untilSaid("Workspace", "demo-dev", { Applied: "Applied", Ready: "Stopped" });
});

test("a cluster that goes away in the middle is gone on with where it was left", async () => {
  const { kubernetes, faults, make, until, untilSaid, writes } = await startPlatform();
  await actualize(kubernetes);
  const path = /deployments\/sls-api-demo-dev/;
  faults.set({ mode: "drop" }, { method: "PATCH", path, times: 3 });
  faults.set({ mode: "lose" }, { method: "PATCH", path: /services\/workspace-demo-dev/, times: 1 });
  faults.set({ mode: "answer", status: 503 }, { method: "PATCH", path: /ingresses/, times: 1 });
  await make(demo("Workspace"));
  await untilSaid("Workspace", "demo-dev", runs);
  await until(() => expect(writes().filter((each) => path.test(each)).length).toBeGreaterThanOrEqual(4));
});

test.each(["configmaps", "ingresses", "workspaces"])(
  "nothing is removed while it is not certain what there is of %s",
  async (plural) => {
    const { kubernetes, cluster, faults, names, change, until, untilSaid, get, owned, workspaces } =
      await startWorkspace();
    faults.set({ mode: "answer", status: 503 }, { path: new RegExp(`/${plural}\\?.*(?:limit|watch)=`) });
    cluster.watches.drop();
    await until(() => expect(owned.isLive() && workspaces.isLive()).toBe(false));
    await change("Workspace", "demo-dev", { spec: { enabled: false } });
    if (plural !== "workspaces") {
      await untilSaid("Workspace", "demo-dev", { Disabled: "Disabled", Applied: "Waiting" });
    }
    const { length } = kubernetes.server.requests;
    await until(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length + 10));
    expect(names()).toHaveLength(6);
    faults.clear();
    await until(() => expect(names()).toEqual([]));
    expect(await get("Workspace", "demo-dev")).toBeDefined();
  },
);

test.each([
  ["is wanted again", { spec: { enabled: true } }],
  ["is paused", annotated("paused", "true")],
])("nothing is removed that %s by the time at which it would be", async (_what, meanwhile) => {
  const { kubernetes, faults, names, change, until, writes } = await startWorkspace();
  const path = /\/workspaces\/demo-dev$/;
  faults.set({ mode: "freeze" }, { method: "GET", path });
  const asked = () =>
    kubernetes.server.requests.filter((each) => each.method === "GET" && path.test(each.path));
  const before = asked().length;
  await change("Workspace", "demo-dev", { spec: { enabled: false } });
  await until(() => expect(asked().length).toBeGreaterThan(before));
  await change("Workspace", "demo-dev", meanwhile);
  const { length } = kubernetes.server.requests;
  faults.clear();
  await until(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length));
  await until(() => expect(writes().at(-1)).toBe("PATCH workspaces/demo-dev/status"));
  expect(names()).toHaveLength(6);
  expect(writes().filter((write) => write.startsWith("DELETE"))).toEqual([]);
});

test("a list of workspaces that comes back empty takes nothing away", async () => {
  const { kubernetes, cluster, faults, names, until, untilSaid, writes } = await startWorkspace();
  const before = writes().length;
  const empty = JSON.stringify({ metadata: { resourceVersion: "1" }, items: [] });
  faults.set({ mode: "answer", status: 200, body: empty }, { path: /\/workspaces\?.*limit=/ });
  const { length } = kubernetes.server.requests;
  cluster.watches.drop();
  await until(() => expect(kubernetes.server.requests.length).toBeGreaterThan(length + 10));
  expect(names()).toHaveLength(6);
  faults.clear();
  cluster.watches.drop();
  await untilSaid("Workspace", "demo-dev", runs);
  expect(
    writes()
      .slice(before)
      .filter((write) => write.startsWith("DELETE")),
  ).toEqual([]);
});

test("what others write to a workspace meanwhile is neither lost nor in the way", async () => {
  const { kubernetes, make, change, get, untilSaid } = await startPlatform();
  await actualize(kubernetes);
  await make(demo("Workspace"));
  for (let count = 0; count < 30; count += 1) {
    await change("Workspace", "demo-dev", { metadata: { labels: { [`label-${count}`]: "there" } } });
  }
  await untilSaid("Workspace", "demo-dev", runs);
  const { labels } = fieldsOf(await get("Workspace", "demo-dev")).metadata;
  expect(Object.keys(labels).filter((label) => label.startsWith("label-"))).toHaveLength(30);
});

test("who leads no more writes nothing more, also in the middle", async () => {
  const { kubernetes, faults, make, until, names, writes } = await startPlatform();
  const { term, isIdle } = await actualize(kubernetes);
  faults.set({ mode: "freeze" }, { method: "PATCH", path: /services\/workspace-demo-dev/ });
  await make(demo("Workspace"));
  await until(() => expect(writes()).toContain("PATCH services/workspace-demo-dev"));
  term.lose();
  await until(() => expect(isIdle()).toBe(true));
  const before = writes().length;
  faults.clear();
  const other = await actualize(kubernetes);
  await until(() => expect(names()).toHaveLength(6));
  await other.stop();
  expect(before).toBe(3);
});

test("whose term is over without anybody having said so writes nothing", async () => {
  const check = () => {
    throw new LeadershipLost();
  };
  const { kubernetes, make, until, writes } = await startPlatform();
  const { controllers } = await actualize(kubernetes, { term: { ...endlessTerm, check } });
  await make(demo("Workspace"));
  await until(() => expect(controllers.workspaces.counts()?.retries).toBeGreaterThanOrEqual(2));
  expect(writes()).toEqual([]);
});

test("hosts that lead elsewhere are told of", async () => {
  const platform = await startPlatform();
  await actualize(platform.kubernetes, { withheld: new Set(["demo-dev.lunchbadger.io"]) });
  await platform.make(demo("Workspace"));
  await platform.untilSaid("Workspace", "demo-dev", { ...runs, HostsGranted: "Taken" });
  expect(await platform.wordsOf("Workspace", "demo-dev", "HostsGranted")).toContain(
    "demo-dev.lunchbadger.io",
  );
});
