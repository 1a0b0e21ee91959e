import { expect, test } from "vitest";
import { differences } from "../../src/services/gateways/gateway.difference.ts";
import type { RunningConfig } from "../../src/services/gateways/running.config.ts";
import { savedConfig } from "../../src/services/gateways/saved.config.ts";
import { listOf } from "../../src/services/workspace/document/document.reader.ts";
import type { JsonObject } from "../../src/services/workspace/json.ts";
import { fileOf, wantedOf } from "../actualizer/actualizer.source.ts";

const modelBase = "http://workspace-demo-dev.customer:3000/api";

const nothing: RunningConfig = {
  pipeline: new Map(),
  apiEndpoint: new Map(),
  serviceEndpoint: new Map(),
  ownHost: "gate-demo-dev.lunchbadger.io",
};

const configOf = (document: JsonObject, running = nothing, models: readonly string[] = []) =>
  savedConfig({
    gateway: { item: listOf(document, "gateways")[0] ?? {}, index: 0 },
    document,
    models: models.map((name) => ({ id: name, name, url: `${modelBase}/${name}` })),
    running: { ...running, ledTo: new Set() },
  });

const gatewayWith = (pipelines: JsonObject[]) => [{ id: "g", name: "Gate", pipelines }];

test("a document's connections are looked through once, however many pipelines a gateway has", () => {
  let looks = 0;
  const pipelines = Array.from({ length: 300 }, (_each, index) => ({ id: `p${index}` }));
  const connections = pipelines.flatMap(({ id }) => [
    { fromId: id, toId: "a" },
    { fromId: id, toId: "b" },
    { fromId: id, toId: "a" },
    { fromId: id, toId: "nothing" },
  ]);
  const document = {
    gateways: gatewayWith(pipelines),
    apiEndpoints: [{ id: "a" }, { id: "b" }],
    get connections() {
      looks += 1;
      return connections;
    },
  };

  const { config } = configOf(document);

  expect(config.pipeline.size).toBe(300);
  for (const pipeline of config.pipeline.values()) expect(pipeline["apiEndpoints"]).toEqual(["a", "b"]);
  expect([...config.apiEndpoint.keys()]).toEqual(["a", "b"]);
  expect(looks).toBe(1);
});

test("what pipelines of one id are connected to is checked once", () => {
  const document = {
    gateways: gatewayWith([{ id: "p" }, { id: "p", name: "last" }]),
    apiEndpoints: [{ id: "../a" }],
    connections: [{ fromId: "p", toId: "../a" }],
  };
  const { config, problems } = configOf(document);
  expect(problems).toEqual([
    { field: "connections", message: "a gateway cannot have anything of this name" },
  ]);
  expect(config.pipeline.get("p")).toMatchObject({ friendlyName: "last" });
});

test.each([
  ["has all models", 3],
  ["has only those models that it leads to", 500],
])("a gateway that runs as the controller made it, which %s, is told no difference", (_what, count) => {
  const names = Array.from({ length: count }, (_each, index) => `model${index}`);
  const leadsTo = (serviceEndpoint: string) => [{ proxy: [{ action: { serviceEndpoint } }] }];
  const document = {
    gateways: gatewayWith([
      { id: "one", name: "One", policies: leadsTo("model2") },
      { id: "two", name: "Two", policies: leadsTo("hello-id") },
      { id: "three", name: "Three", policies: leadsTo("service") },
    ]),
    serviceEndpoints: [{ id: "service", name: "Service", urls: ["http://service.example"] }],
    apiEndpoints: [{ id: "api", name: "API", host: "*", paths: ["/api"] }],
    connections: [{ fromId: "one", toId: "api" }],
  };
  const made = wantedOf({ document: fileOf(document), models: names.map((name) => ({ name })) });
  const gateway = made.resources.find(({ kind }) => kind === "Gateway");
  if (gateway?.kind !== "Gateway") throw new Error("there is no gateway");
  const entriesOf = (part: string) => {
    const { admin: _administration, ...entries } = gateway.spec.configuration[part] as JsonObject;
    return new Map(Object.entries(entries)) as ReadonlyMap<string, JsonObject>;
  };
  const running = {
    ...nothing,
    pipeline: entriesOf("pipelines"),
    apiEndpoint: entriesOf("apiEndpoints"),
    serviceEndpoint: entriesOf("serviceEndpoints"),
  };

  const { config, problems } = configOf(document, running, names);

  expect(running.serviceEndpoint.has("model1")).toBe(count === 3);
  expect({ problems, differences: differences(config, running) }).toEqual({ problems: [], differences: [] });
});
