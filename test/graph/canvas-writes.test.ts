import { expect, test } from "vitest";
import {
  CanvasDocument,
  ConnectDocument,
  DeleteGatewayDocument,
  DeleteServiceEndpointDocument,
  DisconnectDocument,
  SaveApiEndpointDocument,
  SaveGatewayDocument,
  SaveProjectDocument,
  SaveServiceEndpointDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { seeded } from "./seeded.data.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const project = { producer: "demo" };

const stored = (sett: Sett) =>
  sett.sandbox.workspaces.pod("demo", "dev").state.project() as Record<
    string,
    Record<string, unknown>[] | undefined
  >;

test("a gateway is made with ids for all that came without, and reads back as it was saved", async () => {
  const sett = await startSett();
  const gateway = {
    name: "Second",
    dnsPrefix: "second",
    pipelines: [{ name: "P", policies: [{ name: "cors", steps: [{ condition: { name: "always" } }] }] }],
    other: { colour: "red" },
  };
  const { data, codes } = await sett.as("al").ask(SaveGatewayDocument, { input: { project, gateway } });
  expect(codes).toEqual([]);
  const made = data?.saveGateway?.gateway;
  expect(made).toMatchObject({
    name: "Second",
    pipelines: [{ name: "P", policies: [{ name: "cors", steps: [{ action: {} }] }] }],
  });
  expect(made?.pipelines[0]?.id).toBeTruthy();
  expect(stored(sett)["gateways"]).toHaveLength(2);
  expect(stored(sett)["gateways"]?.[1]).toMatchObject({ id: made?.id, dnsPrefix: "second", colour: "red" });
});

test("of a gateway that is changed, what was left out stays", async () => {
  const sett = await startSett();
  const before = stored(sett)["gateways"]?.[0];
  await sett
    .as("al")
    .ask(SaveGatewayDocument, { input: { project, gateway: { id: seeded.gateway, name: "Renamed" } } });
  expect(stored(sett)["gateways"]).toEqual([{ ...before, name: "Renamed" }]);
});

test("one save of an entity is a read, a write of its list alone, and a read", async () => {
  const sett = await startSett();
  const serviceEndpoint = { name: "Cars", urls: ["http://cars.example"] };
  await sett.as("al").ask(SaveServiceEndpointDocument, { input: { project, serviceEndpoint } });
  const sent = sett.sandbox.workspaces.projectApi.requests.find(({ method }) => method === "PATCH");
  expect(Object.keys(sent?.body as object)).toEqual(["serviceEndpoints"]);
  expect(sett.upstreamCalls()).toEqual([
    "gitea GET /api/v1/repos/customer-demo/dev",
    "project-api GET /demo-dev/api/Projects/demo-dev",
    "project-api PATCH /demo-dev/api/Projects/demo-dev",
    "project-api GET /demo-dev/api/Projects/demo-dev",
  ]);
});

test("saving what is there already writes nothing", async () => {
  const sett = await startSett();
  const document = stored(sett);
  const { data } = await sett.as("al").ask(SaveProjectDocument, { input: { project, document } });
  expect(data?.saveProject?.outcome).toBe("LAST_WRITE_WINS");
  expect(upstreamWrites(sett)).toEqual([]);
});

test("saved twice without ids, connections, states and details keep the ids they were given the first time", async () => {
  const sett = await startSett();
  const { id: _id, ...connection } = stored(sett)["connections"]?.[0] ?? {};
  const document = { connections: [connection], states: [{ key: "k", value: 1 }] };
  const save = () => sett.as("al").ask(SaveProjectDocument, { input: { project, document } });
  const once = (await save()).data?.saveProject;
  const again = (await save()).data?.saveProject;
  expect(again?.project.document).toEqual(once?.project.document);
  expect(again?.revision).toBe(once?.revision);
});

test("fields that nobody names in a save of the document stay as they are", async () => {
  const sett = await startSett();
  const before = stored(sett);
  await sett.as("al").ask(SaveProjectDocument, { input: { project, document: { note: "mine" } } });
  expect(stored(sett)).toEqual({ ...before, note: "mine" });
});

test("with a gateway go the connections of its pipelines, and no others", async () => {
  const sett = await startSett();
  const { data } = await sett.as("al").ask(DeleteGatewayDocument, { input: { project, id: seeded.gateway } });
  expect(data?.deleteGateway).toMatchObject({ deletedId: seeded.gateway, project: { gateways: [] } });
  expect(stored(sett)["connections"]).toEqual([]);
});

test("what is not on the canvas cannot be taken off it", async () => {
  const sett = await startSett();
  const { codes } = await sett
    .as("al")
    .ask(DeleteServiceEndpointDocument, { input: { project, id: seeded.gateway } });
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a connection is made once, however often, and taken away", async () => {
  const sett = await startSett();
  const made = await sett.as("al").ask(SaveApiEndpointDocument, {
    input: { project, apiEndpoint: { name: "New" } },
  });
  const input = { project, fromId: seeded.pipeline, toId: made.data?.saveApiEndpoint?.apiEndpoint.id ?? "" };
  const first = await sett.as("al").ask(ConnectDocument, { input });
  const second = await sett.as("al").ask(ConnectDocument, { input });
  expect(second.data?.connect?.connection).toEqual(first.data?.connect?.connection);
  const { data } = await sett.as("al").ask(DisconnectDocument, { input });
  expect(data?.disconnect?.project.connections).not.toContainEqual({
    fromId: input.fromId,
    toId: input.toId,
  });
  expect((await sett.as("al").ask(DisconnectDocument, { input })).codes).toEqual(["NOT_FOUND"]);
});

test("a model may be connected by the id the canvas knows it by", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces
    .pod("demo", "dev")
    .state.addModel({ name: "Engine", base: "PersistedModel", lunchbadgerId: "engine-1" });
  const input = { project, fromId: "engine-1", toId: seeded.pipeline };
  expect((await sett.as("al").ask(ConnectDocument, { input })).codes).toEqual([]);
});

