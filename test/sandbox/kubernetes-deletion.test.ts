import { expect, it, vi } from "vitest";
import { deployments, pods, replicaSets } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { deploymentOf } from "../../src/sandbox/kubernetes/workload.templates.ts";
import { addRunningPod, cluster, eachTestHasAnApi, watch } from "./kubernetes.harness.ts";
import { applied, merged, send, type Answered } from "./kubernetes.writing.ts";

eachTestHasAnApi();

const namespace = "/api/v1/namespaces/customer";
const maps = `${namespace}/configmaps`;

async function made(name: string, metadata: object = {}): Promise<Answered> {
  const { code, body } = await send(`POST ${maps}`, { metadata: { name, ...metadata } });
  expect(code).toBe(201);
  return body;
}

const ownedBy = ({ metadata }: Answered, more: object = {}) => ({
  ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: metadata.name, uid: metadata.uid, ...more }],
});

const blocking = { blockOwnerDeletion: true };
const there = async (name: string): Promise<boolean> => (await send(`GET ${maps}/${name}`)).code === 200;
const deleted = (name: string, propagationPolicy?: string) =>
  send(`DELETE ${maps}/${name}`, propagationPolicy === undefined ? undefined : { propagationPolicy });

it("an object that is held goes when the last one lets go, and takes no new holder", async () => {
  const changes = await watch("", { path: maps });
  const finalizers = ["example.com/one", "example.com/two"];
  await made("held", { finalizers });
  const { code, body } = await deleted("held");
  expect([code, body.metadata.finalizers]).toEqual([200, finalizers]);
  expect(body.metadata).toMatchObject({
    deletionGracePeriodSeconds: 0,
    deletionTimestamp: expect.any(String) as unknown,
  });
  expect((await deleted("held")).body.metadata.resourceVersion).toBe(body.metadata.resourceVersion);
  const more = await merged(`${maps}/held`, {
    metadata: { finalizers: [...finalizers, "example.com/three"] },
  });
  expect([more.code, more.body.details?.causes]).toEqual([
    422,
    [
      {
        reason: "FieldValueForbidden",
        message:
          "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers " +
          '[]string{"example.com/three"}',
        field: "metadata.finalizers",
      },
    ],
  ]);
  await merged(`${maps}/held`, { metadata: { finalizers: ["example.com/two"] } });
  expect(await there("held")).toBe(true);
  const last = await merged(`${maps}/held`, { metadata: { finalizers: null } });
  expect([last.code, await there("held")]).toEqual([200, false]);
  const events = (await changes.take(4)).map(({ type }) => type);
  expect(events).toEqual(["ADDED", "MODIFIED", "MODIFIED", "DELETED"]);
  changes.stop();
});

it("a pod that is held stays after it has ended, until it is let go", async () => {
  addRunningPod("held", {}, { finalizers: ["example.com/hold"] });
  await send(`DELETE ${namespace}/pods/held?gracePeriodSeconds=0`);
  expect(cluster.get(pods, "held").metadata).toMatchObject({ deletionGracePeriodSeconds: 0 });
  await merged(`${namespace}/pods/held`, { metadata: { finalizers: null } });
  expect(cluster.list(pods)).toEqual([]);
});

it("what belongs to an object goes after it, and what belongs to that", async () => {
  const owner = await made("owner");
  const child = await made("child", ownedBy(owner));
  await made("grandchild", ownedBy(child));
  await made("other");
  await deleted("owner", "Background");
  const { body } = await send(`GET ${maps}`);
  expect((body["items"] as Answered[]).map(({ metadata }) => metadata.name)).toEqual(["other"]);
});

it("what has another owner besides stays, and forgets the one that is gone", async () => {
  const [one, other] = [await made("one"), await made("other")];
  const ownerReferences = [...ownedBy(one).ownerReferences, ...ownedBy(other).ownerReferences];
  await made("shared", { ownerReferences });
  await deleted("one");
  const { body } = await send(`GET ${maps}/shared`);
  expect(body.metadata.ownerReferences).toMatchObject([{ uid: other.metadata.uid }]);
});

