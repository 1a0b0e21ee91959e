import { expect, test } from "vitest";
import { createObjectClient } from "../../../src/services/kubernetes/object.client.ts";
import { ObjectRefusal, type RefusalKind } from "../../../src/services/kubernetes/object.refusal.ts";
import type { ObjectClient } from "../../../src/services/kubernetes/object.client.ts";
import { connectTo, installDefinitions, operatorOf, startCluster } from "./cluster.harness.ts";

const service = { apiVersion: "v1", kind: "Service", plural: "services" };
const gateway = { apiVersion: "sett.lunchbadger.io/v1", kind: "Gateway", plural: "gateways" };
const producer = { ...gateway, kind: "Producer", plural: "producers" };

const body = (port: number, labels = {}) => ({
  metadata: { name: "one", labels },
  spec: { selector: { app: "one" }, ports: [{ name: "http", port }] },
});

async function begin() {
  const kubernetes = await startCluster();
  const { namespace } = kubernetes;
  const connection = connectTo(kubernetes);
  const client = createObjectClient({ connection, namespace, manager: "sett-actualizer" });
  return { kubernetes, client, operator: operatorOf(kubernetes), connection };
}

const refusalOf = async (asked: Promise<unknown>) => {
  const error: unknown = await asked.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  if (!(error instanceof ObjectRefusal)) throw new Error("it was not refused", { cause: error });
  return error;
};

test("applying makes an object and changes nothing the second time; what is wanted no more goes, and others' fields stay", async () => {
  const { client, operator } = await begin();
  const made = await client.apply(service, body(80, { mine: "yes" }));
  const again = await client.apply(service, body(80, { mine: "yes" }));
  expect(again.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
  await operator.patch(service, "one", { metadata: { labels: { theirs: "yes" } } });
  const changed = await client.apply(service, body(81));
  expect(changed.metadata).toMatchObject({ uid: made.metadata.uid, labels: { theirs: "yes" } });
  expect(changed.metadata["labels"]).not.toHaveProperty("mine");
  expect(await client.get(service, "one")).toMatchObject({ spec: { ports: [{ port: 81 }] } });
});

test("what somebody else sets is not set otherwise, unless that is forced", async () => {
  const { client, operator } = await begin();
  await operator.create(service, body(80, { whose: "theirs" }));
  const refusal = await refusalOf(client.apply(service, body(80, { whose: "ours" })));
  expect([refusal.kind, refusal.words]).toEqual(["TAKEN", expect.stringContaining("whose")]);
  const forced = await client.apply(service, body(80, { whose: "ours" }), { isForced: true });
  expect(forced.metadata).toMatchObject({ labels: { whose: "ours" } });
});

test("an object is gone only where the cluster says so of that object", async () => {
  const { client, kubernetes, connection } = await begin();
  expect(await client.get(service, "one")).toBeUndefined();
  await client.remove(service, "one", { uid: "x", propagation: "Background" });
  expect((await refusalOf(client.get(gateway, "one"))).kind).toBe("MISSING");
  const elsewhere = createObjectClient({ connection, namespace: "elsewhere", manager: "m" });
  expect((await refusalOf(elsewhere.get(service, "one"))).kind).toBe("FORBIDDEN");
  kubernetes.server.faults.set({ mode: "answer", status: 404, body: "404 page not found\n" });
  expect((await refusalOf(client.get(service, "one"))).kind).toBe("MISSING");
});

type Try = (client: ObjectClient, uid: string) => Promise<unknown>;

test.each<[string, RefusalKind, Try]>([
  [
    "a version that is no longer so",
    "CHANGED",
    (client) => client.patch(service, "one", {}, { version: "1" }),
  ],
  [
    "another object of the name, to be removed",
    "CHANGED",
    (client) =>
      client.remove(service, "one", {
        uid: "00000000-0000-0000-0000-000000000000",
        propagation: "Background",
      }),
  ],
  [
    "another object of the name, to be applied",
    "CHANGED",
    (client) =>
      client.apply(service, { ...body(80), metadata: { name: "one", uid: "x" } as { name: string } }),
  ],
  ["what is there already", "EXISTS", (client) => client.create(service, body(80))],
  [
    "what makes no sense",
    "INVALID",
    (client) =>
      client.apply(service, { metadata: { name: "one", labels: { a: "not valid!" } } as { name: string } }),
  ],
  [
    "what may not be done",
    "FORBIDDEN",
    (client) => client.get({ apiVersion: "v1", kind: "Secret", plural: "secrets" }, "one"),
  ],
  ["an object that is not there", "MISSING", (client) => client.patch(service, "two", {})],
])("a refusal for %s is told as %s", async (_what, kind, attempt) => {
  const { client } = await begin();
  const { metadata } = await client.apply(service, body(80));
  const refusal = await refusalOf(attempt(client, metadata.uid));
  expect(refusal.kind).toBe(kind);
  expect(refusal.words).not.toBe("");
  expect(refusal.message).toBe(`The cluster refused: ${kind}.`);
});

test("a status is written without the rest, and the rest without the status", async () => {
  const { kubernetes, client, operator } = await begin();
  await installDefinitions(kubernetes);
  const made = await operator.create(producer, {
    ...{ metadata: { name: "demo" } },
    ...{ spec: { login: "customer-demo" } },
  });
  const status = { observedGeneration: 1 };
  const told = await client.patch(producer, "demo", { status, spec: { login: "other" } }, { part: "status" });
  expect(told).toMatchObject({ spec: { login: "customer-demo" }, status, metadata: { generation: 1 } });
  expect(told.metadata.resourceVersion).not.toBe(made.metadata.resourceVersion);
  const meant = await client.patch(producer, "demo", {
    status: { observedGeneration: 9 },
    spec: { login: "customer-x" },
  });
  expect(meant).toMatchObject({ spec: { login: "customer-x" }, status, metadata: { generation: 2 } });
});

test("nothing is sent that is not to be written any more", async () => {
  const { kubernetes } = await begin();
  const client = createObjectClient({
    connection: connectTo(kubernetes),
    namespace: kubernetes.namespace,
    manager: "m",
    beforeWrite: () => {
      throw new Error("no more");
    },
  });
  expect(await client.get(service, "one")).toBeUndefined();
  const { length } = kubernetes.server.requests;
  await expect(client.apply(service, body(80))).rejects.toThrow("no more");
  await expect(client.create(service, body(80))).rejects.toThrow("no more");
  await expect(client.patch(service, "one", {})).rejects.toThrow("no more");
  await expect(client.remove(service, "one", { uid: "x", propagation: "Orphan" })).rejects.toThrow("no more");
  expect(kubernetes.server.requests).toHaveLength(length);
});
