import { expect, test } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { FollowStatusDocument, ReadStatusDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { functionIn, saidUntil, toldUntil } from "./status.following.ts";

const demos = { producer: "demo" };
const slowPods = { createMs: 60, readyMs: 60, terminateMs: 60 };

const follow = (sett: Sett, person: "demo" | "al" | "zu" = "demo") =>
  sett.as(person).subscribe(FollowStatusDocument, demos);

/** A pod that runs, by how its name begins. */
function podOf({ sandbox }: Sett, start: string): string {
  const found = sandbox.kubernetes.cluster
    .list(pods)
    .find(({ metadata }) => metadata.name.startsWith(start) && metadata.deletionTimestamp === undefined);
  if (!found) throw new Error(`no pod ${start}`);
  return found.metadata.name;
}

async function done(sett: Sett, mutation: string, person: "demo" | "admin" = "demo") {
  expect((await sett.as(person).askText(mutation)).codes).toEqual([]);
}

const does = { running: true, deploying: false, ready: true, failed: false, reason: null, restarts: 0 };

test("how everything does comes first: a workspace, sls-api, gateways and functions by their ids on the canvas", async () => {
  const sett = await startSett();
  // What is not listed yet when somebody begins to listen is told as such.
  const told = await toldUntil(follow(sett), ({ staleSince }) => staleSince === null);
  expect(told).toMatchObject({
    workspace: { ...does, kind: "WORKSPACE", name: null, entityId: null },
    slsApi: { ...does, kind: "SLS_API" },
    gateways: [
      { ...does, kind: "GATEWAY", name: "gateway", entityId: "aaaaaaaa-0000-4000-8000-000000000001" },
    ],
    functions: [
      { ...does, kind: "FUNCTION", name: "hello", entityId: "00000000-0000-4000-8000-000000000001" },
    ],
    staleSince: null,
    staleReason: null,
  });
  expect((await sett.as("demo").ask(ReadStatusDocument, demos)).data?.project?.status).toEqual(told);
});

test("a function that is deployed is seen to start and then to run", async () => {
  const sett = await startSett({ clusterTiming: slowPods });
  const following = follow(sett);
  await following.event();
  await done(
    sett,
    'mutation { deployFunction(input: { project: { producer: "demo" }, name: "convert" }) { deployment { id } } }',
  );
  const said = await saidUntil(
    following,
    (told) => {
      const convert = functionIn(told, "convert");
      return convert && (convert.running && !convert.deploying ? "runs" : (convert.reason ?? "…"));
    },
    "runs",
  );
  expect(said).toContain("starting");
});

test("a function that crashes is told as failed, in words, and as running again once it is", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const following = follow(sett);
  await following.event();
  const pod = podOf(sett, "fn-demo-dev-hello");
  for (const count of [1, 2, 3, 4]) cluster.crash(pod, { exitCode: count });
  const crashed = await toldUntil(following, (told) => {
    const hello = functionIn(told, "hello");
    return hello?.restarts === 4 && !hello.running;
  });
  expect(functionIn(crashed, "hello")).toMatchObject({
    ready: false,
    failed: true,
    deploying: false,
    reason: "crashed 4 times, exit code 4",
  });
  cluster.recover(pod);
  const well = await toldUntil(following, (told) => functionIn(told, "hello")?.running === true);
  expect(functionIn(well, "hello")).toMatchObject({ ...does, restarts: 4 });
});

test("a workspace that needs more memory than there is says so", async () => {
  const sett = await startSett();
  const following = follow(sett, "zu");
  await following.event();
  sett.sandbox.kubernetes.cluster.outOfMemory(podOf(sett, "workspace-demo-dev"));
  const { workspace } = await toldUntil(following, (told) => told.workspace?.failed === true);
  expect(workspace).toMatchObject({ ready: false, reason: "out of memory", restarts: 1 });
});

const changeGateway =
  'mutation { saveGateway(input: { project: { producer: "demo" }, gateway: { id: "aaaaaaaa-0000-4000-8000-000000000001", policies: ["key-auth", "proxy", "log", "cors", "rate-limit"] } }) { revision } }';

