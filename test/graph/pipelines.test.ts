import { expect, test } from "vitest";
import {
  ConnectDocument,
  DeletePipelineDocument,
  SaveCheckedGatewayDocument,
  SaveGatewayDocument,
  SavePipelineDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { always, apply, project, savePolicies } from "./gateways.asking.ts";
import { seeded } from "./seeded.data.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const gateway = seeded.gateway;

interface StoredPipeline {
  readonly id: string;
  readonly name: string;
  readonly policies: readonly object[];
}

const stored = (sett: Sett) => {
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const [first] = state.project()["gateways"] as { pipelines: StoredPipeline[] }[];
  return first?.pipelines ?? [];
};

const logs = [{ name: "log", steps: [{ condition: always, action: { message: "seen" } }] }];

test("a pipeline is added to its gateway, and the others stay as they are", async () => {
  const sett = await startSett();
  const before = stored(sett);
  const pipeline = { name: "Logged", policies: logs };
  const { data, codes } = await sett
    .as("al")
    .ask(SavePipelineDocument, { input: { project, gateway, pipeline } });
  expect(codes).toEqual([]);
  expect(data?.savePipeline).toMatchObject({ validated: true, pipeline: { name: "Logged", policies: logs } });
  expect(data?.savePipeline?.pipeline.id).toBeTruthy();
  expect(stored(sett).slice(0, before.length)).toEqual(before);
  expect(stored(sett)).toHaveLength(before.length + 1);
});

test("a pipeline is changed, and keeps what was left out", async () => {
  const sett = await startSett();
  const pipeline = { id: seeded.pipeline, policies: logs };
  const { data } = await sett.as("al").ask(SavePipelineDocument, { input: { project, gateway, pipeline } });
  expect(data?.savePipeline?.pipeline).toMatchObject({ id: seeded.pipeline, name: "Cars", policies: logs });
  expect(stored(sett)).toHaveLength(2);
});

test("a pipeline goes with the connections from it and to it, and no others", async () => {
  const sett = await startSett();
  const { data, codes } = await sett
    .as("al")
    .ask(DeletePipelineDocument, { input: { project, gateway, id: seeded.pipeline } });
  expect(codes).toEqual([]);
  expect(data?.deletePipeline?.deletedId).toBe(seeded.pipeline);
  const ends = data?.deletePipeline?.project.connections?.flatMap(({ fromId, toId }) => [fromId, toId]);
  expect(ends).not.toContain(seeded.pipeline);
  expect(ends).toContain("bbbbbbbb-0000-4000-8000-000000000002");
});

test("two people change pipelines of one gateway from one revision: the second is told, for gateways are kept whole", async () => {
  const sett = await startSett();
  const pipeline = (name: string) => ({ name, policies: [] });
  const first = await sett
    .as("al")
    .ask(SavePipelineDocument, { input: { project, gateway, pipeline: pipeline("First") } });
  const revision = first.data?.savePipeline?.revision ?? "";
  await sett
    .as("al")
    .ask(SavePipelineDocument, { input: { project, revision, gateway, pipeline: pipeline("Als") } });
  const { errors } = await sett
    .as("demo")
    .ask(SavePipelineDocument, { input: { project, revision, gateway, pipeline: pipeline("Demos") } });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    entities: [{ entity: `gateways/${gateway}` }],
  });
});

