import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { openCluster } from "../../src/services/kubernetes/cluster.connection.ts";
import { createObjectIndex } from "../../src/services/kubernetes/object.index.ts";
import { readPod } from "../../src/services/kubernetes/pod.reader.ts";
import { platformSelector, projectKey } from "../../src/services/kubernetes/workload.labels.ts";
import type { PodRecord } from "../../src/services/kubernetes/pod.record.ts";
import { wordsFor } from "../../src/services/kubernetes/pod.words.ts";
import { createWatch } from "../../src/services/kubernetes/watch.engine.ts";

/** A sandbox of the test's own, and a watch of its pods that has seen them all. */
async function watchPods() {
  const sandbox: Sandbox = await startSandbox({
    PRODUCER_PREFIX: "customer",
    ENVIRONMENTS: ["dev"],
    FUNCTIONS_REPOSITORY: "functions",
    clusterTiming: { terminateMs: 20, createMs: 20, readyMs: 20, tooLargeMs: 50 },
  });
  onTestFinished(sandbox.stop);
  const { url, token, namespace } = sandbox.addresses.kubernetes;
  const connection = openCluster({ from: "address", url, token });
  onTestFinished(connection.close);
  const thrown: unknown[] = [];
  const index = createObjectIndex<PodRecord>({
    keyOf: projectKey,
    onListenerError: (error) => thrown.push(error),
  });
  const watch = createWatch({
    connection,
    kind: {
      name: "pods",
      path: ["api", "v1", "namespaces", namespace, "pods"],
      labelSelector: platformSelector,
      read: readPod,
    },
    target: index,
    log: pino({ level: "silent" }),
    patience: {
      pageSize: 3,
      watchSeconds: 1,
      graceMs: 500,
      reconcileMs: 800,
      firstDelayMs: 10,
      settledMs: 100,
    },
  });
  onTestFinished(watch.stop);
  const { cluster } = sandbox.kubernetes;
  const truth = () =>
    JSON.stringify(
      cluster
        .list(pods)
        .map((pod) => readPod(JSON.parse(JSON.stringify(pod))))
        .sort((one, other) => (one?.uid ?? "").localeCompare(other?.uid ?? "")),
    );
  const all = () => index.keys().flatMap((key) => index.of(key));
  const known = () => JSON.stringify(all().sort((one, other) => one.uid.localeCompare(other.uid)));

  /** Waits for something; the cluster does much on its own and tells nobody, so it is looked at often. */
  const until = (condition: () => boolean) =>
    expect.poll(condition, { timeout: 10_000, interval: 5 }).toBe(true);
  const untilRight = () => until(() => watch.state().phase === "live" && known() === truth());
  watch.start();
  await untilRight();
  const podOf = (start: string) => {
    const pod = all().find(({ name, deletedAt }) => name.startsWith(start) && deletedAt === undefined);
    if (!pod) throw new Error(`no pod ${start}`);
    return pod;
  };
  return { sandbox, cluster, index, watch, until, untilRight, podOf };
}

type Watching = Awaited<ReturnType<typeof watchPods>>;

test("what a producer runs is known by what it is: a workspace, an sls-api, gateways and functions", async () => {
  const { index } = await watchPods();
  const demo = index.of("demo/dev");
  expect(new Set(demo.map(({ kind }) => kind))).toEqual(
    new Set(["WORKSPACE", "SLS_API", "GATEWAY", "FUNCTION"]),
  );
  for (const pod of demo) {
    expect([pod.name, wordsFor(pod)]).toEqual([pod.name, undefined]);
    const isEntity = pod.kind === "GATEWAY" || pod.kind === "FUNCTION";
    expect([pod.name, pod.entityName !== undefined], pod.name).toEqual([pod.name, isEntity]);
  }
});

test("a pod that is deleted is being stopped, and another comes up in its place and is ready", async () => {
  const { cluster, index, podOf, until, untilRight } = await watchPods();
  const old = podOf("workspace-demo-dev");
  const told: (string | undefined)[] = [];
  index.listen("demo/dev", (changes) => {
    for (const { kind, item } of changes) {
      if (item.kind === "WORKSPACE") told.push(kind === "REMOVED" ? "gone" : (wordsFor(item) ?? "ready"));
    }
  });
  cluster.deletePod(old.name);
  await until(() => told.includes("ready") && told.includes("gone"));
  await untilRight();
  expect(told).toContain("being stopped");
  expect(told).toContain("starting");
  expect(podOf("workspace-demo-dev").uid).not.toBe(old.uid);
});

const troubles: readonly [words: string, make: (watching: Watching, name: string) => void][] = [
  ["crashed 2 times, exit code 1", ({ cluster }, name) => (cluster.crash(name), cluster.crash(name))],
  ["out of memory", ({ cluster }, name) => cluster.outOfMemory(name)],
  ["image cannot be pulled", ({ cluster }, name) => cluster.failPull(name)],
  ["running, but not answering yet", ({ cluster }, name) => cluster.recover(name, false)],
];

test.each(troubles)("a pod of which is said: %s", async (words, make) => {
  const watching = await watchPods();
  const { uid, name } = watching.podOf("sls-api-demo-dev");
  const now = () => watching.index.of("demo/dev").find((pod) => pod.uid === uid);
  make(watching, name);
  await watching.until(() => {
    const pod = now();
    return pod !== undefined && wordsFor(pod) === words;
  });
  await watching.untilRight();
});

const breaks: readonly [what: string, make: (watching: Watching) => void][] = [
  ["its watches are cut", ({ cluster }) => cluster.watches.drop()],
  ["its watches end", ({ cluster }) => cluster.watches.end()],
  ["its versions expire under open watches", ({ cluster }) => cluster.watches.expire()],
  ["it says garbage", ({ cluster }) => cluster.watches.write("<html>\n")],
  [
    "it says half a line and breaks",
    ({ cluster }) => (cluster.watches.write('{"type"'), cluster.watches.drop()),
  ],
  ["it is started anew", ({ cluster }) => cluster.restart()],
  [
    "its history is compacted and its watches are cut",
    ({ cluster }) => (cluster.compact(), cluster.watches.drop()),
  ],
  ["its watches fall silent", ({ cluster }) => cluster.watches.stall()],
];

test.each(breaks)("after %s, what is known is what is so, deletes included", async (_what, make) => {
  const watching = await watchPods();
  const { cluster, podOf, untilRight, index } = watching;
  const gone = podOf("workspace-demo-dev");
  make(watching);
  cluster.remove(pods, gone.name);
  cluster.crash(podOf("sls-api-demo-dev").name);
  await untilRight();
  expect(index.of("demo/dev").map(({ uid }) => uid)).not.toContain(gone.uid);
});