test("a gateway that is saved is replaced while the old one answers", async () => {
  const sett = await startSett({ clusterTiming: slowPods, actualizer: true });
  const following = follow(sett, "zu");
  const before = podOf(sett, "gateway-demo-dev");
  await following.event();
  await done(sett, changeGateway);
  const onItsWay = await toldUntil(following, ({ gateways }) => gateways[0]?.deploying === true);
  expect(onItsWay.gateways).toMatchObject([{ running: true, failed: false }]);
  await toldUntil(
    following,
    ({ gateways: [gateway] }) => gateway?.deploying === false && gateway.ready && gateway.running,
  );
  expect(podOf(sett, "gateway-demo-dev")).not.toBe(before);
});

test("a gateway whose new image cannot be pulled runs and has failed: the old pod goes on answering", async () => {
  const sett = await startSett({ actualizer: true });
  const following = follow(sett);
  await following.event();
  sett.sandbox.kubernetes.cluster.kubelet.unpullable.add("expressgateway/express-gateway:latest");
  await done(sett, changeGateway);
  const { gateways } = await toldUntil(following, (told) => told.gateways[0]?.failed === true);
  expect(gateways).toMatchObject([{ running: true, ready: false, reason: "image cannot be pulled" }]);
});

test("what runs of a producer comes when it is made, and goes when the platform is told not to run it", async () => {
  const sett = await startSett({ actualizer: true });
  await done(sett, 'mutation { createProducer(input: { name: "fresh" }) { createdRepos } }', "admin");
  const following = sett.as("admin").subscribe(FollowStatusDocument, { producer: "fresh" });
  await toldUntil(
    following,
    ({ workspace, slsApi }) => workspace?.running === true && slsApi?.running === true,
  );
  const demo = sett.as("admin").subscribe(FollowStatusDocument, demos);
  await toldUntil(demo, ({ workspace }) => workspace?.running === true);
  await done(
    sett,
    'mutation { setProducerEnabled(input: { project: { producer: "demo" }, enabled: false }) { project { env } } }',
    "admin",
  );
  await toldUntil(demo, ({ workspace, gateways }) => workspace === null && gateways.length === 0);
});

test("who is slow gets the newest, however much has happened", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const following = follow(sett);
  const pod = podOf(sett, "fn-demo-dev-hello");
  await following.event();
  for (let crash = 0; crash < 300; crash += 1) cluster.crash(pod);
  await toldUntil(following, (told) => functionIn(told, "hello")?.restarts === 300);
});

test("nothing is told while nothing that is shown changes", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const [demo, zu] = [follow(sett), follow(sett, "zu")];
  await Promise.all([demo.event(), zu.event()]);
  const pod = podOf(sett, "workspace-demo-dev");
  cluster.change(pods, pod, (each) => ({
    ...each,
    metadata: { ...each.metadata, annotations: { seen: "yes" } },
  }));
  cluster.crash(podOf(sett, "fn-demo-dev-hello"));
  cluster.crash(pod);
  const { functions } = await toldUntil(demo, ({ workspace }) => workspace?.failed === true);
  expect(functions).toMatchObject([{ failed: true }]);
  // Of the function's crash zu hears nothing, not even that nothing has changed for him.
  expect((await zu.event()).data?.projectStatus).toMatchObject({ workspace: { failed: true } });
});

test("a hundred who follow one project cost the cluster nothing more, and one answer a change", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT_PER_VIEWER: "100" } });
  const { cluster } = sett.sandbox.kubernetes;
  const people = (["demo", "al"] as const).flatMap((name) =>
    Array.from({ length: 50 }, () => follow(sett, name)),
  );
  await Promise.all(people.map((each) => each.event()));
  const open = cluster.watches.size;
  const made = await sett.measured("sett_subscription_payloads_total");
  const sent = await sett.measured("sett_subscription_events_total");
  cluster.crash(podOf(sett, "workspace-demo-dev"));
  await Promise.all(people.map((each) => toldUntil(each, ({ workspace }) => workspace?.running === false)));
  const moments = (await sett.measured("sett_subscription_payloads_total")) - made;
  expect(open).toBe(3);
  expect(cluster.watches.size).toBe(3);
  expect((await sett.measured("sett_subscription_events_total")) - sent).toBe(100 * moments);
});
