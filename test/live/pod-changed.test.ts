import { expect, test } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  FollowPodsDocument,
  ReadPodsDocument,
  type FollowPodsSubscription,
} from "../generated/operations.ts";
import type { Subscribed } from "../support/live-client.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const demos = { producer: "demo" };
const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" };

type Change = FollowPodsSubscription["podChanged"];

function follow(sett: Sett, person: PersonName = "demo", name?: string) {
  return sett.as(person).subscribe(FollowPodsDocument, { ...demos, ...(name === undefined ? {} : { name }) });
}

function podOf({ sandbox }: Sett, start: string): string {
  const found = sandbox.kubernetes.cluster
    .list(pods)
    .find(({ metadata }) => metadata.name.startsWith(start) && metadata.deletionTimestamp === undefined);
  if (!found) throw new Error(`no pod ${start}`);
  return found.metadata.name;
}

/** Reads changes until one is as wanted, and answers all that came. */
async function changesUntil(
  following: Subscribed<FollowPodsSubscription>,
  isLast: (change: Change) => boolean,
): Promise<readonly Change[]> {
  const all: Change[] = [];
  for (;;) {
    const { data, codes } = await following.event();
    if (!data) throw new Error(`the changes ended with ${codes.join()}`);
    all.push(data.podChanged);
    if (isLast(data.podChanged)) return all;
  }
}

test("a pod that is deleted is told as stopping and gone, and the one in its place as there and ready", async () => {
  const sett = await startSett({ clusterTiming: { terminateMs: 50, createMs: 30, readyMs: 30 } });
  const following = follow(sett, "zu");
  await sett.subscriptionsRun(1);
  const old = podOf(sett, "workspace-demo-dev");
  sett.sandbox.kubernetes.cluster.deletePod(old);
  const seen = new Set<string>();
  const changes = await changesUntil(following, ({ kind, pod }) => {
    if (kind === "REMOVED") seen.add("gone");
    if (pod.name !== old && pod.ready) seen.add("ready");
    return seen.size === 2;
  });
  const of = (isOld: boolean) => changes.filter(({ pod }) => (pod.name === old) === isOld);
  expect(of(true)[0]).toMatchObject({ kind: "CHANGED", pod: { stopping: true, ready: false } });
  expect(of(true).at(-1)).toMatchObject({ kind: "REMOVED" });
  expect(of(false)[0]).toMatchObject({ kind: "ADDED", pod: { phase: "PENDING", ready: false }, missed: 0 });
  expect(of(false).at(-1)).toMatchObject({ kind: "CHANGED", pod: { phase: "RUNNING", ready: true } });
});

test("one pod alone is followed by its name", async () => {
  const sett = await startSett();
  const { cluster } = sett.sandbox.kubernetes;
  const name = podOf(sett, "gateway-demo-dev");
  const following = follow(sett, "demo", name);
  await sett.subscriptionsRun(1);
  cluster.crash(podOf(sett, "workspace-demo-dev"));
  cluster.crash(name, { exitCode: 7 });
  expect((await following.event()).data?.podChanged).toMatchObject({
    kind: "CHANGED",
    pod: { name, reason: "crashed once, exit code 7" },
  });
});

test("who may not read functions is not told of their pods, and who may no more is told no more", async () => {
  const sett = await startSett({ env: quick });
  const { platform } = sett.sandbox.gitea;
  const { cluster } = sett.sandbox.kubernetes;
  const [zu, al, demo] = [follow(sett, "zu"), follow(sett, "al"), follow(sett)];
  await sett.subscriptionsRun(3);
  const [hello, workspace] = [podOf(sett, "fn-demo-dev-hello"), podOf(sett, "workspace-demo-dev")];
  cluster.crash(hello);
  cluster.crash(workspace);
  const isWorkspace = ({ pod }: Change) => pod.kind === "WORKSPACE";
  const kinds = async (following: typeof zu) =>
    (await changesUntil(following, isWorkspace)).map(({ pod }) => pod.kind);
  expect(await kinds(zu)).toEqual(["WORKSPACE"]);
  expect(new Set(await kinds(al))).toEqual(new Set(["FUNCTION", "WORKSPACE"]));
  platform.removeCollaborator("customer-demo", "functions", "customer-al");
  const sees = async () =>
    (await sett.as("al").ask(ReadPodsDocument, demos)).data?.project?.pods?.map(({ kind }) => kind);
  await expect.poll(sees).not.toContain("FUNCTION");
  // The subscription asks again by itself: what it still tells meanwhile is not what this is about.
  await expect
    .poll(async () => {
      cluster.crash(hello);
      cluster.crash(workspace);
      return kinds(al);
    })
    .toEqual(["WORKSPACE"]);
  expect(new Set(await kinds(demo))).toEqual(new Set(["FUNCTION", "WORKSPACE"]));
});

test("one who is too slow loses the oldest changes, and is told how many", async () => {
  const sett = await startSett({ env: { EVENT_QUEUE_LIMIT: "10" } });
  const { cluster } = sett.sandbox.kubernetes;
  const following = follow(sett);
  await sett.subscriptionsRun(1);
  const name = podOf(sett, "workspace-demo-dev");
  const crashes = 400;
  for (let crash = 0; crash < crashes; crash += 1) cluster.crash(name);
  const changes = await changesUntil(following, ({ pod }) => pod.restarts === crashes);
  const missed = changes.reduce((sum, change) => sum + change.missed, 0);
  expect(changes.length + missed).toBe(crashes);
});

test("one who goes leaves nothing behind, and one who loses the project is told nothing more", async () => {
  const sett = await startSett({ env: quick });
  const [zu, demo] = [follow(sett, "zu"), follow(sett)];
  await sett.subscriptionsRun(2);
  await demo.return();
  await sett.subscriptionsRun(1);
  sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-zu");
  expect((await zu.event()).codes).toEqual(["NOT_FOUND"]);
});

test("changes of the same name that were missed while the cluster was away are told when it is back", async () => {
  const sett = await startSett();
  const { server, cluster } = sett.sandbox.kubernetes;
  const following = follow(sett);
  await sett.subscriptionsRun(1);
  const old = podOf(sett, "sls-api-demo-dev");
  await server.stop();
  cluster.remove(pods, old);
  await server.resume();
  const changes = await changesUntil(following, ({ kind }) => kind === "REMOVED");
  expect(changes.at(-1)?.pod).toMatchObject({ name: old, kind: "SLS_API" });
});
