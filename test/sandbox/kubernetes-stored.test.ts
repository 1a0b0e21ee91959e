import { expect, it } from "vitest";
import { admin } from "../../src/sandbox/kubernetes/caller.access.ts";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { secrets } from "../../src/sandbox/kubernetes/stored.kinds.ts";
import { cluster, eachTestHasAnApi, kubernetes } from "./kubernetes.harness.ts";
import { applied, customPath, gatewayBody, installDefinitions, merged, send } from "./kubernetes.writing.ts";

eachTestHasAnApi();

const core = "/api/v1/namespaces/customer";
const leases = "/apis/coordination.k8s.io/v1/namespaces/customer/leases";
const as = { as: "controller" };

it("configuration, secrets, ways in, accounts and leases are kept, with what the cluster fills in", async () => {
  const map = await send(`POST ${core}/configmaps`, { metadata: { name: "a" }, data: { file: "x" } });
  expect([map.code, map.body["data"], map.body.metadata.generation]).toEqual([201, { file: "x" }, undefined]);
  const secret = await send(`POST ${core}/secrets`, {
    metadata: { name: "a" },
    stringData: { password: "x" },
  });
  expect(secret.body).toMatchObject({ type: "Opaque", data: { password: "eA==" } });
  expect(secret.body["stringData"]).toBeUndefined();
  expect((await send(`POST ${core}/serviceaccounts`, { metadata: { name: "a" } })).code).toBe(201);
  const ports = [{ name: "http", port: 80 }];
  const service = await send(`POST ${core}/services`, { metadata: { name: "a" }, spec: { ports } });
  expect(service.body.spec).toMatchObject({
    ...{
      type: "ClusterIP",
      clusterIP: expect.stringMatching(/^10\.96\./) as unknown,
      sessionAffinity: "None",
    },
    ports: [{ name: "http", port: 80, targetPort: 80, protocol: "TCP" }],
  });
  const again = await merged(`${core}/services/a`, { metadata: { labels: { a: "b" } } });
  expect(again.body.spec).toEqual(service.body.spec);
  const ingress = { metadata: { name: "a" }, spec: { rules: [{ host: "a.example.com" }] } };
  const way = await send("POST /apis/networking.k8s.io/v1/namespaces/customer/ingresses", ingress);
  expect(way.body).toMatchObject({ ...ingress, status: { loadBalancer: {} } });
});

it("a name is made up where only its beginning is said, and one is wanted at all", async () => {
  const { body } = await send(`POST ${core}/configmaps`, { metadata: { generateName: "map-" } });
  expect(body.metadata.name).toMatch(/^map-[a-z0-9]{5}$/);
  expect((await send(`POST ${core}/configmaps`, { metadata: {} })).body.message).toBe(
    'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
  );
});

it("a pod that is made runs, with its own volumes and account besides the cluster's", async () => {
  const volumeMounts = [{ name: "own", mountPath: "/own" }];
  const spec = {
    ...{ serviceAccountName: "own", volumes: [{ name: "own", emptyDir: {} }] },
    containers: [{ name: "main", image: "x:1", volumeMounts }],
  };
  const { body } = await send(`POST ${core}/pods`, { metadata: { name: "own" }, spec });
  expect(body.spec).toMatchObject({
    ...{ serviceAccountName: "own", volumes: [{ name: "own" }, { name: "kube-api-access" }] },
    containers: [
      { imagePullPolicy: "IfNotPresent", volumeMounts: [{ name: "own" }, { name: "kube-api-access" }] },
    ],
  });
  expect(cluster.get(pods, "own").status.phase).toBe("Pending");
});

it("of two who take a lease that they have both read, one gets it", async () => {
  const spec = { holderIdentity: "one", leaseDurationSeconds: 15 };
  const { body } = await send(`POST ${leases}`, { metadata: { name: "leader" }, spec });
  const taken = (holderIdentity: string) =>
    send(`PUT ${leases}/leader`, { ...body, spec: { ...spec, holderIdentity } });
  const codes = (await Promise.all([taken("two"), taken("three")])).map(({ code }) => code);
  expect(codes.sort()).toEqual([200, 409]);
  expect((await send(`PUT ${leases}/leader`, { metadata: { name: "leader" }, spec })).code).toBe(422);
});

