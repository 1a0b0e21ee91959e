import fc from "fast-check";
import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import type { DesiredDeployment, DesiredObject } from "../../src/actualizer/desired/desired.objects.ts";
import { wantedProducer } from "../../src/actualizer/projection/wanted.resources.ts";
import type { CustomResource } from "../../src/actualizer/resources/resources.ts";
import { carDocument } from "../../src/sandbox/seed/car.document.ts";
import { readWorkload } from "../../src/services/kubernetes/workload.labels.ts";
import { fileOf, gatewaysOf, onCluster, settingsWith, wantedOf } from "./actualizer.source.ts";
import { containersOf, deploymentOf } from "./desired.reading.ts";

const settings = settingsWith();

test("everything is replaced without a gap, and is one pod that goes with its resource", () => {
  for (const resource of [onCluster("Workspace"), onCluster("Gateway")]) {
    for (const object of desiredOf(resource, settings)) {
      expect(object.metadata).toMatchObject({
        namespace: "customer",
        ownerReferences: [
          { kind: resource.kind, name: resource.metadata.name, uid: resource.metadata.uid, controller: true },
        ],
      });
      if (object.kind !== "Deployment") continue;
      expect(object.spec).toMatchObject({
        replicas: 1,
        minReadySeconds: 60,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
      });
    }
  }
});

test("the gateway finds what runs by its labels: whose it is, and which one", () => {
  const readBy = (resource: CustomResource) =>
    desiredOf(resource, settings)
      .filter(({ kind }) => kind === "Deployment")
      .map(({ metadata }) => readWorkload(metadata));
  const whose = { producer: "demo", env: "dev" };
  expect(readBy(onCluster("Workspace"))).toMatchObject([
    { ...whose, kind: "WORKSPACE" },
    { ...whose, kind: "SLS_API" },
  ]);
  expect(readBy(onCluster("Gateway"))).toMatchObject([
    { ...whose, kind: "GATEWAY", entityId: "aaaaaaaa-0000-4000-8000-000000000001", entityName: "gateway" },
  ]);
});

test("pods are found by what no change changes, and every other configuration is another pod", () => {
  const gateway = (name: string) => {
    const document = { gateways: [{ id: "g", name: "Gate", pipelines: [{ id: "p", name }] }] };
    const [first] = gatewaysOf(document);
    return deploymentOf(first ? desiredOf(first, settings) : [], "gateway");
  };
  const [one, other] = [gateway("one"), gateway("other")];
  const selector = { app: "gateway", producer: "demo", environment: "dev", instance: "gate" };
  expect([one.spec?.selector.matchLabels, other.spec?.selector.matchLabels]).toEqual([selector, selector]);
  const labels = ({ spec }: DesiredDeployment) => spec?.template.metadata?.labels ?? {};
  expect(labels(one)).toMatchObject({ ...selector, id: "g", env: "dev" });
  expect(labels(other)["config"]).not.toBe(labels(one)["config"]);
  expect({ ...labels(other), config: "" }).toEqual({ ...labels(one), config: "" });
});

test("another configuration of a gateway changes its files and what runs it, and nothing of how it is reached", () => {
  const gateway = onCluster("Gateway");
  const configuration = { ...gateway.spec.configuration, policies: ["cors"] };
  const [one, other] = [gateway, { ...gateway, spec: { ...gateway.spec, configuration } }].map((each) =>
    desiredOf(each, settings),
  );
  const isOther = (object: DesiredObject, index: number) =>
    JSON.stringify(object) !== JSON.stringify(one?.[index]);
  expect(one?.map(({ kind }) => kind)).toEqual(["ConfigMap", "Deployment", "Service", "Ingress"]);
  expect(other?.filter(isOther).map(({ kind }) => kind)).toEqual(["ConfigMap", "Deployment"]);
});

test("an id that no label can have is told as none", () => {
  const [gateway] = gatewaysOf({ gateways: [{ id: "not valid!", name: "Gate", pipelines: [] }] });
  const [object] = gateway ? desiredOf(gateway, settings) : [];
  expect(object?.metadata.labels["id"]).toBe("default");
});

test.each([
  ["a disabled environment", { document: fileOf({ disabled: true }) }, "Workspace"],
  ["a function, which sls-api deploys", {}, "Function"],
] as const)("%s has no objects", (_what, given, kind) => {
  expect(desiredOf(onCluster(kind, given), settings)).toEqual([]);
});

test("a producer has no objects of its own", () => {
  expect(desiredOf(wantedProducer("demo", "customer-demo", { namespace: "customer" }), settings)).toEqual([]);
});

test("no secret of a data source ends in a resource or an object", () => {
  const secret = "hunter2-of-the-database";
  const source = {
    id: "ds",
    name: "mysql",
    connector: "mysql",
    password: secret,
    url: `mysql://u:${secret}@h`,
  };
  const document = {
    ...carDocument(),
    dataSources: [source],
    states: [{ key: "draft", value: source }],
    portals: [{ id: "p", name: secret }],
    microServices: [{ id: "m", name: secret }],
    privateModels: [source],
  };
  const model = { id: "car-id", name: "Car", plural: "cars", dataSource: source, password: secret };
  const { resources } = wantedOf({ document: fileOf(document), models: [model] });
  const objects = resources.flatMap((each) => desiredOf(each, settings));
  expect(objects.length).toBeGreaterThan(8);
  expect(JSON.stringify([resources, objects])).not.toContain("hunter2");
});

test("whatever a gateway is called, nothing of it reaches a command, and its objects are the same each time", () => {
  const hostile = fc.oneof(
    fc.constantFrom("$(reboot)", "'; reboot", "../../etc/passwd", "a\nb", "`x`", "${HOME}"),
    fc.string({ unit: "grapheme" }),
  );
  const commands = (objects: readonly DesiredObject[]) => {
    const { init, container } = containersOf(deploymentOf(objects, "gateway"));
    return JSON.stringify([init?.command, container?.command, init?.volumeMounts, container?.volumeMounts]);
  };
  const usual = commands(desiredOf(onCluster("Gateway"), settings));
  fc.assert(
    fc.property(hostile, hostile, (id, name) => {
      const gateways = () => gatewaysOf({ gateways: [{ id, name, pipelines: [{ id, name }] }] });
      const objects = gateways().flatMap((each) => desiredOf(each, settings));
      if (id !== "") expect(commands(objects)).toBe(usual);
      expect(JSON.stringify(gateways().flatMap((each) => desiredOf(each, settings)))).toBe(
        JSON.stringify(objects),
      );
    }),
    { numRuns: 300 },
  );
});
