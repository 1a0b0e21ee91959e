import { text, type Reply } from "../http.ts";
import type { Fields } from "./kubernetes.object.ts";
import { isScaled } from "./object.scale.ts";
import type { Resource } from "./resource.kinds.ts";
import { answer } from "./status.error.ts";

const verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
const wellKnown = { "X-Content-Type-Options": "nosniff" };

/** Answers what the server is and what it has: its version, its health, its groups and their kinds. */
export function answerDiscovery(
  resources: readonly Resource[],
  path: string,
  query: URLSearchParams,
): Reply | undefined {
  if (path === "/version" || path === "/version/") return answer(200, serverVersion);
  const check = /^\/(healthz|livez|readyz)$/.exec(path)?.[1];
  if (check !== undefined) return text(200, query.has("verbose") ? verbose(check) : "ok", wellKnown);
  if (path === "/api") {
    const serverAddressByClientCIDRs = [{ clientCIDR: "0.0.0.0/0", serverAddress: "127.0.0.1:6443" }];
    return answer(200, { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs });
  }
  if (path === "/api/v1") return answer(200, listOf(resources, "", "v1"));
  const groups = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== "");
  if (path === "/apis") {
    const known = groups.map((group) => groupOf(resources, group));
    return answer(200, { kind: "APIGroupList", apiVersion: "v1", groups: known });
  }
  const [, group = "", version] = /^\/apis\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  if (!groups.includes(group)) return undefined;
  if (version === undefined) {
    return answer(200, { kind: "APIGroup", apiVersion: "v1", ...groupOf(resources, group) });
  }
  const isKnown = resources.some((each) => each.group === group && each.version === version);
  return isKnown ? answer(200, listOf(resources, group, version)) : undefined;
}

const serverVersion: Fields = {
  major: "1",
  minor: "34",
  emulationMajor: "1",
  emulationMinor: "34",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "33",
  gitVersion: "v1.34.9",
  gitCommit: "0000000000000000000000000000000000000000",
  gitTreeState: "clean",
  buildDate: "2026-08-18T00:00:00Z",
  goVersion: "go1.24.4",
  compiler: "gc",
  platform: "linux/amd64",
};

function verbose(check: string): string {
  const parts = ["ping", "log", "etcd", "informer-sync", "shutdown"];
  return `${parts.map((part) => `[+]${part} ok\n`).join("")}${check} check passed\n`;
}

function groupOf(resources: readonly Resource[], name: string): Fields {
  const known = resources.filter(({ group }) => group === name).map(({ version }) => version);
  const versions = [...new Set(known)].map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

function listOf(resources: readonly Resource[], group: string, version: string): Fields {
  const own = resources
    .filter((each) => each.group === group && each.version === version)
    .flatMap((each) => [kindOf(each), ...partsOf(each)]);
  return {
    kind: "APIResourceList",
    ...(group === "" ? {} : { apiVersion: "v1" }),
    groupVersion: group === "" ? version : `${group}/${version}`,
    resources: own,
  };
}

function kindOf({ plural, kind, shortNames, categories, isClusterWide }: Resource): Fields {
  return {
    name: plural,
    singularName: kind.toLowerCase(),
    namespaced: !isClusterWide,
    ...{ kind, verbs },
    ...(shortNames.length > 0 ? { shortNames } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  };
}

function partsOf(resource: Resource): readonly Fields[] {
  const { plural, kind, isClusterWide, hasStatus } = resource;
  const part = (name: string, own: Fields): Fields => ({
    ...{ name: `${plural}/${name}`, singularName: "", namespaced: !isClusterWide },
    ...own,
  });
  const changing = ["get", "patch", "update"];
  const scale = { group: "autoscaling", version: "v1", kind: "Scale", verbs: changing };
  return [
    ...(plural === "pods" ? [part("log", { kind, verbs: ["get"] })] : []),
    ...(isScaled(resource) ? [part("scale", scale)] : []),
    ...(hasStatus ? [part("status", { kind, verbs: changing })] : []),
  ];
}
