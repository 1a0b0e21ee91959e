import { fieldsIn, isFields } from "./field.shape.ts";
import { textOf, type ClusterObject, type Fields } from "./kubernetes.object.ts";
import { pendingStatus } from "./pod.status.ts";
import { definitions } from "./stored.kinds.ts";
import { deployments, pods, services, type Resource } from "./resource.kinds.ts";
import { containerDefaults, podSpecOf, templateDefaults } from "./workload.templates.ts";

/** An object with what the cluster fills in where its maker says nothing; one of before keeps what it was given then. */
export function withDefaults(
  resource: Resource,
  object: ClusterObject,
  before: ClusterObject | undefined,
): ClusterObject {
  const spec = fieldsIn(object["spec"]);
  const all = resource as unknown;
  if (all === deployments) {
    return { ...object, spec: deploymentSpec(spec), status: object["status"] ?? {} };
  }
  if (all === pods && before === undefined) {
    return {
      ...object,
      spec: podSpecOf({ containers: [], ...completeSpec(spec) }),
      status: pendingStatus(),
    };
  }
  if (all === services)
    return {
      ...object,
      spec: serviceSpec(spec, fieldsIn(before?.["spec"])),
      status: object["status"] ?? balanced,
    };
  if (resource.kind === "Ingress") return { ...object, status: object["status"] ?? balanced };
  if (resource.kind === "Secret") return secretOf(object);
  if (all === definitions) return definitionOf(object, spec);
  return object;
}

const balanced = { loadBalancer: {} };
const rollingUpdate = { maxUnavailable: "25%", maxSurge: "25%" };
let addresses = 0;

function deploymentSpec(spec: Fields): Fields {
  const template = fieldsIn(spec["template"]);
  const strategy = { type: "RollingUpdate", ...fieldsIn(spec["strategy"]) };
  const rolling = { ...rollingUpdate, ...fieldsIn((strategy as Fields)["rollingUpdate"]) };
  return {
    replicas: 1,
    ...spec,
    template: { ...template, spec: { ...templateDefaults, ...completeSpec(fieldsIn(template["spec"])) } },
    strategy: strategy.type === "RollingUpdate" ? { ...strategy, rollingUpdate: rolling } : strategy,
    revisionHistoryLimit: spec["revisionHistoryLimit"] ?? 10,
    progressDeadlineSeconds: spec["progressDeadlineSeconds"] ?? 600,
  };
}

/** What a pod is to run, with complete containers. */
function completeSpec(spec: Fields): Fields {
  const complete = (name: string): Fields => {
    const containers = spec[name];
    return Array.isArray(containers) ? { [name]: containers.filter(isFields).map(containerOf) } : {};
  };
  const { serviceAccountName } = spec;
  const account = serviceAccountName === undefined ? {} : { serviceAccount: serviceAccountName };
  return { ...spec, ...complete("initContainers"), ...complete("containers"), ...account };
}

function containerOf(container: Fields): Fields {
  const { image, ports } = container;
  const isLatest = typeof image === "string" && !/:(?!latest$)[^/]+$/.test(image);
  const given = Array.isArray(ports)
    ? { ports: ports.filter(isFields).map((port) => ({ ...port, protocol: port["protocol"] ?? "TCP" })) }
    : {};
  const filled = { ...containerDefaults, ...(isLatest ? { imagePullPolicy: "Always" } : {}) };
  return {
    ...container,
    ...given,
    ...Object.fromEntries(Object.entries(filled).filter(([name]) => container[name] === undefined)),
  };
}

function serviceSpec(spec: Fields, before: Fields): Fields {
  const known = before["clusterIP"];
  const clusterIP = spec["clusterIP"] ?? known ?? nextAddress();
  const ports = Array.isArray(spec["ports"]) ? spec["ports"].filter(isFields) : [];
  return {
    ...spec,
    ports: ports.map((port) => ({
      ...port,
      protocol: port["protocol"] ?? "TCP",
      targetPort: port["targetPort"] ?? port["port"],
    })),
    clusterIP,
    clusterIPs: spec["clusterIPs"] ?? before["clusterIPs"] ?? [clusterIP],
    type: spec["type"] ?? "ClusterIP",
    sessionAffinity: spec["sessionAffinity"] ?? "None",
    ipFamilies: spec["ipFamilies"] ?? ["IPv4"],
    ipFamilyPolicy: spec["ipFamilyPolicy"] ?? "SingleStack",
    internalTrafficPolicy: spec["internalTrafficPolicy"] ?? "Cluster",
  };
}

function nextAddress(): string {
  addresses += 1;
  return `10.96.${(addresses >> 8) & 255}.${addresses & 255}`;
}

function secretOf({ stringData, ...object }: ClusterObject): ClusterObject {
  const texts = Object.entries(fieldsIn(stringData)).map(([name, text]) => [
    name,
    Buffer.from(String(text)).toString("base64"),
  ]);
  const data = { ...fieldsIn(object["data"]), ...(Object.fromEntries(texts) as Fields) };
  const kept = Object.keys(data).length > 0 ? { data } : {};
  return { ...object, ...kept, type: object["type"] ?? "Opaque" };
}

function definitionOf(object: ClusterObject, spec: Fields): ClusterObject {
  const names = fieldsIn(spec["names"]);
  const kind = textOf(names["kind"]);
  const versions = Array.isArray(spec["versions"]) ? spec["versions"].filter(isFields) : [];
  const stored = versions.filter(({ storage }) => storage === true).map(({ name }) => name);
  const status = { conditions: null, acceptedNames: { plural: "", kind: "" }, storedVersions: stored };
  return {
    ...object,
    spec: {
      ...spec,
      names: { singular: kind.toLowerCase(), listKind: `${kind}List`, ...names },
      conversion: spec["conversion"] ?? { strategy: "None" },
    },
    status: object["status"] ?? status,
  };
}
