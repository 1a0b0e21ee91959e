import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { marked } from "../../src/actualizer/controller/object.steps.ts";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import type { ActualizerSettings } from "../../src/actualizer/settings.ts";
import { fileOf, settingsWith, wantedOf } from "./actualizer.source.ts";
import { problemsOf } from "./published.schemas.ts";

const everythingSet = settingsWith({
  AUTOGATEWAY_ENABLE: "true",
  LBWS_DEBUG_VERSION: "debug",
  LB_DEBUG_USERS: "demo",
  IMAGE_PULL_SECRET: "registry",
  REDIS_PASSWORD_SECRET: "redis",
  INGRESS_CLASS: "nginx",
  INGRESS_ANNOTATIONS: "example.com/rewrite=/$2,example.com/other=a=b",
  INTERNAL_HOSTS: "false",
});

/** The objects of a project, as they are sent. */
const objectsOf = (document: unknown, settings: ActualizerSettings, producer = "demo", env = "dev") =>
  wantedOf({ producer, env, settings, document: fileOf(document, `${producer}-${env}`) })
    .resources.flatMap((resource) => desiredOf(resource, settings))
    .map(marked);

const word = fc.constantFrom(
  "a",
  "b-c",
  "dev",
  "Café",
  "x".repeat(40),
  "${HOME}",
  "12:30",
  "- &a *b",
  "\u0000",
);
const text = fc.oneof(word, fc.string({ unit: "grapheme" }), fc.webUrl());
const policy = fc.record({
  id: fc.uuid(),
  proxy: fc.array(fc.record({ condition: fc.object({ maxDepth: 2 }), action: fc.object({ maxDepth: 2 }) })),
});
const gateway = fc.record({
  id: fc.oneof(
    fc.uuid(),
    text.filter((each) => each !== ""),
  ),
  name: text,
  system: fc.object({ maxDepth: 2 }),
  http: fc.record({ port: fc.integer() }),
  pipelines: fc.array(
    fc.record({ id: fc.uuid(), name: text, policies: fc.array(policy, { maxLength: 2 }) }),
    {
      maxLength: 2,
    },
  ),
});
const endpoint = fc.record({
  id: fc.uuid(),
  name: text,
  urls: fc.array(text),
  host: text,
  paths: fc.array(text),
});
const document = fc.record({
  gateways: fc.uniqueArray(gateway, { selector: ({ id }) => id, maxLength: 4 }),
  serviceEndpoints: fc.array(endpoint, { maxLength: 3 }),
  apiEndpoints: fc.array(endpoint, { maxLength: 3 }),
});

test("a field that Kubernetes does not know, and one that is not what it should be, are told of", () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "a" },
    spec: { ports: [{ port: 80 }] },
  };
  const changed = (spec: object) => problemsOf({ ...service, spec });
  expect(problemsOf(service)).toEqual([]);
  expect(problemsOf({ ...service, specs: {} })).toEqual(["/specs is not known"]);
  expect(changed({ ports: [{ port: 80, porte: 1 }] })).toEqual(["/spec/ports/0/porte is not known"]);
  expect(changed({ ports: [{ port: "80" }] })).toEqual([expect.stringContaining("must be integer")]);
  expect(changed({ ports: [{ name: "http" }] })).toEqual([expect.stringContaining("required property port")]);
  const place = "/spec/versions/0/schema/openAPIV3Schema";
  const defined = (openAPIV3Schema: object) => {
    const versions = [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema } }];
    const spec = { group: "a", scope: "Namespaced", names: { kind: "A", plural: "as" }, versions };
    return problemsOf({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", spec });
  };
  const misspelt = { type: "string", maxLenght: 1 };
  expect(defined({ type: "array", items: misspelt })).toEqual([`${place}/items/maxLenght is not known`]);
  expect(defined({ type: "object", additionalProperties: { type: "string", maxLength: 1 } })).toEqual([]);
  expect(defined({ type: "object", additionalProperties: { ...misspelt, items: misspelt } })).toEqual([
    `${place}/additionalProperties/maxLenght is not known`,
    `${place}/additionalProperties/items/maxLenght is not known`,
  ]);
  expect(problemsOf({ apiVersion: "extensions/v1beta1", kind: "Deployment" })).toEqual([
    "there is no schema of extensions/v1beta1 Deployment",
  ]);
});

test.each([
  ["as it comes", settingsWith()],
  ["with everything set", everythingSet],
])("what runs for a project is made of nothing but what Kubernetes publishes, %s", (_, settings) => {
  const objects = wantedOf({ settings })
    .resources.flatMap((each) => desiredOf(each, settings))
    .map(marked);
  const kinds = new Set(objects.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(["ConfigMap", "Deployment", "Ingress", "Service"]);
  expect(objects.flatMap(problemsOf)).toEqual([]);
});

test("whatever people save, what is to run for it is something that Kubernetes takes", () => {
  let gateways = 0;
  fc.assert(
    fc.property(document, fc.boolean(), (saved, isAllSet) => {
      const objects = objectsOf(saved, isAllSet ? everythingSet : settingsWith());
      expect(objects.length).toBeGreaterThanOrEqual(5);
      gateways += objects.filter(({ kind }) => kind === "ConfigMap").length;
      expect(objects.flatMap(problemsOf)).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(gateways).toBeGreaterThan(20);
});

const folder = new URL("../../deploy/chart/crds/", import.meta.url);

test.each(readdirSync(folder))(
  "deploy/chart/crds/%s is made of nothing but what Kubernetes publishes",
  (file) => {
    const documents = parseAllDocuments(readFileSync(new URL(file, folder), "utf8"), { uniqueKeys: true });
    const objects = documents.map((each) => each.toJS() as object | null).filter((each) => each !== null);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.flatMap(problemsOf)).toEqual([]);
  },
);
