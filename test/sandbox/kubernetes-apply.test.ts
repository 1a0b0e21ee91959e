import { expect, it } from "vitest";
import { stringify } from "yaml";
import { cluster, eachTestHasAnApi } from "./kubernetes.harness.ts";
import { applied, customPath, gatewayBody, installDefinitions, merged, send } from "./kubernetes.writing.ts";

eachTestHasAnApi();

const namespace = "/api/v1/namespaces/customer";
const files = `${namespace}/configmaps/files`;
const main = "/apis/apps/v1/namespaces/customer/deployments/main";

const configMap = (data: object, metadata: object = {}) => ({
  ...{ apiVersion: "v1", kind: "ConfigMap" },
  ...{ metadata: { name: "files", ...metadata }, data },
});

const deployment = (container: object, spec: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "main" },
  spec: {
    selector: { matchLabels: { app: "main" } },
    template: {
      metadata: { labels: { app: "main" } },
      spec: { containers: [{ name: "main", image: "x:1", ...container }] },
    },
    ...spec,
  },
});

const containerOf = (spec: unknown): Record<string, unknown> => {
  const { template } = spec as { template: { spec: { containers: Record<string, unknown>[] } } };
  return template.spec.containers[0] ?? {};
};

it("what is applied is made where it is not there, also from YAML, and is no new version where nothing is new", async () => {
  const body = configMap({ one: "1" });
  const made = await applied(files, "one", stringify(body));
  expect([made.code, made.body["data"]]).toEqual([201, { one: "1" }]);
  const again = await applied(files, "one", body);
  expect([again.code, again.body]).toEqual([200, made.body]);
  expect(cluster.store.version).toBe(Number(made.body.metadata.resourceVersion));
});

it("what somebody applies no more goes, unless somebody else wants it, too; what nobody applied stays", async () => {
  await applied(files, "one", configMap({ own: "1", shared: "1" }, { labels: { a: "1" } }));
  await applied(files, "two", configMap({ shared: "1" }));
  await merged(files, { data: { extra: "1" } });
  const { body } = await applied(files, "one", configMap({ next: "1" }));
  expect([body["data"], body.metadata.labels]).toEqual([{ shared: "1", extra: "1", next: "1" }, undefined]);
  await applied(files, "two", configMap({}));
  expect((await send(`GET ${files}`)).body["data"]).toEqual({ extra: "1", next: "1" });
});

it("what others have set to something else is a conflict that names them all, and is taken over by force", async () => {
  await applied(files, "one", configMap({ a: "1", b: "1" }));
  await merged(`${files}?fieldManager=hand`, { data: { b: "2" } });
  const body = configMap({ a: "3", b: "3" });
  const refused = await applied(files, "two", body);
  expect([refused.code, refused.body.message]).toEqual([
    409,
    'Apply failed with 2 conflicts: conflicts with "hand" using v1:\n- .data.b\nconflicts with "one":\n- .data.a',
  ]);
  expect(refused.body.details?.causes).toEqual([
    { reason: "FieldManagerConflict", message: 'conflict with "hand" using v1', field: ".data.b" },
    { reason: "FieldManagerConflict", message: 'conflict with "one"', field: ".data.a" },
  ]);
  const forced = await applied(files, "two", body, { query: "&force=true" });
  expect(forced.body["data"]).toEqual({ a: "3", b: "3" });
  expect(forced.body.metadata.managedFields?.map(({ manager }) => manager)).toEqual(["two"]);
  expect((await applied(files, "one", configMap({ a: "1" }))).code).toBe(409);
});

it("who sets the same owns it, too, and is in nobody's way", async () => {
  await applied(files, "one", configMap({ a: "1" }));
  const { body } = await applied(files, "two", configMap({ a: "1" }));
  expect(body.metadata.managedFields?.map(({ manager, fieldsV1 }) => [manager, fieldsV1])).toEqual([
    ["one", { "f:data": { "f:a": {} } }],
    ["two", { "f:data": { "f:a": {} } }],
  ]);
});

it("containers, ports and variables are told apart by their keys, and others' among them stay", async () => {
  const ports = [{ name: "http", containerPort: 80 }];
  await applied(main, "one", deployment({ env: [{ name: "A", value: "1" }], ports }));
  const contentType = "application/strategic-merge-patch+json";
  const env = [{ name: "B", value: "2" }];
  const byHand = { spec: { template: { spec: { containers: [{ name: "main", env }] } } } };
  await send(`PATCH ${main}`, byHand, { contentType });
  const { body } = await applied(main, "one", deployment({ env: [{ name: "C", value: "3" }] }));
  const container = containerOf(body.spec);
  expect(container["env"]).toEqual([
    { name: "B", value: "2" },
    { name: "C", value: "3" },
  ]);
  expect(container["ports"]).toBeUndefined();
  const disputed = await applied(main, "two", deployment({ env: [{ name: "C", value: "4" }] }));
  expect(disputed.body.message).toBe(
    'Apply failed with 1 conflict: conflict with "one": ' +
      '.spec.template.spec.containers[name="main"].env[name="C"].value',
  );
});

