import { expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import { differenceOf, type ObservedObject } from "../../src/actualizer/desired/difference.ts";
import { onCluster, settingsWith } from "./actualizer.source.ts";

type Fields = Record<string, unknown>;

const settings = settingsWith({ LBWS_VERSION: "1.0", GATEWAY_VERSION: "2.0" });
const desired = [onCluster("Workspace"), onCluster("Gateway")].flatMap((each) => desiredOf(each, settings));

/** The objects as a cluster has them once they are made: with all that it fills in, in an order of its own. */
function onceMade(change: (objects: readonly Fields[]) => void = () => undefined): readonly ObservedObject[] {
  const objects = JSON.parse(JSON.stringify(desired), (_key, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const more = "containerPort" in value || "image" in value ? { imagePullPolicy: "IfNotPresent" } : {};
    return Object.fromEntries(Object.entries({ ...value, ...more }).reverse());
  }) as Fields[];
  for (const object of objects) {
    Object.assign(object["metadata"] as Fields, { uid: "u", generation: 3, annotations: { other: "x" } });
    object["status"] = { observedGeneration: 3 };
  }
  change(objects);
  return objects as unknown as ObservedObject[];
}

const find = (objects: readonly Fields[], kind: string, name: string) => {
  const found = objects.find(
    (each) => each["kind"] === kind && (each["metadata"] as Fields)["name"] === name,
  );
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
};

const at = (object: unknown, ...path: (string | number)[]) =>
  path.reduce<unknown>((place, key) => (place as Fields)[key], object) as Fields;

const words = (observed: readonly ObservedObject[]) =>
  differenceOf(desired, observed).map((each) => each.words);

test("what is there as it is wanted is no difference, whatever else the cluster has filled in", () => {
  expect(differenceOf(desired, onceMade())).toEqual([]);
});

test("what is not there would be created, and what is not wanted removed", () => {
  const [first] = differenceOf(desired, []);
  expect(first).toEqual({
    action: "create",
    kind: "Deployment",
    name: "workspace-demo-dev",
    words: "would create Deployment workspace-demo-dev",
  });
  expect(differenceOf([], onceMade()).map(({ action }) => action)).toEqual(desired.map(() => "remove"));
  expect(differenceOf([], onceMade())[0]?.words).toBe("would remove Deployment workspace-demo-dev");
});

const pod = ["spec", "template", "spec"];

test.each<[string, (objects: readonly Fields[]) => void, readonly string[]]>([
  [
    "another image",
    (objects) => {
      at(find(objects, "Deployment", "workspace-demo-dev"), ...pod, "containers", 0)["image"] = "old:0.9";
    },
    ["would change workspace.image old:0.9 → lunchbadger/workspace:1.0 in Deployment workspace-demo-dev"],
  ],
  [
    "a variable of another value, which is not told, and one that is missing",
    (objects) => {
      const container = at(find(objects, "Deployment", "gateway-demo-dev-gateway"), ...pod, "containers", 0);
      const env = (container["env"] as Fields[]).filter(({ name }) => name !== "REDIS_PORT");
      container["env"] = env.map((each) =>
        each["name"] === "REDIS_HOST" ? { ...each, value: "old" } : each,
      );
    },
    [
      "would change gateway.env REDIS_HOST.value in Deployment gateway-demo-dev-gateway",
      "would add gateway.env REDIS_PORT in Deployment gateway-demo-dev-gateway",
    ],
  ],
  [
    "fewer copies and another label",
    (objects) => {
      const deployment = find(objects, "Deployment", "sls-api-demo-dev");
      at(deployment, "spec")["replicas"] = 0;
      delete at(deployment, "metadata", "labels")["env"];
    },
    [
      "would set labels.env to dev in Deployment sls-api-demo-dev",
      "would change replicas 0 → 1 in Deployment sls-api-demo-dev",
    ],
  ],
  [
    "another file, whose text is not told",
    (objects) => {
      at(find(objects, "ConfigMap", "gateway-demo-dev-gateway"), "data")["gateway.config.yml"] = "a: 1\n";
    },
    ["would change data.gateway.config.yml in ConfigMap gateway-demo-dev-gateway"],
  ],
  [
    "a host too many and one too few",
    (objects) => {
      const rules = at(find(objects, "Ingress", "workspace-demo-dev"), "spec")["rules"] as Fields[];
      rules[1] = { host: "old.example", http: { paths: [] } };
    },
    [
      "would add rules internal-demo-dev.lunchbadger.io in Ingress workspace-demo-dev",
      "would remove rules old.example in Ingress workspace-demo-dev",
    ],
  ],
  [
    "somebody else's field",
    (objects) => {
      at(find(objects, "Deployment", "workspace-demo-dev"), "spec")["paused"] = true;
    },
    [],
  ],
])("%s is told in words", (_what, change, told) => {
  expect(words(onceMade(change))).toEqual(told);
});
