import { expect, it } from "vitest";
import { ownedBy, type Labels } from "../../src/sandbox/kubernetes/kubernetes.object.ts";
import { endingPod } from "../../src/sandbox/kubernetes/pod.deletion.ts";
import {
  crashedStatus,
  runningStatus,
  scheduledStatus,
  terminatedStatus,
  waitingStatus,
} from "../../src/sandbox/kubernetes/pod.status.ts";
import { deployments, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import { addPod, addRunningPod, ask, cluster, listPods } from "./kubernetes.harness.ts";
import { conversations, replayed } from "./kubernetes.recording.ts";

const gateway = "gateway-demo-dev-5f1d-bd797bf79-lp9dq";
/** Replays conversations one after the other. */
async function all(
  names: readonly string[],
  moment: Record<string, string | number> = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    found.push(...(await replayed(name, moment)));
  }
  return found;
}

/** Pods as they were when the recordings were made: owned, and of one producer. */
function addDemo(): void {
  const restarted = { "kubectl.kubernetes.io/restartedAt": "2026-11-20T09:38:53Z" };
  addOwned(addRunningPod, gateway, { app: "gateway", env: "dev", id: "5f1d" }, { t: "2" });
  const labels = { app: "kubeless-fn", environment: "dev", id: "f01" };
  addOwned(addRunningPod, "kubeless-fn-demo-dev-f01-84d6dddd5d-6fw4f", labels);
  const slsApi = { app: "sls-api", environment: "dev" };
  addOwned(addPod, "sls-api-demo-dev-548d6db5d7-hjgsm", slsApi, restarted);
  addOwned(addRunningPod, "sls-api-demo-dev-7b6d85ddb5-l4pjq", slsApi);
  const workspace = "workspace-demo-dev-555b74dcc-7cqhw";
  addOwned(addRunningPod, workspace, { app: "workspace", env: "dev" }, restarted);
  cluster.change(pods, workspace, (pod) => {
    const containerStatuses = (pod.status.containerStatuses ?? []).map((each) => ({
      ...each,
      restartCount: 4,
    }));
    return { ...pod, status: { ...pod.status, containerStatuses } };
  });
}

function addOwned(add: typeof addPod, name: string, own: Labels, annotations?: Labels): void {
  const generateName = name.slice(0, -5);
  const metadata = { ...addPod("owner").metadata, name: generateName.slice(0, -1) };
  cluster.remove(pods, "owner");
  const labels = { ...own, "pod-template-hash": generateName.split("-").at(-2) ?? "", producer: "demo" };
  const ownerReferences = [ownedBy("apps/v1", "ReplicaSet", { metadata })];
  add(name, labels, { generateName, ownerReferences, ...(annotations === undefined ? {} : { annotations }) });
}

it("who is nobody, or may not, is refused as recorded, and so is what cannot be read", async () => {
  addPod("rec-x", { producer: "rec" });
  const refused = conversations.filter((name) => /^err-(401|403|40[05]|409)|^list-bad|^watch-bad/.test(name));
  expect(await all([...refused, "authz-selfsubjectaccessreview", "authz-selfsubjectrulesreview"])).toEqual(
    [],
  );
});

it("what is not there is answered as recorded: empty lists, missing objects, unknown kinds and groups", async () => {
  expect(await all(["err-404", "list-empty", "discovery"])).toEqual([]);
});

it("logs that cannot be had are answered as recorded", async () => {
  addPod("rec-x");
  addRunningPod(gateway);
  cluster.logs.isReachable = false;
  expect(await all(["err-logs"])).toEqual([]);
});

it("lists are selected, written and paged as recorded", async () => {
  for (const letter of ["a", "b", "c", "d", "e"]) {
    addPod(`rec-${letter}`, { app: "workspace", env: "dev", id: `rec-${letter}`, producer: "rec" });
  }
  const first = await listPods("limit=2&labelSelector=producer%3Drec");
  const second = await listPods(`limit=2&labelSelector=producer%3Drec&continue=${first.next ?? ""}`);
  const now = cluster.store.version;
  expect(await all(["list-rv-variants"], { 338: now, future: now + 100_000 })).toEqual([]);
  const found = await replayed("list-paging", { continue: first.next ?? "" });
  // The third page, of one object and without a token, is asked for with the second page's token.
  expect(found.filter((each) => !each.startsWith("list-paging 2"))).toEqual([]);
  const third = await listPods(`limit=2&labelSelector=producer%3Drec&continue=${second.next ?? ""}`);
  expect(third).toEqual({ version: first.version, names: ["rec-e"], next: undefined });
});

it("lists of what a producer runs are answered as recorded, also as a table and as metadata alone", async () => {
  addOwned(addRunningPod, gateway, { app: "gateway", env: "dev", id: "5f1d" });
  addOwned(addRunningPod, "workspace-demo-dev-84d57c6b5f-x2xkp", { app: "workspace", env: "dev" });
  const lists = [
    "labelselector",
    "labelselector-set",
    "fieldselector",
    "metadata-only",
    "table",
    "deployments",
  ];
  expect(await all([...lists, "endpointslices"].map((each) => `list-${each}`))).toEqual([]);
});

it("old versions and tokens are answered as recorded, before and after they are forgotten", async () => {
  for (const number of [0, 1, 2, 3]) addPod(`rec-g${number}`, { producer: "gone" });
  const old = cluster.store.version;
  const { next = "" } = await listPods("limit=1&labelSelector=producer%3Dgone");
  addPod("rec-g4", { producer: "gone" });
  const last = cluster.store.version;
  addPod("rec-other");
  const moment = { 490: old, 520: last, continue: next };
  expect(await all(["gone-list-exact-not-compacted"], moment)).toEqual([]);
  cluster.restart();
  const now = cluster.store.version;
  const later = { ...moment, 527: now };
  const restarted = await all(["gone-watch-after-apiserver-restart"], later);
  // The recorded server has not heard of version 1 either; a number of one digit stands as it is.
  expect(restarted).toEqual([]);
  cluster.compact();
  expect(await all(["gone-list-compacted"], later)).toEqual([]);
});

