import fc from "fast-check";
import { expect, test } from "vitest";
import { isUndecided, project } from "../../src/actualizer/projection/projection.ts";
import type { ProjectSource } from "../../src/actualizer/projection/project.source.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";
import { fileOf, namesOf, onCluster, settingsWith, sourceOf, wantedOf } from "./actualizer.source.ts";

const nested = (depth: number): unknown => (depth === 0 ? [] : [nested(depth - 1)]);

const known = { variables: { GREETING: "hello" }, autoGateway: true };

const gateway = (id: string, name = id) => ({ id, name, pipelines: [] });

test("a saved project means its workspace, its gateways and its functions", () => {
  const { resources, undecided, problems } = wantedOf();
  expect(namesOf(resources)).toEqual([
    "Workspace demo-dev",
    "Gateway demo-dev-gateway",
    "Function demo-dev-hello",
  ]);
  expect({ undecided, problems }).toEqual({ undecided: [], problems: [] });
  expect(resources[0]?.spec).toEqual({
    producer: "demo",
    env: "dev",
    repository: { owner: "customer-demo", name: "dev" },
    functionsRepository: { owner: "customer-demo", name: "functions" },
    enabled: true,
    source: { commit: "0123456789abcdef", documentHash: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown },
  });
  expect(resources[2]?.spec).toEqual({
    producer: "demo",
    env: "dev",
    name: "hello",
    enabled: true,
    source: "r1",
  });
});

test.each([
  ["without a file", undefined],
  ["without the project in its file", fileOf({}, "other-dev")],
  ["with an empty canvas", fileOf({})],
])("a producer %s gets a workspace and nothing else", (_what, document) => {
  expect(namesOf(wantedOf({ document, functions: [] }).resources)).toEqual(["Workspace demo-dev"]);
});

test.each([
  ["no JSON", "not JSON"],
  ["cut off", fileOf(carDocument()).slice(0, 400)],
  ["a list", "[]"],
  ["empty", ""],
  ["a file whose project is no text", JSON.stringify({ models: { Project: { "demo-dev": {} } } })],
  ["a file whose project is no JSON", JSON.stringify({ models: { Project: { "demo-dev": "{" } } })],
  ["a file whose projects are none", JSON.stringify({ models: { Project: "" } })],
  ["nested deeper than anything drawn", fileOf({ gateways: nested(80) })],
  ["nested deeper than a stack", `{"models":${"[".repeat(100_000)}`],
])("a saved canvas that is %s takes nothing away: it is unreadable, not empty", (_what, document) => {
  expect(project(sourceOf({ document }))).toEqual({
    outcome: "unreadable",
    problem: "lunchbadger.json is not as the platform writes it.",
  });
});

test("a disabled project keeps its workspace as a resource that runs nothing, and no function runs", () => {
  const document = fileOf({ ...carDocument(), disabled: true });
  const { resources, undecided } = wantedOf({ document });
  expect(namesOf(resources)).toEqual(["Workspace demo-dev", "Function demo-dev-hello"]);
  expect(resources.map(({ spec }) => "enabled" in spec && spec.enabled)).toEqual([false, false]);
  expect(undecided).toEqual([]);
  // Nothing that cannot be asked for keeps a disabled project running.
  const unknown = wantedOf({ document, models: undefined, functions: undefined });
  expect([namesOf(unknown.resources), unknown.undecided]).toEqual([["Workspace demo-dev"], []]);
});

test.each<[string, Partial<ProjectSource>, object]>([
  ["its options make no sense", { options: undefined }, { functionsRepository: { name: "functions" } }],
  [
    "its options make no sense, with those that it had",
    { options: undefined, last: onCluster("Workspace", { options: known }).spec },
    { variables: known.variables, autoGateway: true },
  ],
  [
    "the repository of its functions is gone",
    { functionsRepository: undefined, last: onCluster("Workspace").spec },
    { functionsRepository: { owner: "customer-demo", name: "functions" } },
  ],
])("a project that is not to run is taken down although %s", (_what, given, spec) => {
  const document = fileOf({ ...carDocument(), disabled: true });
  const { resources, undecided } = wantedOf({ document, ...given });
  expect(resources.map(({ spec: each }) => "enabled" in each && each.enabled)).toEqual([false, false]);
  expect(undecided).toEqual([]);
  expect(resources[0]?.spec).toMatchObject(spec);
  // One that is to run stays as it is.
  expect(project(sourceOf(given)).outcome).not.toBe("wanted");
});

test("a project that is not to run and of which nothing is known yet is nothing yet", () => {
  const document = fileOf({ ...carDocument(), disabled: true });
  expect(project(sourceOf({ document, functionsRepository: undefined })).outcome).toBe("notYet");
});

test.each([
  ["of the project", { repository: undefined }, "The repository for dev is not there yet."],
  ["of the functions", { functionsRepository: undefined }, "The repository for functions is not there yet."],
])("a producer without the repository %s gets nothing yet", (_what, given, problem) => {
  expect(project(sourceOf(given))).toEqual({ outcome: "notYet", problem });
});

