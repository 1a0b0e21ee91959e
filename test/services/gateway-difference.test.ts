import { expect, test } from "vitest";
import { differences } from "../../src/services/gateways/gateway.difference.ts";
import type { GatewayConfig, RunningConfig } from "../../src/services/gateways/running.config.ts";
import type { JsonObject } from "../../src/services/workspace/json.ts";

type Parts = Partial<Record<keyof GatewayConfig, Readonly<Record<string, JsonObject>>>>;

const config = (parts: Parts): GatewayConfig => ({
  pipeline: new Map(Object.entries(parts.pipeline ?? {})),
  apiEndpoint: new Map(Object.entries(parts.apiEndpoint ?? {})),
  serviceEndpoint: new Map(Object.entries(parts.serviceEndpoint ?? {})),
});

const live = (parts: Parts): RunningConfig => ({ ...config(parts), ownHost: "gateway.example" });

const told = (saved: Parts, runs: Parts) =>
  differences(config(saved), live(runs)).map(({ action, kind, name }) => `${action} ${kind} ${name}`);

test("endpoints come before the pipelines that use them, and what goes, pipelines first", () => {
  expect(
    told(
      {
        pipeline: { p: { policies: [] } },
        apiEndpoint: { a: {} },
        serviceEndpoint: { s: { urls: ["http://s"] } },
      },
      {
        pipeline: { q: { policies: [] } },
        apiEndpoint: { b: {} },
        serviceEndpoint: { t: { urls: ["http://t"] } },
      },
    ),
  ).toEqual([
    "CREATE serviceEndpoint s",
    "CREATE apiEndpoint a",
    "CREATE pipeline p",
    "DELETE pipeline q",
    "DELETE apiEndpoint b",
    "DELETE serviceEndpoint t",
  ]);
});

const always = { name: "always" };

test.each<[string, Parts, Parts]>([
  [
    "a pipeline without API endpoints, which reads back with one that is null",
    { pipeline: { p: { policies: [] } } },
    { pipeline: { p: { policies: [], apiEndpoints: [null] } } },
  ],
  [
    "API endpoints of a pipeline in another order",
    { pipeline: { p: { policies: [], apiEndpoints: ["a", "b"] } } },
    { pipeline: { p: { policies: [], apiEndpoints: ["b", "a"] } } },
  ],
  [
    "no condition, and that it is always so",
    { pipeline: { p: { policies: [{ log: [{ action: {} }] }] } } },
    { pipeline: { p: { policies: [{ log: [{ condition: always }] }] } } },
  ],
  [
    "every host, and the gateway's own",
    { apiEndpoint: { a: { host: "*", paths: ["/a"], scopes: [] } } },
    { apiEndpoint: { a: { host: "gateway.example", paths: "/a" } } },
  ],
  ["what the platform puts there for models", {}, { serviceEndpoint: { m: { url: "http://m" } } }],
])("%s: there is no difference", (_what, saved, runs) => {
  expect(told(saved, runs)).toEqual([]);
});

test.each<[string, JsonObject, JsonObject]>([
  [
    "the order of policies",
    { policies: [{ log: [] }, { cors: [] }] },
    { policies: [{ cors: [] }, { log: [] }] },
  ],
  ["a condition", { policies: [{ log: [{ condition: { name: "never" } }] }] }, { policies: [{ log: [{}] }] }],
  ["its name", { friendlyName: "One", policies: [] }, { friendlyName: "Two", policies: [] }],
])("a pipeline is different when %s is", (_what, saved, runs) => {
  expect(told({ pipeline: { p: saved } }, { pipeline: { p: runs } })).toEqual(["UPDATE pipeline p"]);
});
