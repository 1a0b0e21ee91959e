import { stringify } from "safe-stable-stringify";
import type { Fields } from "./kubernetes.object.ts";

/** What is known of a field for when several set parts of it. */
export interface FieldShape {
  /** Whether it belongs to one alone, with all that is in it. */
  readonly isWhole: boolean;
  /** Whether the items of a list are told apart, so that each may be somebody else's. */
  readonly isKeyed: boolean;
  /** What is known of the items of a list. */
  readonly items: FieldShape;
  /** What is known of a field in it. */
  field(name: string): FieldShape;
  /** What an item of the list is told by among the others; undefined where the list belongs to one alone. */
  element(item: unknown): string | undefined;
}

/** The fields by which items of the lists are told apart that the cluster itself knows of. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  conditions: ["type"],
  containers: ["name"],
  env: ["name"],
  ephemeralContainers: ["name"],
  hostAliases: ["ip"],
  imagePullSecrets: ["name"],
  initContainers: ["name"],
  ownerReferences: ["uid"],
  secrets: ["name"],
  topologySpreadConstraints: ["topologyKey", "whenUnsatisfiable"],
  volumeDevices: ["devicePath"],
  volumeMounts: ["mountPath"],
  volumes: ["name"],
};

/** Fields of the cluster's own kinds that belong to one alone. */
const wholes: ReadonlySet<string> = new Set([
  ...["selector", "nodeSelector", "secretKeyRef", "configMapKeyRef", "fieldRef", "resourceFieldRef"],
  ...["involvedObject", "claimRef", "targetRef"],
]);

/** What is known of the cluster's own kinds, by the names of their fields. */
export function builtInShape(name = ""): FieldShape {
  return {
    isWhole: wholes.has(name),
    isKeyed: name === "finalizers" || name === "ports" || name in listKeys,
    get items() {
      return builtInShape();
    },
    field: builtInShape,
    element: (item) => {
      if (name === "finalizers") return `v:${stringify(item)}`;
      const keys = name === "ports" ? portKeys(item) : listKeys[name];
      return keys === undefined ? undefined : keyed(item, keys, { protocol: "TCP" });
    },
  };
}

/** What a definition says of the fields of custom objects. */
export function schemaShape(schema: Fields): FieldShape {
  const inner = (part: unknown): FieldShape => schemaShape(isFields(part) ? part : {});
  return {
    isWhole: schema["x-kubernetes-map-type"] === "atomic",
    isKeyed: ["set", "map"].includes(String(schema["x-kubernetes-list-type"])),
    get items() {
      return inner(schema["items"]);
    },
    field: (name) => {
      const own = (schema["properties"] as Fields | undefined)?.[name];
      return inner(own ?? schema["additionalProperties"]);
    },
    element: (item) => {
      const type = schema["x-kubernetes-list-type"];
      if (type === "set") return `v:${stringify(item)}`;
      if (type !== "map") return undefined;
      return keyed(item, (schema["x-kubernetes-list-map-keys"] ?? []) as readonly string[]);
    },
  };
}

/** A whole custom object: what a definition says of it, and its metadata, which is like everybody's. */
export function customShape(schema: Fields): FieldShape {
  const own = schemaShape(schema);
  return {
    ...own,
    field: (name) => (name === "metadata" ? builtInShape(name) : own.field(name)),
  };
}

/** Whether something has fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields in something, if it has any. */
export function fieldsIn(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function portKeys(item: unknown): readonly string[] {
  return [isFields(item) && "containerPort" in item ? "containerPort" : "port", "protocol"];
}

function keyed(item: unknown, keys: readonly string[], defaults: Fields = {}): string | undefined {
  if (!isFields(item)) return undefined;
  const values = keys.map((key): [string, unknown] => [key, item[key] ?? defaults[key]]);
  const known = values.filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : `k:${stringify(Object.fromEntries(known))}`;
}
