import { beforeEach, expect, it } from "vitest";
import { definitions } from "../../src/sandbox/kubernetes/stored.kinds.ts";
import { ask, cluster, eachTestHasAnApi } from "./kubernetes.harness.ts";
import { customPath, gatewayBody, installDefinitions, merged, send } from "./kubernetes.writing.ts";

eachTestHasAnApi();

const gateways = customPath("gateways");
const edge = customPath("gateways", "demo-dev-edge");
const definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.sett.lunchbadger.io";

beforeEach(installDefinitions);

it("a definition is established, and its kind is served and told of", async () => {
  const { body } = await send(`GET ${definition}`);
  expect(body.status).toMatchObject({
    conditions: [
      { type: "NamesAccepted", status: "True" },
      { type: "Established", status: "True" },
    ],
    acceptedNames: { kind: "Gateway", shortNames: ["lbgw"] },
  });
  const group = await send("GET /apis/sett.lunchbadger.io");
  expect(group.body).toMatchObject({ preferredVersion: { groupVersion: "sett.lunchbadger.io/v1" } });
  const { body: list } = await send("GET /apis/sett.lunchbadger.io/v1");
  expect((list["resources"] as { name: string }[]).map(({ name }) => name)).toEqual(
    ["functions", "gateways", "producers", "workspaces"].flatMap((plural) => [plural, `${plural}/status`]),
  );
  expect((await ask("GET /apis/sett.lunchbadger.io/v2/gateways")).status).toBe(404);
  expect((await send("GET /apis/sett.lunchbadger.io/v1/namespaces/customer/nothing")).code).toBe(404);
});

it("a definition that is changed holds for what is written from then on", async () => {
  await send(`POST ${gateways}`, gatewayBody());
  const path = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size";
  const body = [{ op: "add", path, value: { type: "integer", default: 3 } }];
  const contentType = "application/json-patch+json";
  expect((await send(`PATCH ${definition}`, body, { contentType })).code).toBe(200);
  expect((await merged(edge, { metadata: { labels: { a: "b" } } })).body.spec?.["size"]).toBe(3);
});

it("a definition that makes no sense is refused", async () => {
  const { body } = await send(`GET ${definition}`);
  const schema = (openAPIV3Schema: object): object => ({
    ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    metadata: { name: "things.example.com" },
    spec: {
      ...{ group: "example.com", scope: "Namespaced", names: { kind: "Thing", plural: "things" } },
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  });
  const made = (given: object): Promise<unknown> =>
    send("POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions", given).then(({ code }) => code);
  expect(await made(schema({ type: "object", bogus: true }))).toBe(422);
  expect(await made(schema({ type: "object", "x-kubernetes-validations": [{ rule: "self ==" }] }))).toBe(422);
  expect(await made({ ...schema({ type: "object" }), metadata: { name: "other.example.com" } })).toBe(422);
  expect(await made({ ...body, metadata: { name: body.metadata.name } })).toBe(409);
  expect(cluster.list(definitions)).toHaveLength(4);
});

it("a definition takes its objects along, once those who hold them let go", async () => {
  await send(`POST ${gateways}`, gatewayBody({}, { finalizers: ["example.com/hold"] }));
  await send(`POST ${gateways}`, gatewayBody({}, { name: "demo-dev--free" }));
  await send(`DELETE ${definition}`);
  const held = await send(`GET ${edge}`);
  expect([held.code, held.body.metadata.deletionTimestamp]).toEqual([200, expect.any(String)]);
  expect((await send(`GET ${gateways}/demo-dev--free`)).code).toBe(404);
  await merged(edge, { metadata: { finalizers: null } });
  expect((await send(`GET ${definition}`)).code).toBe(404);
  expect((await ask(`GET ${gateways}`)).status).toBe(404);
});

it("what is said in another form than the cluster's is refused, not taken", async () => {
  const definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  const shapeless = { metadata: { name: "a.b" }, spec: { versions: "v1" } };
  expect((await send(`POST ${definitionsPath}`, shapeless)).code).toBe(422);
  for (const metadata of [{ labels: { a: 1 } }, { finalizers: "a" }, { ownerReferences: {} }]) {
    expect((await send(`POST ${gateways}`, gatewayBody({}, metadata))).code).toBe(400);
  }
});

it("a kind whose version is not served is not there", async () => {
  const body = [{ op: "replace", path: "/spec/versions/0/served", value: false }];
  await send(`PATCH ${definition}`, body, { contentType: "application/json-patch+json" });
  expect((await send(`GET ${gateways}`)).code).toBe(404);
});
