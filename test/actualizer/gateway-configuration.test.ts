import { expect, test } from "vitest";
import { gatewayFiles } from "../../src/actualizer/gateway/gateway.files.ts";
import type { GatewayResource } from "../../src/actualizer/resources/gateway.resource.ts";
import { checkConfig } from "../../src/sandbox/express-gateway/config.check.ts";
import { deployedConfig } from "../../src/sandbox/express-gateway/deployed.config.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";
import { fileOf, gatewaysOf, settingsWith, wantedOf } from "./actualizer.source.ts";
import { only, proxyTo, read, withPolicies } from "./gateway.reading.ts";

test("a saved gateway is configured as the platform does it, and Express Gateway takes it", () => {
  const models = [
    { id: "car-id", name: "Car", plural: "cars" },
    { name: "Driver", path: "/people" },
  ];
  const document = carDocument();
  const settings = settingsWith({ CUSTOMER_DOMAIN: "lunchbadger.local" });
  const configuration = read(only(gatewaysOf(document, { models, settings })));
  expect(() => checkConfig(JSON.stringify(configuration))).not.toThrow();
  const [saved] = document["gateways"] as Record<string, unknown>[];
  const asDeployed = deployedConfig({
    gateway: saved ?? {},
    document,
    models: [
      { lunchbadgerId: "car-id", name: "Car", plural: "cars" },
      { name: "Driver", http: { path: "/people" } },
    ],
    functions: [],
    producer: "demo",
    env: "dev",
  });
  const { "hello-id": hello, ...serviceEndpoints } = configuration.serviceEndpoints;
  expect(hello).toEqual({ friendlyName: "hello", url: "http://fn-demo-dev-hello.customer:8080" });
  const { policies: _policies, ...parts } = asDeployed;
  expect({
    pipelines: configuration.pipelines,
    apiEndpoints: configuration.apiEndpoints,
    serviceEndpoints,
  }).toEqual(JSON.parse(JSON.stringify(parts)));
});

test("only endpoints that pipelines are connected to are served, those of APIs among them", () => {
  const document = {
    ...withPolicies([]),
    apiEndpoints: [
      { id: "mine", host: "*" },
      { id: "others", host: "other.example" },
    ],
    apis: [{ id: "api", apiEndpoints: [{ id: "in-api", host: "api.example" }] }],
    connections: [
      { fromId: "p", toId: "in-api" },
      { fromId: "p", toId: "mine" },
      { fromId: "elsewhere", toId: "others" },
      { fromId: "p", toId: "nothing" },
    ],
  };
  const { apiEndpoints } = read(only(gatewaysOf(document)));
  // In the order of the document, which is that in which they are tried, behind the administration.
  expect(Object.entries(apiEndpoints).map(([name, { host }]) => `${name} ${host}`)).toEqual([
    "admin admin-gate-demo-dev.lunchbadger.io",
    "mine gate-demo-dev.lunchbadger.io",
    "in-api api.example",
  ]);
});

test("the order of endpoints and pipelines outlives the cluster, which keeps none", () => {
  const ids = ["z", "a", "m"];
  const document = {
    gateways: [{ id: "g", name: "Gate", pipelines: ids.map((id) => ({ id: `p${id}`, name: id })) }],
    apiEndpoints: ids.map((id) => ({ id, host: "*" })),
    connections: ids.map((id) => ({ fromId: `p${id}`, toId: id })),
  };
  const gateway = only(gatewaysOf(document));
  const sorted = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;
  const kept = sorted(gateway.spec) as GatewayResource["spec"];
  expect(Object.keys(kept.configuration["apiEndpoints"] as object)).toEqual(["a", "admin", "m", "z"]);
  expect(gatewayFiles(kept, false)).toEqual(gatewayFiles(gateway.spec, false));
  const { apiEndpoints, pipelines } = read({ ...gateway, spec: kept });
  expect(Object.keys(apiEndpoints)).toEqual(["admin", ...ids]);
  expect(Object.keys(pipelines)).toEqual(["admin", "pz", "pa", "pm"]);
});

test.each([
  ["the platform's own name", "admin"],
  ["a name that climbs", "../../pipelines"],
  ["the name of all things", "__proto__"],
  ["no name", ""],
])("nothing that is saved takes the place of the administration, called by %s", (_what, id) => {
  const document = {
    gateways: [
      {
        id: "g",
        name: "Gate",
        pipelines: [
          { id, policies: [] },
          { id: "p", policies: [proxyTo(id)] },
        ],
      },
    ],
    apiEndpoints: [{ id, host: "taken.example" }],
    serviceEndpoints: [{ id, name: "Taken", urls: ["http://taken.example"] }],
    connections: [{ fromId: "p", toId: id }],
  };
  const gateway = only(gatewaysOf(document, { models: [{ id, name: "Taken" }] }));
  const { apiEndpoints, serviceEndpoints, pipelines } = read(gateway);
  expect(apiEndpoints).toEqual({ admin: { host: "admin-gate-demo-dev.lunchbadger.io" } });
  expect(serviceEndpoints["admin"]).toEqual({ url: "http://localhost:9876" });
  expect(Object.keys(pipelines)).toEqual(["admin", "p"]);
  expect(pipelines["admin"]?.policies).toHaveLength(2);
  expect(JSON.stringify(gateway)).not.toContain("taken.example");
});

test.each([
  [
    "a service endpoint without an address that can be used",
    { serviceEndpoints: [{ id: "s", name: "S", urls: ["nowhere", "file:///etc"] }] },
    "The service endpoint S has no address that can be used.",
  ],
  ["a proxy that leads to nothing", {}, "The pipeline P leads to nothing that is there."],
])("%s is told of", (_what, more, problem) => {
  const document = { ...withPolicies([proxyTo("s")]), ...more };
  expect(wantedOf({ document: fileOf(document) }).problems).toEqual([problem]);
});

test.each([
  ["../../admin", "x"],
  ["a b", "x"],
  ["", "a\nb"],
])("a model at %j stays in its own project: no gateway leads to it", (path, name) => {
  const { problems, resources } = wantedOf({ models: [{ path, name }] });
  expect(problems).toEqual([`No gateway can lead to the model ${name}.`]);
  expect(JSON.stringify(resources)).not.toContain("workspace-demo-dev.customer:3000/api");
});

test("every policy that is used is declared, or the gateway would not start", () => {
  const document = withPolicies([{ id: "1", jwt: [{}] }, { id: "2" }], { policies: ["log"] });
  const { policies, pipelines } = read(only(gatewaysOf(document)));
  expect(policies).toEqual(["log", "jwt", "cors", "proxy"]);
  expect(pipelines["p"]?.policies).toEqual([{ jwt: [{}] }]);
});
