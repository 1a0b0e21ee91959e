import { expect, test } from "vitest";
import { readEnvironments } from "../../src/actualizer/projecting/environment.readings.ts";
import { isUndecided, project } from "../../src/actualizer/projection/projection.ts";
import type { EnvironmentFacts } from "../../src/actualizer/sources/platform.source.ts";
import { createLog } from "../../src/log.ts";
import { LogLines } from "../support/log-lines.ts";
import { fileOf, gatewaysOf, onCluster, settingsWith, sourceOf, wantedOf } from "./actualizer.source.ts";
import { only, read } from "./gateway.reading.ts";

const many = <Each>(count: number, make: (index: number) => Each): Each[] =>
  Array.from({ length: count }, (_each, index) => make(index));

const gateways = (count: number, more: object = {}) =>
  many(count, (index) => ({ id: `g${index}`, name: `g${index}`, ...more }));

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const tooMany = "lunchbadger.json has more than 5000 gateways, pipelines, connections and endpoints.";

test.each([
  ["more text than anybody draws", fileOf({ note: "x".repeat(1_000_000) })],
  ["more bytes than that, though not more characters", fileOf({ note: "€".repeat(400_000) })],
])("a file of %s is unreadable and takes nothing away", (_what, document) => {
  expect(project(sourceOf({ document }))).toEqual({
    outcome: "unreadable",
    problem: "lunchbadger.json has more than 1000000 bytes.",
  });
});

test.each<[string, object]>([
  ["connections", { connections: many(5_001, () => ({})) }],
  ["pipelines", { gateways: gateways(50, { pipelines: many(100, (index) => ({ id: `p${index}` })) }) }],
  ["endpoints", { apiEndpoints: many(3_000, () => ({})), serviceEndpoints: many(3_000, () => ({})) }],
  ["endpoints of APIs", { apis: many(10, () => ({ apiEndpoints: many(500, () => ({})) })) }],
])("a file of more %s than anybody draws is unreadable and takes nothing away", (_what, document) => {
  expect(project(sourceOf({ document: fileOf(document) }))).toEqual({
    outcome: "unreadable",
    problem: tooMany,
  });
});

test("a file with as much as it may have is projected", () => {
  const document = {
    gateways: gateways(1, { pipelines: many(2_000, (index) => ({ id: `p${index}` })) }),
    apiEndpoints: [{ id: "api", host: "*" }],
    connections: many(2_998, (index) => ({ fromId: `p${index % 2_000}`, toId: "api" })),
  };
  const { pipelines } = read(only(gatewaysOf(document)));
  expect(Object.keys(pipelines)).toHaveLength(2_001);
});

test("of more models than a project has, each gateway has those that its pipelines lead to", () => {
  const models = many(3_300, (index) => ({ name: `model${index}` }));
  const leadsTo = (serviceEndpoint: string) => [
    { id: "p", policies: [{ proxy: [{ action: { serviceEndpoint } }] }] },
  ];
  const [first, ...others] = gateways(50, { pipelines: leadsTo("model7") });
  const resources = gatewaysOf(
    { gateways: [{ ...first, pipelines: leadsTo("hello-id") }, ...others] },
    { models },
  );
  const ledTo = resources.map((each) => Object.keys(read(each).serviceEndpoints).sort());
  expect(ledTo).toEqual([["admin", "hello-id"], ...others.map(() => ["admin", "model7"])]);
  expect(bytesOf(resources)).toBeLessThan(100_000);
});

test("the gateways of an environment have together what a project may have, and those after them stay as they are", () => {
  const large = { pipelines: [{ id: "p", name: "x".repeat(390_000) }] };
  // The same endpoint counts for each gateway that it is connected to.
  const document = {
    gateways: [...gateways(50, { pipelines: [{ id: "p" }] }), { id: "last", name: "last", ...large }],
    apiEndpoints: [{ id: "api", paths: many(100, (index) => `/${index}/${"x".repeat(1_000)}`) }],
    connections: [{ fromId: "p", toId: "api" }],
  };
  const { resources, undecided } = wantedOf({ document: fileOf(document) });
  const made = resources.filter(({ kind }) => kind === "Gateway");
  expect(made.length).toBeGreaterThan(10);
  expect(made.length + undecided.length).toBe(50);
  expect(bytesOf(made)).toBeLessThan(2_000_000);
  expect([...new Set(undecided.map(({ because }) => because))]).toEqual([
    "the configurations of all gateways together are larger than those of a project may be",
  ]);
  expect(undecided.map(({ name }) => name)).toContain("demo-dev-g49");
});

test("an environment has as many functions as it may have; others are told of, and what runs of them stays", () => {
  const functions = many(310, (index) => ({ name: `f${String(index).padStart(3, "0")}` }));
  const { resources, undecided, problems } = wantedOf({ functions });
  expect(resources.filter(({ kind }) => kind === "Function")).toHaveLength(300);
  expect(problems).toEqual(["There are 310 functions; the first 300 can be deployed."]);
  const known = (name: string) => onCluster("Function", { functions: [{ name }] });
  expect(["f299", "f300", "f309", "gone"].map((name) => isUndecided(undecided, known(name)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const document = fileOf({ disabled: true });
  expect(wantedOf({ functions, document }).undecided).toEqual([]);
});

test("of many problems the first are told, shortened, and how many there are besides", () => {
  const pipelines = many(4_900, (index) => ({ id: `-${index}${"x".repeat(90)}` }));
  const [first = {}] = gateways(1, { pipelines });
  const long = {
    id: "long",
    name: "x".repeat(10_000),
    policies: [{ proxy: [{ action: { serviceEndpoint: "s" } }] }],
  };
  const { problems } = wantedOf({
    document: fileOf({ gateways: [{ ...first, pipelines: [...pipelines, long] }] }),
    functions: many(100, (index) => ({ name: `-${index}` })),
  });
  expect(problems).toContain("There are 4881 more problems with gateways.");
  expect(problems.filter((each) => /^There are \d+ more problems with functions/.test(each))).not.toEqual([]);
  expect(problems.length).toBeLessThan(70);
  expect(Math.max(...problems.map((each) => each.length))).toBeLessThanOrEqual(300);
});

test("an environment that is left out takes nothing away, whatever else is known of it", () => {
  expect(project(sourceOf({ leftOut: "There are others." }))).toEqual({
    outcome: "unreadable",
    problem: "There are others.",
  });
});

test("an environment that nothing can be made of takes none of the producer's others along, and is logged", () => {
  const { producer, settings: _settings, ...facts } = sourceOf();
  const poisoned: EnvironmentFacts = {
    ...facts,
    env: "test",
    get document(): string {
      throw new RangeError("Maximum call stack size exceeded");
    },
  };
  const lines = new LogLines();
  const readings = readEnvironments(
    { producer, environments: [poisoned, facts] },
    { owner: undefined, resources: [], settings: settingsWith(), log: createLog("info", lines) },
  );
  expect(readings.map(({ env, outcome }) => [env, outcome])).toEqual([
    ["test", "unreadable"],
    ["dev", "wanted"],
  ]);
  expect(readings[0]).toMatchObject({ resources: [], said: { status: "False", reason: "Unreadable" } });
  expect(lines.entries).toMatchObject([{ level: 50, producer: "demo", env: "test" }]);
});