it("watches in which nothing happens end without a word when their time is up, as recorded", async () => {
  const now = cluster.store.version;
  const quiet = ["watch-timeout", "watch-timeout-bookmark", "watch-future-rv"];
  const found = await Promise.all(quiet.map((name) => all([name], { 665: now, future: now + 100_000 })));
  expect(found.flat()).toEqual([]);
});

it("watches begin with what is there, whole or as metadata alone, as recorded", async () => {
  addDemo();
  expect(
    await all(["watch-no-rv", "watch-rv-0", "watch-metadata-only", "watch-send-initial-events"]),
  ).toEqual([]);
});

it("who leaves the selection, comes back, and is made again under his name is told of as recorded", async () => {
  const from = cluster.store.version;
  const relabel = (producer: string): void => {
    cluster.change(pods, "rec-move", (pod) => ({
      ...pod,
      metadata: { ...pod.metadata, labels: { producer } },
    }));
  };
  addPod("rec-move", { producer: "move" });
  relabel("elsewhere");
  relabel("move");
  cluster.deletePod("rec-move");
  for (const _time of [1, 2]) {
    addPod("rec-twin", { producer: "twin" });
    cluster.deletePod("rec-twin");
  }
  const names = ["watch-selector-leave-enter", "watch-recreate-same-name"];
  expect(await all(names, { 668: from, 673: from })).toEqual([]);
});

// The recorded statuses were written by hand. Those that contradict themselves (a container that has ended in a pod that
// is ready) or leave something out are not compared; that they came, and with which metadata, is.
it("the story of a pod is told as recorded: from pending to running, crashes, recovery and its end", async () => {
  const name = "workspace-demo-dev-87c8978b-6bmnw";
  const from = cluster.store.version;
  const become = (change: (pod: Pod) => Pod["status"]): void => {
    cluster.change(pods, name, (pod) => ({ ...pod, status: change(pod) }));
  };
  const found = await replayed("watch-story", { 570: from }, () => {
    addPod(name, { app: "workspace", env: "dev", id: "87c8978b", producer: "story" });
    cluster.change(pods, name, (pod) => ({
      ...pod,
      spec: { ...pod.spec, nodeName: "node-1" },
      status: scheduledStatus(),
    }));
    become((pod) => waitingStatus(pod, "ContainerCreating"));
    become((pod) => runningStatus(pod, "10.244.22.193", true));
    become((pod) => crashedStatus(pod));
    become((pod) => crashedStatus(pod));
    become((pod) => runningStatus(pod, "10.244.22.193", true));
    become((pod) => terminatedStatus(pod, { exitCode: 137, reason: "OOMKilled" }));
    become((pod) => crashedStatus(pod));
    cluster.deletePod(name);
    endingPod(cluster.store, cluster.get(pods, name), 0);
    // Bookmarks come only if something else has changed.
    addPod("bystander-1");
    cluster.watches.bookmark();
    addPod("bystander-2");
    cluster.watches.bookmark();
  });
  expect(found).toEqual([]);
});

it("pods end as recorded: at once where they have no node, in time where they have one, once only", async () => {
  addPod("rec-del", { producer: "rec" });
  addPod("rec-del2", { producer: "rec" });
  cluster.change(pods, "rec-del2", (pod) => ({
    ...pod,
    spec: { ...pod.spec, nodeName: "node-1" },
    status: scheduledStatus(),
  }));
  expect(await all(["delete-pod"])).toEqual([]);
});

it("deployments are patched, restarted and deleted as recorded", async () => {
  const add = (name: string, container: string, labels: Labels, annotations: Labels): void => {
    const filled = { terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File" };
    const ports = { ports: [{ containerPort: 3000, protocol: "TCP" }] };
    const one = { name: container, image: "x:1", resources: {}, ...filled, imagePullPolicy: "IfNotPresent" };
    const own = name === "rec-dep" ? { app: "rec-dep" } : labels;
    const pod = {
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 30,
      dnsPolicy: "ClusterFirst",
      securityContext: {},
      schedulerName: "default-scheduler",
    };
    cluster.add(deployments, {
      metadata: { name, labels, annotations: { "deployment.kubernetes.io/revision": "1", ...annotations } },
      spec: {
        replicas: name === "rec-dep" ? 2 : 1,
        selector: { matchLabels: own },
        template: {
          metadata: { labels: own },
          spec: { containers: [name === "rec-dep" ? one : { ...one, ...ports }], ...pod },
        },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      status: {},
    });
    cluster.controllers.settle();
  };
  add("rec-dep", "fn", { app: "kubeless-fn", producer: "rec" }, {});
  expect(await all(["patch-types", "delete-deployment"])).toEqual([]);
  const labels = { app: "workspace", env: "dev", producer: "demo" };
  add("workspace-demo-dev", "workspace", labels, {
    "kubectl.kubernetes.io/last-applied-configuration": "{}",
  });
  const [pod] = cluster.podsOf("workspace-demo-dev");
  cluster.recover(pod?.metadata.name ?? "");
  cluster.controllers.settle();
  expect(await all(["rollout-restart"])).toEqual([]);
  const restarted = await ask("GET /apis/apps/v1/namespaces/customer/replicasets");
  expect(((await restarted.json()) as { items: unknown[] }).items).toHaveLength(2);
});