test.each<[string, Partial<ProjectSource>, readonly string[], readonly string[]]>([
  ["models", { models: undefined }, ["Workspace demo-dev", "Function demo-dev-hello"], ["Gateway"]],
  ["functions", { functions: undefined }, ["Workspace demo-dev"], ["Gateway", "Function"]],
])("while the %s cannot be asked for, what depends on them stays as it is", (_what, given, names, kinds) => {
  const { resources, undecided } = wantedOf(given);
  expect(namesOf(resources)).toEqual(names);
  expect(undecided.map(({ kind, name }) => (name === undefined ? kind : `${kind} ${name}`))).toEqual(kinds);
  expect(isUndecided(undecided, onCluster("Gateway"))).toBe(true);
  expect(isUndecided(undecided, onCluster("Workspace"))).toBe(false);
});

test("the gateway of the whole API stays while the running project does not say what that is, and no other", () => {
  const settings = settingsWith({ AUTOGATEWAY_ENABLE: "true" });
  const silent = wantedOf({ settings });
  expect(silent.undecided.map(({ kind, name }) => `${kind} ${name ?? ""}`)).toEqual([
    "Gateway demo-dev-autogenerated",
  ]);
  expect(isUndecided(silent.undecided, onCluster("Gateway"))).toBe(false);
  const telling = wantedOf({ settings, openApi: { paths: { "/Cars": {} } } });
  expect(telling.undecided).toEqual([]);
  expect(namesOf(telling.resources)).toContain("Gateway demo-dev-autogenerated");
  expect(namesOf(wantedOf({ settings, openApi: { paths: {} } }).resources)).not.toContain(
    "Gateway demo-dev-autogenerated",
  );
});

test("a configuration larger than the cluster keeps is left as it is, and the others are not", () => {
  const large = { ...gateway("large"), pipelines: [{ id: "p", name: "x".repeat(500_000), policies: [] }] };
  const { resources, undecided } = wantedOf({ document: fileOf({ gateways: [large, gateway("small")] }) });
  expect(namesOf(resources)).toContain("Gateway demo-dev-small");
  expect(undecided).toEqual([
    {
      kind: "Gateway",
      name: "demo-dev-large",
      because: "the configuration of the gateway large is larger than the cluster keeps",
    },
  ]);
});

test("a file cannot ask for pods without end", () => {
  const gateways = Array.from({ length: 200 }, (_each, index) => gateway(`g${index}`));
  const { resources, problems } = wantedOf({ document: fileOf({ gateways }) });
  expect(resources.filter(({ kind }) => kind === "Gateway")).toHaveLength(50);
  expect(problems).toContain("Only the first 50 gateways are run.");
});

test.each([
  ["a gateway without an id", [{ name: "Gate" }], "The gateway Gate has no id that can be used."],
  [
    "a second gateway of an id",
    [gateway("a"), gateway("a")],
    "There are several gateways with the id a; the first is run.",
  ],
])("%s is told of and not run", (_what, gateways, problem) => {
  const { resources, problems } = wantedOf({ document: fileOf({ gateways }) });
  expect(resources.filter(({ kind }) => kind === "Gateway").length).toBe(gateways.length - 1);
  expect(problems).toContain(problem);
});

test.each(["../etc", "a/b", "", "x y", "-rf", "a".repeat(101)])("no function is called %j", (name) => {
  const { resources, problems } = wantedOf({ functions: [{ name }] });
  expect(resources.some(({ kind }) => kind === "Function")).toBe(false);
  expect(problems.some((each) => each.startsWith("No function can be called"))).toBe(true);
});

test.each(["../x", "A", "a--b", "", "a.b", "x".repeat(31)])(
  "a producer %j is not deployed for",
  (producer) => {
    expect(project(sourceOf({ producer })).outcome).toBe("unreadable");
  },
);

test("everything belongs to the producer, once that is on the cluster", () => {
  const metadata = { name: "demo", namespace: "customer", uid: "uid-of-demo" };
  const owner = {
    apiVersion: "sett.lunchbadger.io/v1",
    kind: "Producer",
    metadata,
    spec: { login: "customer-demo" },
  } as const;
  for (const { metadata: each } of wantedOf({ owner }).resources) {
    expect(each.ownerReferences).toEqual([
      {
        apiVersion: "sett.lunchbadger.io/v1",
        kind: "Producer",
        name: "demo",
        uid: "uid-of-demo",
        controller: true,
        blockOwnerDeletion: true,
      },
    ]);
  }
});

test("whatever is saved, projecting answers, and twice the same", () => {
  const item = fc.dictionary(
    fc.constantFrom("id", "name", "pipelines", "policies", "fromId", "toId", "urls", "system"),
    fc.jsonValue(),
  );
  const document = fc.dictionary(
    fc.constantFrom("gateways", "apiEndpoints", "serviceEndpoints", "connections", "apis", "disabled"),
    fc.oneof(fc.array(item), fc.jsonValue()),
  );
  fc.assert(
    fc.property(document, (saved) => {
      const source = () => sourceOf({ document: fileOf(saved) });
      const first = project(source());
      expect(first.outcome === "wanted" || first.outcome === "unreadable").toBe(true);
      expect(JSON.stringify(project(source()))).toBe(JSON.stringify(first));
    }),
    { numRuns: 300 },
  );
});
