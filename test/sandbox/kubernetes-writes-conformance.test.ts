import { expect, it, vi } from "vitest";
import { addPod, addRunningPod, ask, cluster, eachTestHasAnApi } from "./kubernetes.harness.ts";
import { deployments, pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { deploymentOf } from "../../src/sandbox/kubernetes/workload.templates.ts";
import { allReplayed, replayed } from "./kubernetes.recording.ts";

eachTestHasAnApi();

// What applying records of who set what is compared by itself, since the cluster's own controllers are nobody here. The
// difference that the refusal of a pod's change lists is left out, and of the kinds of a group those that are not here.

it("what cannot be made or changed is refused as recorded: bad names, labels, fields, kinds and versions", async () => {
  addPod("rec-x", { producer: "rec" });
  const refused = ["err-400-create", "err-404-create", "err-409-already-exists", "err-409-conflict-put"];
  expect(await allReplayed([...refused, "err-422", "err-strict-fields"])).toEqual([]);
  expect(cluster.list(pods).map(({ metadata }) => metadata.name)).toEqual(["rec-x"]);
});

it("a deployment is applied as recorded: made, left as it is, disputed and taken over", async () => {
  const found = await replayed("apply-create");
  // The sandbox's controllers are through with it before it is applied again, where the recorded ones were not.
  const early = /^apply-create 1: \$\.(status|metadata\.annotations)/;
  expect(found.filter((each) => !early.test(each))).toEqual([]);
  const { managedFields = [] } = cluster.get(deployments, "rec-dep").metadata;
  const labels = { "f:labels": { "f:app": {}, "f:producer": {} } };
  const template = {
    "f:metadata": { "f:labels": { "f:app": {} } },
    "f:spec": { "f:containers": { 'k:{"name":"fn"}': { ".": {}, "f:image": {}, "f:name": {} } } },
  };
  const kept = { "f:selector": {}, "f:template": template };
  const stamped = { time: expect.any(String) as unknown, fieldsType: "FieldsV1", apiVersion: "apps/v1" };
  expect(managedFields).toEqual([
    {
      ...stamped,
      manager: "gateway",
      operation: "Apply",
      fieldsV1: { "f:metadata": labels, "f:spec": kept },
    },
    {
      ...{ ...stamped, manager: "other", operation: "Apply" },
      fieldsV1: { "f:metadata": labels, "f:spec": { ...kept, "f:replicas": {} } },
    },
  ]);
});

it("a kind of custom objects is defined, its objects are made, changed, watched and deleted as recorded", async () => {
  expect(await allReplayed(["crd-create"])).toEqual([]);
  const watched = replayed("crd-watch", { 430: cluster.store.version });
  await vi.waitFor(() => expect(cluster.watches.size).toBe(1), { timeout: 10_000 });
  expect(await allReplayed(["crd-objects"])).toEqual([]);
  cluster.watches.bookmark();
  expect(await watched).toEqual([]);
});

it("how many pods a deployment has is asked for and changed as recorded", async () => {
  const [labels, image] = [{ app: "rec-dep" }, "x:1"];
  const workload = {
    name: "rec-dep",
    labels,
    selector: labels,
    container: "fn",
    image,
    ports: [],
    greeting: [],
  };
  cluster.add(deployments, deploymentOf(workload));
  cluster.controllers.settle();
  // Its old pods were still ending in the recording.
  const found = await allReplayed(["scale"]);
  expect(found).toEqual(["scale 1: $.status.replicas: 1 instead of =3"]);
  expect(cluster.get(deployments, "rec-dep").spec.replicas).toBe(0);
});

it("pods are deleted together as recorded", async () => {
  addPod("rec-a", { producer: "rec" });
  addRunningPod("rec-b", { producer: "rec" });
  addPod("other");
  expect(await allReplayed(["delete-collection"])).toEqual([]);
  const left = cluster.list(pods).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  expect(left.map(({ metadata }) => metadata.name)).toEqual(["other"]);
});

it("the kinds of a group are told of as recorded", async () => {
  expect(await allReplayed(["discovery-apps"])).toEqual([]);
  const list = (await (await ask("GET /api/v1")).json()) as { resources: { name: string }[] };
  expect(list.resources.map(({ name }) => name)).toContain("secrets");
});
