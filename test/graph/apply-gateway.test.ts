import { expect, test } from "vitest";
import {
  ConnectDocument,
  DeletePipelineDocument,
  ReadDifferenceDocument,
  SaveApiEndpointDocument,
  SavePipelineDocument,
  SaveServiceEndpointDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { always, apply, project, running, slow, storedOf } from "./gateways.asking.ts";
import { seeded } from "./seeded.data.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const gatewayWrites = (sett: Sett) =>
  upstreamWrites(sett)
    .filter((call) => call.startsWith("gateway-admin"))
    .map((call) => call.replace("gateway-admin ", "").replace("/gateway-demo-dev", ""));

/** A new pipeline with both its endpoints, and the old weather pipeline gone. */
async function change(sett: Sett) {
  running(sett);
  const al = sett.as("al");
  const answers = [
    await al.ask(SaveServiceEndpointDocument, {
      input: {
        project,
        serviceEndpoint: { id: "engines", name: "Engines", urls: ["http://engines.example"] },
      },
    }),
    await al.ask(SaveApiEndpointDocument, {
      input: {
        project,
        apiEndpoint: { id: "engine-api", name: "Engine API", host: "*", paths: ["/engines"] },
      },
    }),
    await al.ask(SavePipelineDocument, {
      input: {
        project,
        gateway: seeded.gateway,
        pipeline: {
          id: "engine-line",
          name: "Engines",
          policies: [
            { name: "rate-limit", steps: [{ condition: always, action: { max: 3 } }] },
            { name: "proxy", steps: [{ condition: always, action: { serviceEndpoint: "engines" } }] },
          ],
        },
      },
    }),
    await al.ask(ConnectDocument, { input: { project, fromId: "engine-line", toId: "engine-api" } }),
    await al.ask(DeletePipelineDocument, {
      input: { project, gateway: seeded.gateway, id: "bbbbbbbb-0000-4000-8000-000000000002" },
    }),
  ];
  expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
  sett.upstreamCalls();
}

const titles = [
  "Make the service endpoint Engines",
  "Make the API endpoint Engine API",
  "Make the pipeline Engines",
  "Take away the pipeline Weather",
  "Take away the service endpoint Weather",
];

test("a gateway is made to run as it is saved: endpoints before pipelines, deletions last, and served when it is answered", async () => {
  const sett = await startSett({ gatewayTiming: slow });
  await change(sett);
  const { data, codes } = await apply(sett, "al");
  expect(codes).toEqual([]);
  expect(data?.applyGateway?.steps).toEqual(titles.map((title) => ({ title, outcome: "DONE" })));
  expect(gatewayWrites(sett)).toEqual([
    "PUT /service-endpoints/engines",
    "PUT /api-endpoints/engine-api",
    "PUT /pipelines/engine-line",
    "DELETE /pipelines/bbbbbbbb-0000-4000-8000-000000000002",
    "DELETE /service-endpoints/eeeeeeee-0000-4000-8000-000000000002",
  ]);
  const { pipelines, apiEndpoints } = running(sett).served();
  expect(pipelines["engine-line"]).toEqual({
    friendlyName: "Engines",
    apiEndpoints: ["engine-api"],
    policies: [
      { "rate-limit": [{ condition: always, action: { max: 3 } }] },
      { proxy: [{ condition: always, action: { serviceEndpoint: "engines" } }] },
    ],
  });
  expect(apiEndpoints["engine-api"]).toMatchObject({ host: "gateway-demo-dev.lunchbadger.local" });
  expect(pipelines).not.toHaveProperty("bbbbbbbb-0000-4000-8000-000000000002");
  const after = await sett.as("zu").ask(ReadDifferenceDocument, { producer: "demo" });
  expect(after.data?.project?.gateways?.[0]?.live?.difference).toEqual([]);
});

test("a dry run tells what would be done and does nothing", async () => {
  const sett = await startSett();
  await change(sett);
  const before = storedOf(sett);
  const { data, codes } = await apply(sett, "al", { dryRun: true });
  expect(codes).toEqual([]);
  expect(data?.applyGateway?.difference.map(({ action, title }) => `${action} ${title}`)).toEqual([
    "CREATE Engines",
    "CREATE Engine API",
    "CREATE Engines",
    "DELETE Weather",
    "DELETE Weather",
  ]);
  expect(data?.applyGateway?.steps).toEqual([]);
  expect(gatewayWrites(sett)).toEqual([]);
  expect(storedOf(sett)).toEqual(before);
});

test("a gateway that runs as it is saved is written nothing to", async () => {
  const sett = await startSett();
  const { data, codes } = await apply(sett, "al");
  expect(codes).toEqual([]);
  expect(data?.applyGateway).toMatchObject({ difference: [], steps: [] });
  expect(gatewayWrites(sett)).toEqual([]);
});

test("to find that nothing differs costs one call for each thing that is looked at", async () => {
  const sett = await startSett();
  await apply(sett, "al");
  expect([...sett.upstreamCalls()].sort()).toEqual([
    "gateway-admin GET /gateway-demo-dev/api-endpoints",
    "gateway-admin GET /gateway-demo-dev/pipelines",
    "gateway-admin GET /gateway-demo-dev/schemas",
    "gateway-admin GET /gateway-demo-dev/service-endpoints",
    "gitea GET /api/v1/repos/customer-demo/dev",
    "gitea GET /api/v1/repos/customer-demo/functions",
    // Which gateway takes its turn, and what is saved once it has it.
    "project-api GET /demo-dev/api/Projects/demo-dev",
    "project-api GET /demo-dev/api/Projects/demo-dev",
  ]);
});

test("what the platform keeps there is never touched: its own entries, models and functions", async () => {
  const sett = await startSett();
  await change(sett);
  const before = running(sett).stored();
  await apply(sett, "al");
  const after = running(sett).stored();
  for (const part of ["pipelines", "apiEndpoints", "serviceEndpoints"] as const) {
    expect(after[part]["admin"]).toEqual(before[part]["admin"]);
  }
  const models = Object.entries(before.serviceEndpoints).filter(([, entry]) => "url" in (entry as object));
  expect(models.length).toBeGreaterThan(1);
  for (const [name, entry] of models) expect(after.serviceEndpoints[name]).toEqual(entry);
});

const places = [
  ["the service endpoint", { method: "PUT", path: /service-endpoints\/engines$/ }],
  ["the API endpoint", { method: "PUT", path: /api-endpoints\/engine-api$/ }],
  ["the pipeline", { method: "PUT", path: /pipelines\/engine-line$/ }],
  ["the old pipeline's deletion", { method: "DELETE", path: /pipelines\/bbbb/ }],
  ["the old endpoint's deletion", { method: "DELETE", path: /service-endpoints\/eeee/ }],
] as const;

test.each(places)(
  "half way, when %s is refused, all that was done is undone and told of",
  async (_what, match) => {
    const sett = await startSett({ env: { GATEWAY_SETTLE_TIMEOUT: "300ms" } });
    await change(sett);
    const before = storedOf(sett);
    const fault = {
      mode: "answer" as const,
      status: 422,
      body: "data.x should be <b>y</b> in /srv/app/x.js",
    };
    sett.sandbox.gateways.server.faults.set(fault, match);
    const { errors, text } = await apply(sett, "al");
    expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED", upstream: "gateway-admin" });
    expect(text).not.toContain("/srv/");
    const steps = errors[0]?.extensions["steps"] as { outcome: string }[];
    expect(steps).toHaveLength(titles.length);
    expect(new Set(steps.map(({ outcome }) => outcome))).not.toContain("DONE");
    sett.sandbox.gateways.server.faults.clear();
    // A deletion that is refused cannot be told from one that was done, and is put back as well.
    expect(storedOf(sett)).toEqual(before);
  },
);

test.each(places)("when %s is cut off once, it is looked for and done all the same", async (_what, match) => {
  const sett = await startSett({ env: { GATEWAY_SETTLE_TIMEOUT: "1s" } });
  await change(sett);
  sett.sandbox.gateways.server.faults.set({ mode: "drop" }, { ...match, times: 1 });
  const { codes, data } = await apply(sett, "al");
  expect(codes).toEqual([]);
  expect(data?.applyGateway?.steps).toEqual(titles.map((title) => ({ title, outcome: "DONE" })));
});

test.each(places)("when the answer to %s is lost, it is not done twice", async (_what, match) => {
  const sett = await startSett();
  await change(sett);
  sett.sandbox.gateways.server.faults.set({ mode: "lose" }, { ...match, times: 1 });
  expect((await apply(sett, "al")).codes).toEqual([]);
  expect(gatewayWrites(sett)).toHaveLength(titles.length);
});

test("a yes to what was not done is not believed", async () => {
  const sett = await startSett({ env: { GATEWAY_SETTLE_TIMEOUT: "200ms" } });
  await change(sett);
  sett.sandbox.gateways.server.faults.set(
    { mode: "answer", status: 201, body: "" },
    { method: "PUT", path: /engine-line$/ },
  );
  const { errors } = await apply(sett, "al");
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_REJECTED" });
  expect(errors[0]?.message).toContain("Make the pipeline Engines");
});

test("while the gateway is down nothing is applied, and afterwards all is", async () => {
  const sett = await startSett();
  await change(sett);
  await sett.sandbox.gateways.server.stop();
  const { errors } = await apply(sett, "al");
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "gateway-admin" });
  await sett.sandbox.gateways.server.resume();
  expect((await apply(sett, "al")).data?.applyGateway?.steps).toHaveLength(titles.length);
});

test("a gateway that is not in the project, and one of another project, are not there to be applied", async () => {
  const sett = await startSett();
  const text = `mutation ($project: ProjectRef!, $gateway: EntityId!) {
    applyGateway(input: { project: $project, gateway: $gateway }) { steps { title } }
  }`;
  for (const gateway of ["nothing", "admin", "gateway", "../admin"]) {
    expect((await sett.as("al").askText(text, { project, gateway })).codes).toEqual(["NOT_FOUND"]);
  }
  expect(gatewayWrites(sett)).toEqual([]);
});

test("a pipeline of the platform's own name is refused, and nothing is written", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const [gateway] = state.project()["gateways"] as object[];
  running(sett);
  state.changeProject({
    gateways: [{ ...gateway, pipelines: [{ id: "admin", name: "Mine", policies: [] }] }],
  });
  const { errors } = await apply(sett, "al");
  expect(errors[0]?.extensions["problems"]).toMatchObject([{ field: "gateways.0.pipelines.0.id" }]);
  expect(gatewayWrites(sett)).toEqual([]);
});