const endpoint = { id: "e", name: "E", urls: ["http://e"] };

const pipelined = (id: string) => ({ id, name: id, pipelines: [{ id: seeded.pipeline, name: "p" }] });

test.each([
  ["an id that another kind of thing has", { apis: [{ id: seeded.gateway, name: "a" }] }, "apis.0.id"],
  ["a pipeline's id twice", { gateways: [pipelined("g"), pipelined("h")] }, "gateways.1.pipelines.0.id"],
  ["an id that is no text", { serviceEndpoints: [{ ...endpoint, id: 5 }] }, "serviceEndpoints.0.id"],
  ["an empty id", { serviceEndpoints: [{ ...endpoint, id: " " }] }, "serviceEndpoints.0.id"],
  ["a list that is null", { gateways: null }, "gateways"],
  [
    "policies that are none",
    { gateways: [{ name: "g", pipelines: [{ name: "p", policies: [5] }] }] },
    "gateways.0.pipelines.0.policies.0",
  ],
  ["functions that are no list", { functions: "x" }, "functions"],
  [
    "a state's key twice",
    {
      states: [
        { key: "k", value: 1 },
        { key: "k", value: 2 },
      ],
    },
    "states.1.key",
  ],
  [
    "a connection from what only a state remembers",
    {
      states: [{ key: "current", value: { id: "remembered" } }],
      connections: [{ fromId: "remembered", toId: seeded.pipeline }],
    },
    "connections.0.fromId",
  ],
  [
    "a connection to nothing",
    { connections: [{ fromId: "no", toId: seeded.pipeline }] },
    "connections.0.fromId",
  ],
  ["taking away what is connected", { serviceEndpoints: [] }, "connections.0.fromId"],
  ["an id that is there twice", { serviceEndpoints: [endpoint, endpoint] }, "serviceEndpoints.1.id"],
  ["a gateway without a name", { gateways: [{ id: "g" }] }, "gateways.0.name"],
  [
    "a pipeline without a name",
    { gateways: [{ name: "g", pipelines: [{}] }] },
    "gateways.0.pipelines.0.name",
  ],
  [
    "an endpoint without addresses",
    { serviceEndpoints: [{ name: "s", urls: [] }] },
    "serviceEndpoints.0.urls",
  ],
  ["a state without a value", { states: [{ key: "k" }] }, "states.0.value"],
  ["a list that is none", { apis: "x" }, "apis"],
  ["an item that is none", { portals: [5] }, "portals.0"],
  ["another project's id", { id: "eve-dev" }, "id"],
  ["no name", { name: "" }, "name"],
  ["switching the project off", { disabled: true }, "disabled"],
  ["more than the platform saves", { note: "x".repeat(102_400) }, "document"],
])("%s is refused with its place, and nothing is written", async (_what, document, field) => {
  const sett = await startSett();
  const { codes, errors } = await sett.as("al").ask(SaveProjectDocument, { input: { project, document } });
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(errors[0]?.extensions["problems"]).toContainEqual(expect.objectContaining({ field }));
  expect(upstreamWrites(sett)).toEqual([]);
});

