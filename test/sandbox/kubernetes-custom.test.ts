import { beforeEach, expect, it } from "vitest";
import { eachTestHasAnApi, watch } from "./kubernetes.harness.ts";
import { customPath, gatewayBody, installDefinitions, merged, send } from "./kubernetes.writing.ts";

eachTestHasAnApi();

const gateways = customPath("gateways");
const edge = customPath("gateways", "demo-dev-edge");

beforeEach(installDefinitions);

it("what the schema does not know is dropped with a warning, or refused where that is asked for; what it keeps open stays", async () => {
  const configuration = { pipelines: { main: { apiEndpoints: ["api"] } } };
  const made = await send(`POST ${gateways}`, gatewayBody({ configuration, bogus: 1 }));
  expect([made.code, made.warning]).toEqual([201, '299 - "unknown field \\"spec.bogus\\""']);
  expect(made.body.spec).toEqual(gatewayBody({ configuration }).spec);
  const strict = await send(`POST ${gateways}?fieldValidation=Strict`, gatewayBody({ bogus: 1 }));
  expect([strict.code, strict.body.message]).toEqual([
    400,
    'Gateway in version "v1" cannot be handled as a Gateway: strict decoding error: unknown field "spec.bogus"',
  ]);
});

it("what breaks the schema is refused, with all that is wrong and where", async () => {
  const { code, body } = await send(
    `POST ${gateways}`,
    gatewayBody({ env: "DEV", id: 1, instance: undefined, order: { apiEndpoints: [2], pipelines: [] } }),
  );
  expect([code, body.reason]).toEqual([422, "Invalid"]);
  expect(body.details?.causes).toEqual([
    { reason: "FieldValueRequired", message: "Required value", field: "spec.instance" },
    {
      reason: "FieldValueInvalid",
      message: "Invalid value: \"DEV\": spec.env in body should match '^[a-z][a-z0-9]*$'",
      field: "spec.env",
    },
    {
      reason: "FieldValueTypeInvalid",
      message: 'Invalid value: "integer": spec.id in body must be of type string: "integer"',
      field: "spec.id",
    },
    {
      reason: "FieldValueTypeInvalid",
      message:
        'Invalid value: "integer": spec.order.apiEndpoints[0] in body must be of type string: "integer"',
      field: "spec.order.apiEndpoints[0]",
    },
  ]);
});

it("rules of objects and of their changes are kept to", async () => {
  const misnamed = await send(`POST ${gateways}`, gatewayBody({}, { name: "demo-dev-other" }));
  expect([misnamed.code, misnamed.body.message]).toEqual([
    422,
    'Gateway.sett.lunchbadger.io "demo-dev-other" is invalid: <nil>: Invalid value: "object": ' +
      "the name must be <producer>-<env>-<instance>, or that cut short",
  ]);
  expect((await send(`POST ${gateways}`, gatewayBody({}, { name: "demo-dev--0a1b" }))).code).toBe(201);
  await send(`POST ${gateways}`, gatewayBody());
  const moved = await merged(edge, { spec: { producer: "eve" } });
  expect(moved.code).toBe(422);
  expect(moved.body.message).toContain('spec: Invalid value: "object": the producer cannot be changed');
  expect((await merged(edge, { spec: { name: "Other" } })).code).toBe(200);
  const long = {
    ...gatewayBody(),
    kind: "Producer",
    metadata: { name: "a".repeat(31) },
    spec: { login: "a" },
  };
  const refused = await send(`POST ${customPath("producers")}`, long);
  expect(refused.body.message).toContain("the name must have at most 30 characters");
});

it("the status is written by itself: neither write touches what the other writes, and only the object's has a new generation", async () => {
  const status = { observedGeneration: 1 };
  const made = await send(`POST ${gateways}`, { ...gatewayBody(), status });
  expect([made.body.status, made.body.metadata.generation]).toEqual([undefined, 1]);
  const told = await send(`PUT ${edge}/status`, {
    ...made.body,
    spec: { ...made.body.spec, name: "x" },
    status,
  });
  expect([told.code, told.body.status, told.body.spec?.["name"], told.body.metadata.generation]).toEqual([
    200,
    status,
    "Edge",
    1,
  ]);
  const changed = await merged(edge, { spec: { name: "Other" }, status: { observedGeneration: 7 } });
  expect([changed.body.status, changed.body.spec?.["name"], changed.body.metadata.generation]).toEqual([
    status,
    "Other",
    2,
  ]);
  const labelled = await merged(edge, { metadata: { labels: { a: "b" } } });
  expect(labelled.body.metadata.generation).toBe(2);
  expect((await merged(`${edge}/status`, { status: { observedGeneration: -1 } })).code).toBe(422);
});

it("an object is put in the place of the version that was read, and of no other", async () => {
  const { body: first } = await send(`POST ${gateways}`, gatewayBody());
  expect((await send(`PUT ${edge}`, { ...first, spec: { ...first.spec, name: "Second" } })).code).toBe(200);
  const late = await send(`PUT ${edge}`, { ...first, spec: { ...first.spec, name: "Third" } });
  expect([late.code, late.body.message]).toEqual([
    409,
    'Operation cannot be fulfilled on gateways.sett.lunchbadger.io "demo-dev-edge": the object has been modified; ' +
      "please apply your changes to the latest version and try again",
  ]);
  const blind = await send(`PUT ${edge}`, gatewayBody());
  expect([blind.code, blind.body.message]).toEqual([
    422,
    'Gateway.sett.lunchbadger.io "demo-dev-edge" is invalid: metadata.resourceVersion: Invalid value: 0: must be ' +
      "specified for an update",
  ]);
});

it("custom objects are selected, paged, watched and printed like all others", async () => {
  const changes = await watch("", { path: gateways });
  for (const instance of ["a", "b", "c"]) {
    const labels = { which: instance === "c" ? "last" : "first" };
    await send(`POST ${gateways}`, gatewayBody({ instance }, { name: `demo-dev-${instance}`, labels }));
  }
  expect((await changes.take(3)).map(({ object }) => object.metadata["name"])).toEqual([
    ...["demo-dev-a", "demo-dev-b", "demo-dev-c"],
  ]);
  changes.stop();
  const names = async (query: string): Promise<unknown[]> => {
    const { body } = await send(`GET ${gateways}?${query}`);
    return (body["items"] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
  };
  expect(await names("labelSelector=which%3Dfirst")).toEqual(["demo-dev-a", "demo-dev-b"]);
  expect(await names("limit=1")).toEqual(["demo-dev-a"]);
  const ready = { conditions: [{ ...said, type: "Ready", status: "False" }] };
  expect((await merged(`${gateways}/demo-dev-a/status`, { status: ready })).code).toBe(200);
  const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
  const { body: table } = await send(`GET ${gateways}/demo-dev-a`, undefined, { accept });
  const columns = (table["columnDefinitions"] as { name: string }[]).map(({ name }) => name);
  expect(columns).toEqual(["Name", "Producer", "Env", "Gateway", "Ready", "Age"]);
  const age: unknown = expect.stringMatching(/^\d+s$/);
  expect(table["rows"]).toMatchObject([{ cells: ["demo-dev-a", "demo", "dev", "Edge", "False", age] }]);
});

const said = { reason: "Starting", message: "", lastTransitionTime: "2026-11-20T09:38:53Z" };