it("what says that it belongs to one who is not there is taken away", async () => {
  const owner = await made("owner");
  await deleted("owner");
  await made("owner");
  await made("late", ownedBy(owner));
  expect([await there("late"), await there("owner")]).toEqual([false, true]);
});

it("an owner that is to go after what is its waits for all that it must wait for", async () => {
  const owner = await made("owner");
  await made("held", { ...ownedBy(owner, blocking), finalizers: ["example.com/hold"] });
  await made("free", ownedBy(owner, blocking));
  await made("unasked", { ...ownedBy(owner), finalizers: ["example.com/hold"] });
  const { body } = await deleted("owner", "Foreground");
  expect(body.metadata.finalizers).toEqual(["foregroundDeletion"]);
  expect([await there("owner"), await there("held"), await there("free")]).toEqual([true, true, false]);
  await merged(`${maps}/held`, { metadata: { finalizers: null } });
  expect([await there("owner"), await there("held"), await there("unasked")]).toEqual([false, false, true]);
});

it("an owner that leaves what is its behind goes alone", async () => {
  const owner = await made("owner");
  await made("child", ownedBy(owner, blocking));
  const { body } = await deleted("owner", "Orphan");
  expect(body.metadata.finalizers).toEqual(["orphan"]);
  const left = await send(`GET ${maps}/child`);
  expect([await there("owner"), left.code, left.body.metadata.ownerReferences]).toEqual([
    false,
    200,
    undefined,
  ]);
});

it("a deployment that is deleted in the foreground goes after its sets and pods, and makes no more of them", async () => {
  const [name, labels] = ["main", { app: "main" }];
  const workload = {
    name,
    labels,
    selector: labels,
    container: "main",
    image: "x:1",
    ports: [],
    greeting: [],
  };
  cluster.add(deployments, deploymentOf(workload));
  cluster.controllers.settle();
  const [pod] = cluster.podsOf("main");
  cluster.change(pods, pod?.metadata.name ?? "", (each) => ({
    ...each,
    spec: { ...each.spec, nodeName: "node-1" },
  }));
  await send("DELETE /apis/apps/v1/namespaces/customer/deployments/main", {
    propagationPolicy: "Foreground",
  });
  const ending = (): unknown[] =>
    [deployments, replicaSets, pods].map((kind) =>
      cluster
        .list<never>(kind as never)
        .map(({ metadata }: Answered) => metadata.deletionTimestamp !== undefined),
    );
  expect(ending()).toEqual([[true], [true], [true]]);
  cluster.remove(pods, pod?.metadata.name ?? "");
  await vi.waitFor(() => expect(ending()).toEqual([[], [], []]), { timeout: 10_000 });
});

it("only the object that is meant is deleted, and a dry run deletes none", async () => {
  const { metadata } = await made("one");
  const preconditions = { uid: metadata.uid, resourceVersion: "1" };
  const other = await send(`DELETE ${maps}/one`, { preconditions });
  expect([other.code, other.body.message]).toEqual([
    409,
    'Operation cannot be fulfilled on ConfigMap "one": the ResourceVersion in the precondition (1) does not match ' +
      `the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
  ]);
  expect((await send(`DELETE ${maps}/one?dryRun=All`)).code).toBe(200);
  expect(await there("one")).toBe(true);
  expect((await send(`DELETE ${maps}/one`, { preconditions: { uid: metadata.uid } })).code).toBe(200);
});

it("what came back with the past belongs to its owner as before", async () => {
  const owner = await made("owner");
  const child = await made("child", ownedBy(owner));
  await deleted("owner");
  expect(await there("child")).toBe(false);
  cluster.rewind(Number(child.metadata.resourceVersion));
  await applied(`${maps}/child`, "one", { data: { a: "1" } });
  expect([await there("owner"), await there("child")]).toEqual([true, true]);
  await deleted("owner");
  expect(await there("child")).toBe(false);
});
