import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import { differenceOf, type ObservedObject } from "../../src/actualizer/desired/difference.ts";
import { resourceDifference } from "../../src/actualizer/projecting/resource.mark.ts";
import type { CustomResource } from "../../src/actualizer/resources/resources.ts";
import { actualize, demo, fieldsOf, startPlatform } from "./controller/actualizer.harness.ts";
import { onCluster, settingsWith } from "./actualizer.source.ts";
import { startProjecting } from "./projecting/projecting.harness.ts";

const [old, secret] = ["hunter1", "hunter2"];

const withSpec = <Resource extends CustomResource>(resource: Resource, spec: object): Resource => ({
  ...resource,
  spec: { ...resource.spec, ...spec },
});

const workspace = (variables?: Readonly<Record<string, string>>) =>
  withSpec(onCluster("Workspace"), { variables });

const gateway = (parts: object) => withSpec(onCluster("Gateway"), parts);

test.each<[string, CustomResource, CustomResource, readonly string[]]>([
  [
    "a variable that is changed, one that is new and one that is gone",
    workspace({ SAME: "1", CHANGED: secret, NEW: secret }),
    workspace({ SAME: "1", CHANGED: old, GONE: old }),
    ["change variables.CHANGED", "change variables.GONE", "change variables.NEW"],
  ],
  ["the first variable", workspace({ NEW: secret }), workspace(), ["change variables.NEW"]],
  ["the last variable", workspace({}), workspace({ GONE: old }), ["change variables.GONE"]],
  [
    "more variables than anybody reads the names of",
    workspace(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`V${index}`, secret]))),
    workspace({}),
    ["change variables"],
  ],
  [
    "a gateway's configuration",
    gateway({ configuration: { policies: [secret], http: { port: 80 } } }),
    gateway({ configuration: { policies: [old], http: { port: 80 } } }),
    ["change configuration.policies"],
  ],
  [
    "a gateway's system configuration",
    gateway({ system: { crypto: { cipherKey: secret } } }),
    gateway({ system: { crypto: { cipherKey: old } } }),
    ["change system.crypto"],
  ],
])("of %s only the name is told", (_what, wanted, known, told) => {
  expect([...resourceDifference(wanted, known)].sort()).toEqual(told);
});

test("what is no secret is told: in the cluster's own fields an environment's name and labels are words like others", () => {
  const wanted = onCluster("Workspace");
  const labels = { ...wanted.metadata.labels, environment: "prod" };
  const known = { ...withSpec(wanted, { env: "prod" }), metadata: { ...wanted.metadata, labels } };
  expect(resourceDifference(wanted, known)).toEqual([
    "change label environment prod → dev",
    "change env prod → dev",
  ]);
});

/** Each value of a variable and each text of a file that objects are made with. */
const inside = ["env", "data"];

/** An object as it is there, but with other values in those. */
function otherwise(object: object, change: (parts: unknown) => unknown): ObservedObject {
  const text = JSON.stringify(object, (key, value: unknown) =>
    inside.includes(key) && typeof value === "object" ? change(value) : value,
  );
  return JSON.parse(text) as ObservedObject;
}

const asValues = (parts: unknown) =>
  Array.isArray(parts)
    ? parts.map(({ name }: { name: string }) => ({ name, value: old }))
    : Object.fromEntries(Object.keys(parts as object).map((name) => [name, old]));

test.each<[string, (parts: unknown) => unknown]>([
  ["other values", asValues],
  ["none at all", () => undefined],
  ["something of another kind", () => old],
])(
  "where containers' variables and files have %s, neither what is there nor what is wanted is told",
  (_, change) => {
    const given = settingsWith({ REDIS_PASSWORD_SECRET: secret });
    const objects = [workspace({ PASSWORD: secret }), gateway({ configuration: { a: secret } })]
      .flatMap((each) => desiredOf(each, given))
      .map((each) => (each.kind === "ConfigMap" ? { ...each, data: { "a.yml": secret } } : each));
    const told = differenceOf(
      objects,
      objects.map((each) => otherwise(each, change)),
    ).map(({ words }) => words);
    expect(told.join("\n")).not.toMatch(/hunter|customer-demo/);
    expect(told.filter((each) => each.includes("workspace.env PASSWORD"))).toHaveLength(1);
    expect(told.filter((each) => each.includes("data"))).toHaveLength(1);
  },
);

test("who disputes a variable is told of without its value, in the workspace and in the producer", async () => {
  const platform = await startProjecting((source) =>
    source.save("demo", "dev", { options: { variables: { PASSWORD: secret }, autoGateway: undefined } }),
  );
  const { change, get, until, untilQuiet, untilSaid, wordsOf } = platform;
  await untilSaid("Producer", "demo", { SourceRead: "Read", Ready: "Running" });
  const told = async () => JSON.stringify((await get("Workspace", "demo-dev"))?.["spec"]);
  const spec = { variables: { PASSWORD: old } };
  await change("Workspace", "demo-dev", { spec });
  await until(async () => expect(await told()).toContain(secret));
  await untilQuiet();
  await change("Workspace", "demo-dev", { spec });
  await untilSaid("Producer", "demo", { Applied: "Disputed" });
  const words = await wordsOf("Producer", "demo", "Applied");
  expect(words).toContain("would change variables.PASSWORD in Workspace demo-dev");
  expect(words).not.toContain("hunter");
});

test("who disputes what a container is given is told of without it", async () => {
  const { kubernetes, make, change, get, until, untilSaid, wordsOf } = await startPlatform();
  const { controllers } = await actualize(kubernetes);
  await make(withSpec(demo("Workspace"), { variables: { PASSWORD: secret } }));
  await untilSaid("Workspace", "demo-dev", { Applied: "Applied", Ready: "Running" });
  const name = "workspace-demo-dev";
  const given = async () => JSON.stringify(fieldsOf(await get("Deployment", name)).spec);
  const changed = { spec: JSON.parse((await given()).replace(secret, old)) as object };
  await change("Deployment", name, changed);
  await until(async () => expect(await given()).toContain(secret));
  await change("Deployment", name, changed);
  await untilSaid("Workspace", "demo-dev", { Applied: "Disputed" });
  const planned = await controllers.workspaces.plan("demo-dev");
  for (const words of [await wordsOf("Workspace", "demo-dev", "Applied"), planned.join()]) {
    expect(words).toContain("would change workspace.env PASSWORD.value in Deployment workspace-demo-dev");
    expect(words).not.toContain("hunter");
  }
});