test("what is a field of its own is not taken in `other`", async () => {
  const sett = await startSett();
  const serviceEndpoint = { name: "E", urls: ["http://e"], other: { urls: 5, id: "" } };
  const { errors } = await sett
    .as("al")
    .ask(SaveServiceEndpointDocument, { input: { project, serviceEndpoint } });
  expect(errors[0]?.extensions["problems"]).toMatchObject([{ field: "other.urls" }, { field: "other.id" }]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("what a copy has the same id as keeps its connections when the copy goes", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const connections = stored(sett)["connections"];
  state.changeProject({ gateways: [...(stored(sett)["gateways"] ?? []), pipelined("copy")] });
  await sett.as("al").ask(DeleteGatewayDocument, { input: { project, id: "copy" } });
  expect(stored(sett)["connections"]).toEqual(connections);
});

test("JSON deeper than anybody's document is refused before anybody is asked", async () => {
  const sett = await startSett();
  const deep = Array.from({ length: 60 }).reduce<unknown>((inner) => ({ inner }), 1);
  const { errors } = await sett.as("al").ask(SaveProjectDocument, { input: { project, document: { deep } } });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.document" }],
  });
  expect(sett.upstreamCalls()).toEqual([]);
});

test.each([
  ["cut off without an answer", { mode: "lose" } as const],
  ["answered 500", { mode: "misreport", status: 500, body: '{"error":{"message":"no"}}' } as const],
])("a write that was done and %s is read back, and told as done", async (_how, fault) => {
  const sett = await startSett();
  sett.sandbox.workspaces.projectApi.faults.set(fault, { method: "PATCH", times: 1 });
  const { codes } = await sett
    .as("al")
    .ask(SaveProjectDocument, { input: { project, document: { note: "kept" } } });
  expect(codes).toEqual([]);
  expect(stored(sett)["note"]).toBe("kept");
  expect(sett.upstreamCalls().filter((call) => call.includes("PATCH"))).toHaveLength(1);
});

test("a write that was not done is tried once more", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "drop" }, { method: "PATCH", times: 1 });
  const { codes } = await sett
    .as("al")
    .ask(SaveProjectDocument, { input: { project, document: { note: "kept" } } });
  expect(codes).toEqual([]);
  expect(stored(sett)["note"]).toBe("kept");
});

test("a write that cannot be done says so, leaves all as it was, and does not keep others waiting", async () => {
  const sett = await startSett();
  const before = stored(sett);
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set({ mode: "drop" }, { method: "PATCH" });
  const save = () =>
    sett.as("al").ask(SaveProjectDocument, { input: { project, document: { note: "kept" } } });
  const { errors } = await save();
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" });
  expect(stored(sett)).toEqual(before);
  faults.clear();
  expect((await save()).codes).toEqual([]);
});

test("an answer that says yes to what was not stored is not believed", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set({ mode: "answer", status: 200, body: "{}" }, { method: "PATCH" });
  const { errors } = await sett
    .as("al")
    .ask(SaveProjectDocument, { input: { project, document: { note: "lost" } } });
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED" });
});

test("after a change the same answer shows the project as it now is", async () => {
  const sett = await startSett();
  const { data } = await sett.as("al").askText(`mutation {
    one: saveProject(input: { project: { producer: "demo" }, document: { note: 1 } }) { project { document } }
    two: saveProject(input: { project: { producer: "demo" }, document: { note: 2 } }) { project { document } }
  }`);
  expect(data).toMatchObject({
    one: { project: { document: { note: 1 } } },
    two: { project: { document: { note: 2 } } },
  });
});

test("a canvas that was read can be saved as it was read", async () => {
  const sett = await startSett();
  const { data } = await sett.as("al").ask(CanvasDocument, { producer: "demo" });
  const gateway = data?.project?.gateways?.[0];
  const { other: _other, http: _http, ...input } = gateway ?? { other: {}, http: undefined };
  const pipelines = gateway?.pipelines.map(({ other: _rest, ...pipeline }) => pipeline) ?? [];
  const saved = await sett
    .as("al")
    .ask(SaveGatewayDocument, { input: { project, gateway: { ...input, pipelines } } });
  expect(saved.codes).toEqual([]);
  expect(saved.data?.saveGateway?.revision).toBe(data?.project?.revision);
});
