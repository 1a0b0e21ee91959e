import { expect, it } from "vitest";
import type { Labels } from "../../src/sandbox/kubernetes/kubernetes.object.ts";
import { scheduledStatus } from "../../src/sandbox/kubernetes/pod.status.ts";
import { deployments, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import {
  addOwned,
  addPod,
  addRunningPod,
  ask,
  cluster,
  eachTestHasAnApi,
  gateway,
  listPods,
} from "./kubernetes.harness.ts";
import { allReplayed, conversations, replayed } from "./kubernetes.recording.ts";

eachTestHasAnApi();

// What is written is in kubernetes-writes-conformance. Not replayed is what the sandbox does not do: exec, Endpoints, tokens
// of service accounts and questions about others; nor the list of groups and the long health check, of which the sandbox has
// fewer, and two servers with other caches (one that still knows what its storage has forgotten, one without any). Of lists
// recorded in part only the status and that they are JSON is compared; all watches are asked for one second instead of several.

it("who is nobody, or may not, is refused as recorded, and so is what cannot be read", async () => {
  addPod("rec-x", { producer: "rec" });
  const refused = conversations.filter((name) => /^err-(401|403|40[05]|409)|^list-bad|^watch-bad/.test(name));
  expect(
    await allReplayed([...refused, "authz-selfsubjectaccessreview", "authz-selfsubjectrulesreview"]),
  ).toEqual([]);
});

it("what is not there is answered as recorded: empty lists, missing objects, unknown kinds and groups", async () => {
  expect(await allReplayed(["err-404", "list-empty", "discovery"])).toEqual([]);
});

it("logs that cannot be had are answered as recorded", async () => {
  addPod("rec-x");
  addRunningPod(gateway);
  cluster.logs.isReachable = false;
  expect(await allReplayed(["err-logs"])).toEqual([]);
});

it("lists are selected, written and paged as recorded", async () => {
  for (const letter of ["a", "b", "c", "d", "e"]) {
    addPod(`rec-${letter}`, { app: "workspace", env: "dev", id: `rec-${letter}`, producer: "rec" });
  }
  const first = await listPods("limit=2&labelSelector=producer%3Drec");
  const second = await listPods(`limit=2&labelSelector=producer%3Drec&continue=${first.next ?? ""}`);
  const now = cluster.store.version;
  expect(await allReplayed(["list-rv-variants"], { 338: now, future: now + 100_000 })).toEqual([]);
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
  expect(await allReplayed([...lists, "endpointslices"].map((each) => `list-${each}`))).toEqual([]);
});

it("old versions and tokens are answered as recorded, before and after they are forgotten", async () => {
  for (const number of [0, 1, 2, 3]) addPod(`rec-g${number}`, { producer: "gone" });
  const old = cluster.store.version;
  const { next = "" } = await listPods("limit=1&labelSelector=producer%3Dgone");
  addPod("rec-g4", { producer: "gone" });
  const last = cluster.store.version;
  addPod("rec-other");
  const moment = { 490: old, 520: last, continue: next };
  expect(await allReplayed(["gone-list-exact-not-compacted"], moment)).toEqual([]);
  cluster.restart();
  const now = cluster.store.version;
  const later = { ...moment, 527: now };
  const restarted = await allReplayed(["gone-watch-after-apiserver-restart"], later);
  // The recorded server has not heard of version 1 either; a number of one digit stands as it is.
  expect(restarted).toEqual([]);
  cluster.compact();
  expect(await allReplayed(["gone-list-compacted"], later)).toEqual([]);
});

it("pods end as recorded: at once where they have no node, in time where they have one, once only", async () => {
  addPod("rec-del", { producer: "rec" });
  addPod("rec-del2", { producer: "rec" });
  cluster.change(pods, "rec-del2", (pod) => ({
    ...pod,
    spec: { ...pod.spec, nodeName: "node-1" },
    status: scheduledStatus(),
  }));
  expect(await allReplayed(["delete-pod"])).toEqual([]);
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
  expect(await allReplayed(["patch-types", "delete-deployment"])).toEqual([]);
  const labels = { app: "workspace", env: "dev", producer: "demo" };
  add("workspace-demo-dev", "workspace", labels, {
    "kubectl.kubernetes.io/last-applied-configuration": "{}",
  });
  const [pod] = cluster.podsOf("workspace-demo-dev");
  cluster.recover(pod?.metadata.name ?? "");
  cluster.controllers.settle();
  expect(await allReplayed(["rollout-restart"])).toEqual([]);
  const restarted = await ask("GET /apis/apps/v1/namespaces/customer/replicasets");
  expect(((await restarted.json()) as { items: unknown[] }).items).toHaveLength(2);
});
