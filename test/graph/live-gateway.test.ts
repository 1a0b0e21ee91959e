import { expect, test } from "vitest";
import {
  CanvasDocument,
  ReadDifferenceDocument,
  ReadLiveDocument,
  ReadSchemasDocument,
  SaveApiEndpointDocument,
} from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { project, running, storedOf } from "./gateways.asking.ts";
import { seeded } from "./seeded.data.ts";

const producer = "demo";

/** A function that runs, which zu may not read. */
const hello = "00000000-0000-4000-8000-000000000001";

test("zu sees demo's gateway as it runs, with nothing of what the platform keeps in it", async () => {
  const sett = await startSett();
  const { data, codes, text } = await sett.as("zu").ask(ReadLiveDocument, { producer });
  expect(codes).toEqual([]);
  const live = data?.project?.gateways?.[0]?.live;
  const stored = storedOf(sett);
  expect(live?.pipelines.map(({ id }) => id)).toEqual(Object.keys(stored.pipelines));
  expect(live?.pipelines[0]).toMatchObject({
    id: seeded.pipeline,
    name: "Cars",
    apiEndpoints: [seeded.apiEndpoint],
    policies: [{ name: "key-auth" }, { name: "rate-limit" }, { name: "proxy" }],
  });
  expect(live?.pipelines[1]?.apiEndpoints).toEqual([]);
  expect(live?.apiEndpoints.map(({ id }) => id)).toEqual(Object.keys(stored.apiEndpoints));
  const { [hello]: _function, ...shown } = stored.serviceEndpoints;
  expect(live?.serviceEndpoints.map(({ id }) => id)).toEqual(Object.keys(shown));
  expect(live?.policies).toContain("rate-limit");
  expect(running(sett).stored().pipelines).toHaveProperty("admin");
  expect(text).not.toContain('"admin"');
  expect(text).not.toContain("9876");
});

test("a running gateway costs one call for each of its resources, however often it is asked for", async () => {
  const sett = await startSett();
  await sett
    .as("zu")
    .askText(
      '{ project(producer: "demo") { one: gateways { live { policies difference { name } } } two: gateways { live { pipelines { id } } } } }',
    );
  const at = "/gateway-demo-dev";
  expect(
    sett
      .upstreamCalls()
      .filter((call) => call.startsWith("gateway-admin"))
      .sort(),
  ).toEqual([
    `gateway-admin GET ${at}/api-endpoints`,
    `gateway-admin GET ${at}/pipelines`,
    `gateway-admin GET ${at}/policies`,
    `gateway-admin GET ${at}/service-endpoints`,
  ]);
});

test("while the gateway's pod is down `live` is null and said to be unavailable, and what is saved is answered", async () => {
  const sett = await startSett();
  await sett.sandbox.gateways.server.stop();
  const { data, errors, text } = await sett.as("zu").ask(ReadLiveDocument, { producer });
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: "UPSTREAM_UNAVAILABLE", upstream: "gateway-admin" },
  ]);
  expect(data?.viewer?.login).toBe("customer-zu");
  expect(data?.project?.gateways).toEqual([{ id: seeded.gateway, name: "Gateway", live: null }]);
  expect(text).not.toContain("127.0.0.1");
  expect((await sett.as("zu").ask(CanvasDocument, { producer })).codes).toEqual([]);
});

test.each([
  ["no JSON", "<html>"],
  ["a list", "[1]"],
])("a gateway that answers %s is not available, and nothing of it leaves", async (_what, body) => {
  const sett = await startSett();
  sett.sandbox.gateways.server.faults.set({ mode: "answer", status: 200, body });
  const { codes, text } = await sett.as("zu").ask(ReadLiveDocument, { producer });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(text).not.toContain("html");
});

test("the gateway's own schemas are there to be read", async () => {
  const sett = await startSett();
  const { data, codes } = await sett.as("zu").ask(ReadSchemasDocument, { producer });
  expect(codes).toEqual([]);
  expect(data?.project?.gateways?.[0]?.live?.schemas).toContainEqual(
    expect.objectContaining({
      type: "policy",
      schema: expect.objectContaining({
        $id: "http://express-gateway.io/schemas/policies/proxy.json",
      }) as object,
    }),
  );
});

test("a gateway that the platform has just started runs as it is saved", async () => {
  const sett = await startSett();
  const { data, codes } = await sett.as("zu").ask(ReadDifferenceDocument, { producer });
  expect(codes).toEqual([]);
  expect(data?.project?.gateways?.[0]?.live?.difference).toEqual([]);
});

test("what is saved since is told of as different, with both sides", async () => {
  const sett = await startSett();
  running(sett);
  await sett.as("al").ask(SaveApiEndpointDocument, {
    input: { project, apiEndpoint: { id: seeded.apiEndpoint, paths: ["/autos"] } },
  });
  const { data } = await sett.as("zu").ask(ReadDifferenceDocument, { producer });
  expect(data?.project?.gateways?.[0]?.live?.difference).toMatchObject([
    {
      action: "UPDATE",
      kind: "API_ENDPOINT",
      name: seeded.apiEndpoint,
      title: "Cars",
      saved: { paths: ["/autos"] },
      live: { paths: ["/cars", "/cars/*"] },
    },
  ]);
});

test.each(["other.example/", "x-eve", "gateway@evil", "..", "a.b", "GATEWAY", "", "$PRODUCER"])(
  "a gateway whose prefix is %j is asked nothing: its address might be somebody else's",
  async (dnsPrefix) => {
    const sett = await startSett();
    const { state } = sett.sandbox.workspaces.pod("demo", "dev");
    const [gateway] = state.project()["gateways"] as object[];
    state.changeProject({ gateways: [{ ...gateway, dnsPrefix }] });
    const { data, codes, errors } = await sett.as("demo").ask(ReadLiveDocument, { producer });
    expect(codes).toEqual(["BAD_USER_INPUT"]);
    expect(errors[0]?.extensions["problems"]).toMatchObject([{ field: "gateways.0.dnsPrefix" }]);
    expect(data?.project?.gateways?.[0]).toMatchObject({ id: seeded.gateway, live: null });
    expect(sett.upstreamCalls().filter((call) => call.startsWith("gateway-admin"))).toEqual([]);
  },
);
