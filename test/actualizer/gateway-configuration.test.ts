import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { filesHash, gatewayFiles } from "../../src/actualizer/gateway/gateway.files.ts";
import type { GatewayResource } from "../../src/actualizer/resources/gateway.resource.ts";
import { checkConfig } from "../../src/sandbox/express-gateway/config.check.ts";
import { deployedConfig } from "../../src/sandbox/express-gateway/deployed.config.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";
import { fileOf, gatewaysOf, settingsWith, wantedOf } from "./actualizer.source.ts";

interface Configuration {
  readonly policies: readonly string[];
  readonly apiEndpoints: Readonly<Record<string, { readonly host: string }>>;
  readonly serviceEndpoints: Readonly<Record<string, Record<string, unknown>>>;
  readonly pipelines: Readonly<Record<string, { readonly policies: readonly Record<string, unknown>[] }>>;
}

const read = ({ spec }: GatewayResource) =>
  parse(gatewayFiles(spec, false)["gateway.config.yml"] ?? "") as Configuration;

function only(resources: readonly GatewayResource[]): GatewayResource {
  const [gateway] = resources;
  if (!gateway) throw new Error("there is no gateway");
  return gateway;
}

/** A gateway with one pipeline of those policies. */
const withPolicies = (policies: readonly unknown[], more: object = {}) => ({
  gateways: [{ id: "g", name: "Gate", pipelines: [{ id: "p", name: "P", policies }], ...more }],
});

const proxyTo = (serviceEndpoint: string) => ({ proxy: [{ action: { serviceEndpoint } }] });

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

const openApi = (definitions: object, paths: object = {}) => ({
  paths: { "/Cars/{id}/drivers/{fk}": {}, "/Cars": {}, "/Cars/{id}/drivers/{nk}": {}, ...paths },
  definitions,
});

const autoOf = (document: ReturnType<typeof openApi>) => {
  const settings = settingsWith({ AUTOGATEWAY_ENABLE: "true" });
  const gateways = gatewaysOf({}, { settings, openApi: JSON.parse(JSON.stringify(document)) as never });
  return read(only(gateways));
};

test("the gateway of the whole API serves every path to whoever has a key", () => {
  const configuration = autoOf(openApi({ Car: { properties: { byte: { type: "string" } } } }));
  expect(() => checkConfig(JSON.stringify(configuration))).not.toThrow();
  expect(configuration.apiEndpoints["api"]).toEqual({
    host: "autogenerated-demo-dev.lunchbadger.io",
    paths: ["/Cars", "/Cars/*/drivers/*"],
    scopes: ["api:readonly"],
  });
  expect(configuration.pipelines["api"]?.policies).toEqual([
    {
      "key-auth": [
        { action: { apiKeyHeader: "Authorization", apiKeyHeaderScheme: "", disableHeadersScheme: true } },
      ],
    },
    { proxy: [{ action: { changeOrigin: true, serviceEndpoint: "api" } }] },
  ]);
  expect(configuration.serviceEndpoints["api"]).toMatchObject({
    url: "http://workspace-demo-dev.customer:3000/api",
  });
});

test.each(["byte", "binary"])("where anything is %s, ten calls in two minutes are let through", (kind) => {
  const heavy = autoOf(openApi({ Car: { properties: { photo: { type: "string", format: kind } } } }));
  expect(heavy.pipelines["api"]?.policies[1]).toEqual({
    "rate-limit": [{ action: { max: 10, windowMs: 120_000 } }],
  });
});

test("what is written in a project cannot name variables of the gateway's pod, and arrives as it was written", () => {
  const message = "${REDIS_PASSWORD} \\${HOME} $${EG_NAMESPACE:-x} ${req.ip} \\\\${X}";
  const document = withPolicies([{ log: [{ action: { message } }] }], {
    system: { session: { secret: message } },
  });
  const { spec } = only(gatewaysOf(document));
  const files = gatewayFiles(spec, true);
  expect(files["gateway.config.yml"]).not.toContain("${");
  expect(JSON.stringify(parse(files["gateway.config.yml"] ?? ""))).toContain(
    JSON.stringify(message).slice(1, -1),
  );
  const system = parse(files["system.config.yml"] ?? "") as Record<string, Record<string, unknown>>;
  expect(system["session"]).toEqual({ secret: message });
  // Those that the platform puts there itself are the only ones.
  expect([...(files["system.config.yml"] ?? "").matchAll(/\$\{(\w+)/g)].map(([, name]) => name)).toEqual([
    "REDIS_HOST",
    "REDIS_PORT",
    "REDIS_PASSWORD",
    "EG_NAMESPACE",
  ]);
});

test("a project cannot choose where its gateway keeps callers, which others keep there, too", () => {
  const document = withPolicies([], {
    system: { db: { redis: { namespace: "EG-other-dev-" } }, crypto: { saltRounds: 4 } },
  });
  const { spec } = only(gatewaysOf(document));
  for (const files of [spec, { ...spec, system: { db: { redis: { namespace: "EG-other-dev-" } } } }].map(
    (each) => gatewayFiles(each, false),
  )) {
    expect(files["system.config.yml"]).not.toContain("other");
  }
  expect(spec.system).toEqual({ crypto: { saltRounds: 4 } });
});

test("files say what the configuration says, whatever that is: no text becomes a number, a date or an alias", () => {
  const hard = fc.constantFrom(
    "12:30:45",
    "2026-01-01",
    "0o17",
    "017",
    "yes",
    "null",
    "~",
    "<<",
    "*a",
    "&a",
    "1e3",
    " x",
    "x: y",
    "#",
    "\u2028",
    "\u0085",
    "${A}",
  );
  const text = fc.oneof(hard, fc.string(), fc.string({ unit: "grapheme" }));
  const value = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.array(tie("json")),
      fc.dictionary(text, tie("json")),
    ),
  })).json;
  fc.assert(
    fc.property(fc.dictionary(text, value), (inner) => {
      fc.pre(!JSON.stringify(inner).includes("__proto__"));
      const { spec } = only(gatewaysOf(withPolicies([])));
      const configuration = { ...spec.configuration, inner };
      const text = gatewayFiles({ ...spec, configuration }, false)["gateway.config.yml"] ?? "";
      expect(parse(text, { version: "1.1", merge: true })).toEqual(JSON.parse(JSON.stringify(configuration)));
    }),
    { numRuns: 300 },
  );
});

test("the hash is another if and only if the content is", () => {
  const value = fc.dictionary(
    fc.constantFrom("a", "b", "c"),
    fc.constantFrom<unknown>(0, "0", 1, [1, 2], [2, 1], { x: 1 }, null),
  );
  const { spec } = only(gatewaysOf(withPolicies([])));
  const hash = (inner: object) =>
    filesHash(gatewayFiles({ ...spec, configuration: { ...spec.configuration, inner } }, false));
  const shuffled = (inner: object) => Object.fromEntries(Object.entries(inner).reverse());
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(hash(shuffled(one))).toBe(hash(one));
      const isSame =
        JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
      expect(hash(one) === hash(other)).toBe(isSame);
    }),
  );
});
