import { expect, it } from "vitest";
import { endingPod } from "../../src/sandbox/kubernetes/pod.deletion.ts";
import {
  crashedStatus,
  runningStatus,
  scheduledStatus,
  terminatedStatus,
  waitingStatus,
} from "../../src/sandbox/kubernetes/pod.status.ts";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Pod } from "../../src/sandbox/kubernetes/workload.objects.ts";
import { addDemo, addPod, cluster, eachTestHasAnApi } from "./kubernetes.harness.ts";
import { allReplayed, replayed } from "./kubernetes.recording.ts";

eachTestHasAnApi();

it("watches in which nothing happens end without a word when their time is up, as recorded", async () => {
  const now = cluster.store.version;
  const quiet = ["watch-timeout", "watch-timeout-bookmark", "watch-future-rv"];
  const found = await Promise.all(
    quiet.map((name) => allReplayed([name], { 665: now, future: now + 100_000 })),
  );
  expect(found.flat()).toEqual([]);
});

it("watches begin with what is there, whole or as metadata alone, as recorded", async () => {
  addDemo();
  expect(
    await allReplayed(["watch-no-rv", "watch-rv-0", "watch-metadata-only", "watch-send-initial-events"]),
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
  expect(await allReplayed(names, { 668: from, 673: from })).toEqual([]);
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