it("an object that refers to an owner without an uid, or that is another than its address says, is refused", async () => {
  const ownerReferences = [{ apiVersion: "v1", kind: "ConfigMap", name: "a" }];
  const { code, body } = await send(`POST ${core}/configmaps`, { metadata: { name: "b", ownerReferences } });
  expect([code, body.message]).toEqual([
    422,
    'ConfigMap "b" is invalid: metadata.ownerReferences.uid: Invalid value: "": must not be empty',
  ]);
  const made = await send(`POST ${core}/configmaps`, { metadata: { name: "a" } });
  const other = { ...made.body, metadata: { ...made.body.metadata, name: "other" } };
  expect((await send(`PUT ${core}/configmaps/a`, other)).code).toBe(400);
  expect((await send(`PUT ${core}/configmaps/absent`, other)).code).toBe(404);
  expect((await send(`POST /api/v1/configmaps`, { metadata: { name: "a" } })).code).toBe(405);
});

it("who keeps custom objects may do what that takes, and no more", async () => {
  await installDefinitions();
  cluster.access.add("controller-token", controllerAccount());
  cluster.add(secrets, { metadata: { name: "redis" } });
  expect((await applied(customPath("gateways", "demo-dev-edge"), "one", gatewayBody(), as)).code).toBe(201);
  const { apiVersion, kind, metadata } = gatewayBody();
  const status = { apiVersion, kind, metadata, status: { observedGeneration: 1 } };
  expect((await applied(`${customPath("gateways", "demo-dev-edge")}/status`, "one", status, as)).code).toBe(
    200,
  );
  expect((await send(`POST ${leases}`, { metadata: { name: "leader" } }, as)).code).toBe(201);
  const secret = await send(`GET ${core}/secrets/redis`, undefined, as);
  expect([secret.code, secret.body.message]).toEqual([
    403,
    'secrets "redis" is forbidden: User "system:serviceaccount:sett:sett-actualizer" cannot get resource "secrets" in API group "" in the namespace "customer"',
  ]);
  const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  expect((await send(`GET ${definitions}`, undefined, as)).code).toBe(403);
  expect((await send(`DELETE ${core}/pods/any`, undefined, as)).code).toBe(403);
  const allowed = async (resource: string, verb: string, group: string): Promise<unknown> => {
    const attributes = { namespace: "customer", verb, group, resource };
    const review = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    const { body } = await send(review, { spec: { resourceAttributes: attributes } }, as);
    return body.status?.["allowed"];
  };
  expect(await allowed("workspaces", "patch", "sett.lunchbadger.io")).toBe(true);
  expect(await allowed("leases", "create", "coordination.k8s.io")).toBe(true);
  expect(await allowed("leases", "update", "coordination.k8s.io")).toBe(false);
  expect(await allowed("secrets", "get", "")).toBe(false);
  expect(await allowed("deployments", "deletecollection", "apps")).toBe(false);
});

it("who may change but not make may not apply what is not there yet", async () => {
  const rules = [{ verbs: ["patch"], apiGroups: [""], resources: ["configmaps"] }];
  const account = { ...admin, username: "patcher", isAdmin: false, role: { name: "patcher", rules } };
  cluster.access.add("controller-token", account);
  const refused = await applied(`${core}/configmaps/a`, "one", { data: { a: "1" } }, as);
  expect([refused.code, refused.body.message]).toEqual([
    403,
    'configmaps "a" is forbidden: User "patcher" cannot create resource "configmaps" in API group "" in the namespace "customer"',
  ]);
  await send(`POST ${core}/configmaps`, { metadata: { name: "a" } });
  expect((await applied(`${core}/configmaps/a`, "one", { data: { a: "1" } }, as)).code).toBe(200);
});

function controllerAccount() {
  return cluster.access.callerOf({ headers: { authorization: `Bearer ${kubernetes.controllerToken}` } });
}