test.each([
  ["a gateway that is not there", { gateway: "nothing", id: seeded.pipeline }],
  ["a pipeline that is not there", { gateway, id: "nothing" }],
])("%s is absent, and nothing is written", async (_what, which) => {
  const sett = await startSett();
  const { codes } = await sett.as("al").ask(DeletePipelineDocument, { input: { project, ...which } });
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

const wrong: [string, { name: string; steps: { condition: unknown; action?: unknown }[] }, string][] = [
  ["a policy that nobody knows", { name: "no-such", steps: [{ condition: always }] }, "name"],
  ["a policy that nobody knows, without steps", { name: "no-such", steps: [] }, "name"],
  [
    "an action of a wrong type",
    { name: "rate-limit", steps: [{ condition: always, action: { max: "many" } }] },
    "steps.0.action.max",
  ],
  [
    "an action of a wrong type in a later step",
    {
      name: "rate-limit",
      steps: [{ condition: always }, { condition: always, action: { windowMs: 1.5 } }],
    },
    "steps.1.action.windowMs",
  ],
  [
    "an action without what it needs",
    { name: "log", steps: [{ condition: always }] },
    "steps.0.action.message",
  ],
  [
    "a value that is none of those allowed",
    { name: "proxy", steps: [{ condition: always, action: { strategy: "random" } }] },
    "steps.0.action.strategy",
  ],
  [
    "a condition that nobody knows",
    { name: "key-auth", steps: [{ condition: { name: "pathmatch" } }] },
    "steps.0.condition.name",
  ],
  ["a condition without a name", { name: "key-auth", steps: [{ condition: {} }] }, "steps.0.condition.name"],
  ["a condition that is none", { name: "key-auth", steps: [{ condition: 5 }] }, "steps.0.condition"],
  [
    "a condition without what it needs",
    { name: "key-auth", steps: [{ condition: { name: "pathExact" } }] },
    "steps.0.condition.path",
  ],
  [
    "a pattern that is none",
    { name: "key-auth", steps: [{ condition: { name: "pathMatch", pattern: "(" } }] },
    "steps.0.condition.pattern",
  ],
  [
    "a wrong condition within another",
    {
      name: "key-auth",
      steps: [
        { condition: { name: "allOf", conditions: [always, { name: "not", condition: { name: "no" } }] } },
      ],
    },
    "steps.0.condition.conditions.1.condition.name",
  ],
  [
    "a service endpoint that is not there",
    { name: "proxy", steps: [{ condition: always, action: { serviceEndpoint: "nothing" } }] },
    "steps.0.action.serviceEndpoint",
  ],
  [
    "a number that the gateway reads as the name of a service endpoint that is not there",
    { name: "proxy", steps: [{ condition: always, action: { serviceEndpoint: 5 } }] },
    "steps.0.action.serviceEndpoint",
  ],
];

test.each(wrong)(
  "%s is refused at its place, by gateway and by pipeline, and nothing is written",
  async (_what, policy, place) => {
    const sett = await startSett();
    const policies = [...logs, policy];
    const gatewaySave = await savePolicies(sett, policies);
    expect(gatewaySave.codes).toEqual(["BAD_USER_INPUT"]);
    expect(gatewaySave.errors[0]?.extensions["problems"]).toMatchObject([
      { field: `input.gateway.pipelines.0.policies.1.${place}` },
    ]);
    const pipeline = { name: "P", policies };
    const saved = await sett.as("al").ask(SavePipelineDocument, { input: { project, gateway, pipeline } });
    expect(saved.errors[0]?.extensions["problems"]).toMatchObject([
      { field: `input.pipeline.policies.1.${place}` },
    ]);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);

test.each(wrong)(
  "%s that came to be saved in another way is refused when it is applied",
  async (_what, policy, place) => {
    const sett = await startSett();
    const { state } = sett.sandbox.workspaces.pod("demo", "dev");
    const [first] = state.project()["gateways"] as object[];
    sett.sandbox.gateways.of("gateway", "demo", "dev");
    const policies = [{ [policy.name]: policy.steps }];
    state.changeProject({ gateways: [{ ...first, pipelines: [{ id: "p", name: "P", policies }] }] });
    for (const dryRun of [true, false]) {
      const { errors } = await apply(sett, "al", { dryRun });
      expect(errors[0]?.extensions["problems"]).toMatchObject([
        { field: `gateways.0.pipelines.0.policies.0.${place}` },
      ]);
    }
    expect(upstreamWrites(sett)).toEqual([]);
  },
);

test("values that the gateway itself reads as what they should be are taken", async () => {
  const sett = await startSett();
  const steps = [{ condition: always, action: { max: "10", windowMs: "1000" } }];
  expect((await savePolicies(sett, [{ name: "rate-limit", steps }])).codes).toEqual([]);
  expect((await apply(sett, "al")).codes).toEqual([]);
});

test("a proxy may lead to a model, which the running gateway is then told of", async () => {
  const sett = await startSett();
  sett.sandbox.gateways.of("gateway", "demo", "dev");
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModel({ name: "Engine", base: "PersistedModel", plural: "Engines", lunchbadgerId: "engine-1" });
  const steps = [{ condition: always, action: { serviceEndpoint: "engine-1" } }];
  expect((await savePolicies(sett, [{ name: "proxy", steps }])).codes).toEqual([]);
  expect((await apply(sett, "al")).codes).toEqual([]);
  const { serviceEndpoints } = sett.sandbox.gateways.of("gateway", "demo", "dev").served();
  expect(serviceEndpoints["engine-1"]).toEqual({
    friendlyName: "Engine",
    url: "http://workspace-demo-dev.customer:3000/api/Engines",
  });
});

test.each(["stop", "hang", "nonsense", "circles"] as const)(
  "while the gateway cannot tell its schemas (%s), pipelines are saved as they are and said not to be validated",
  async (trouble) => {
    const sett = await startSett({ env: { UPSTREAM_TIMEOUT: "800ms" } });
    const { server } = sett.sandbox.gateways;
    const $id = "http://express-gateway.io/schemas/policies/log.json";
    const circles = JSON.stringify([{ type: "policy", schema: { $id, allOf: [{ $ref: $id }] } }]);
    if (trouble === "stop") await server.stop();
    else if (trouble === "hang") server.faults.set({ mode: "hang" });
    else server.faults.set({ mode: "answer", status: 200, body: trouble === "circles" ? circles : "{}" });
    const policies = [{ name: "no-such", steps: [{ condition: { name: "no-such" }, action: {} }] }];
    const pipeline = { id: seeded.pipeline, policies };
    const { data, codes } = await sett
      .as("al")
      .ask(SavePipelineDocument, { input: { project, gateway, pipeline } });
    expect(codes).toEqual([]);
    expect(data?.savePipeline?.validated).toBe(false);
    expect(stored(sett)[0]?.policies).toMatchObject([{ "no-such": [{ condition: { name: "no-such" } }] }]);
    expect((await savePolicies(sett, policies)).codes).toEqual([]);
  },
);

test("a gateway that does not run yet is saved, and said not to be validated", async () => {
  const sett = await startSett();
  const input = { project, gateway: { name: "New", pipelines: [{ name: "P", policies: logs }] } };
  const { data } = await sett.as("al").ask(SaveCheckedGatewayDocument, { input });
  expect(data?.saveGateway?.validated).toBe(false);
});

test("a proxy may lead to a function, by its id on the canvas", async () => {
  const sett = await startSett();
  const proxyTo = (serviceEndpoint: string) => [
    { name: "proxy", steps: [{ condition: always, action: { serviceEndpoint } }] },
  ];
  expect((await savePolicies(sett, proxyTo("00000000-0000-4000-8000-000000000001"))).codes).toEqual([]);
  expect((await savePolicies(sett, proxyTo("00000000-0000-4000-8000-000000000009"))).codes).toEqual([
    "BAD_USER_INPUT",
  ]);
});

test("what nobody can look up, because the functions cannot be read, is saved", async () => {
  const sett = await startSett();
  await sett.sandbox.functions.server.stop();
  const steps = [{ condition: always, action: { serviceEndpoint: "perhaps-a-function" } }];
  expect((await savePolicies(sett, [{ name: "proxy", steps }])).codes).toEqual([]);
});

test("the gateway's schemas are asked for once in a while, not for each save", async () => {
  const sett = await startSett();
  await savePolicies(sett, logs);
  await savePolicies(sett, logs);
  const asked = sett.upstreamCalls().filter((call) => call.startsWith("gateway-admin"));
  expect(asked).toEqual(["gateway-admin GET /gateway-demo-dev/schemas"]);
});

test("a save without policies asks no gateway", async () => {
  const sett = await startSett();
  await sett
    .as("al")
    .ask(SaveGatewayDocument, { input: { project, gateway: { id: gateway, name: "Renamed" } } });
  expect(sett.upstreamCalls().filter((call) => call.startsWith("gateway-admin"))).toEqual([]);
});

test("a proxy may lead to what is connected to its pipeline", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModel({ name: "Engine", base: "PersistedModel", lunchbadgerId: "engine-1" });
  const ends = { fromId: "engine-1", toId: seeded.pipeline };
  await sett.as("al").ask(ConnectDocument, { input: { project, ...ends } });
  const steps = [{ condition: always, action: { serviceEndpoint: "engine-1" } }];
  expect((await savePolicies(sett, [{ name: "proxy", steps }])).codes).toEqual([]);
});