it("the cluster fills in what nobody applies, and what was filled in goes with what it was filled into", async () => {
  const made = await applied(main, "one", deployment({}, { strategy: { rollingUpdate: { maxSurge: 2 } } }));
  expect(made.body.spec).toMatchObject({
    replicas: 1,
    strategy: { rollingUpdate: { maxUnavailable: "25%" } },
  });
  const { body } = await applied(main, "one", deployment({ image: "x:latest" }));
  expect(body.spec?.["strategy"]).toEqual({
    ...{ type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } },
  });
});

it("a restart that somebody else asked for is not undone", async () => {
  await applied(main, "one", deployment({}));
  const annotations = { "kubectl.kubernetes.io/restartedAt": "2026-11-20T09:38:53Z" };
  await merged(main, { spec: { template: { metadata: { annotations } } } });
  const { body } = await applied(main, "one", deployment({ image: "x:2" }));
  expect((body.spec?.["template"] as { metadata: object }).metadata).toMatchObject({ annotations });
});

it("the selector of a deployment cannot be changed, and its pods must be found by it", async () => {
  await applied(main, "one", deployment({}));
  const other = { selector: { matchLabels: { app: "other" } } };
  const { code, body } = await applied(main, "one", deployment({}, other));
  expect(code).toBe(422);
  expect(body.message).toContain(
    'spec.selector: Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
  );
  expect(body.message).toContain("`selector` does not match template `labels`");
});

it("status and object of a custom resource have their own appliers, and conditions are told apart by their type", async () => {
  await installDefinitions();
  const edge = customPath("gateways", "demo-dev-edge");
  await applied(edge, "one", gatewayBody());
  const condition = (type: string, status: string) => ({
    ...{ type, status, reason: "Said", message: "", lastTransitionTime: "2026-11-20T09:38:53Z" },
  });
  const { apiVersion, kind, metadata } = gatewayBody();
  const status = (...conditions: object[]) => ({ apiVersion, kind, metadata, status: { conditions } });
  await applied(`${edge}/status`, "one", status(condition("Ready", "False")));
  const both = await applied(`${edge}/status`, "two", status(condition("Applied", "True")));
  expect(both.body.status).toEqual({
    conditions: [condition("Ready", "False"), condition("Applied", "True")],
  });
  const disputed = await applied(`${edge}/status`, "two", status(condition("Ready", "True")));
  expect(disputed.body.message).toBe(
    'Apply failed with 1 conflict: conflict with "one" with subresource "status": ' +
      '.status.conditions[type="Ready"].status',
  );
  const { body } = await applied(edge, "one", gatewayBody({ name: "Other" }));
  expect(body.status).toEqual(both.body.status);
  const managers = body.metadata.managedFields?.map((each) => `${each.manager} ${each.subresource ?? ""}`);
  expect(managers?.sort()).toEqual(["one ", "one status", "two status"]);
});

it("what is applied and unknown is refused, as is what is another object or another version of it", async () => {
  await installDefinitions();
  const edge = customPath("gateways", "demo-dev-edge");
  const unknown = await applied(edge, "one", gatewayBody({ bogus: 1 }));
  expect([unknown.code, unknown.body.message]).toEqual([
    500,
    "failed to create typed patch object (customer/demo-dev-edge; sett.lunchbadger.io/v1, Kind=Gateway): " +
      ".spec.bogus: field not declared in schema",
  ]);
  expect((await applied(files, "one", configMap({}, { name: "other" }))).code).toBe(400);
  expect((await applied(files, "one", configMap({}, { namespace: "other" }))).code).toBe(400);
  const { body } = await applied(files, "one", configMap({}));
  const { uid, resourceVersion } = body.metadata;
  await merged(files, { data: { a: "1" } });
  expect((await applied(files, "one", configMap({}, { resourceVersion }))).code).toBe(409);
  expect((await applied(files, "one", configMap({}, { uid: "another" }))).code).toBe(409);
  expect((await applied(files, "one", configMap({ b: "1" }, { uid }))).code).toBe(200);
  expect((await applied(`${edge}/status`, "one", gatewayBody())).code).toBe(404);
});

it("a dry run tells what would come of it, and writes nothing", async () => {
  const { body, code } = await applied(main, "one", deployment({}), { query: "&dryRun=All" });
  expect([code, body.spec?.["replicas"], body.metadata.resourceVersion]).toEqual([201, 1, undefined]);
  expect((await send(`GET ${main}`)).code).toBe(404);
  await applied(files, "one", configMap({ a: "1" }));
  const { version } = cluster.store;
  const tried = await applied(files, "one", configMap({ a: "2" }), { query: "&dryRun=All" });
  expect([tried.body["data"], cluster.store.version]).toEqual([{ a: "2" }, version]);
});
