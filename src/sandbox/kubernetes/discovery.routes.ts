import { text, type Reply } from "../http.ts";
import type { Fields } from "./kubernetes.object.ts";
import { resources, type Resource } from "./resource.kinds.ts";
import { answer } from "./status.error.ts";

const verbs = ["delete", "get", "list", "patch", "watch"];
const groups = [...new Set(resources.map(({ group }) => group))].filter((group) => group !== "");
const wellKnown = { "X-Content-Type-Options": "nosniff" };

/** Answers what the server is and what it has: its version, its health, its groups and their kinds. */
export function answerDiscovery(path: string, query: URLSearchParams): Reply | undefined {
  if (path === "/version" || path === "/version/") return answer(200, version);
  const check = /^\/(healthz|livez|readyz)$/.exec(path)?.[1];
  if (check !== undefined) return text(200, query.has("verbose") ? verbose(check) : "ok", wellKnown);
  if (path === "/api") {
    const serverAddressByClientCIDRs = [{ clientCIDR: "0.0.0.0/0", serverAddress: "127.0.0.1:6443" }];
    return answer(200, { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs });
  }
  if (path === "/apis")
    return answer(200, { kind: "APIGroupList", apiVersion: "v1", groups: groups.map(groupOf) });
  if (path === "/api/v1") return answer(200, listOf(""));
  const group = groups.find((each) => path === `/apis/${each}/v1` || path === `/apis/${each}`);
  if (group === undefined) return undefined;
  return answer(
    200,
    path.endsWith("/v1") ? listOf(group) : { kind: "APIGroup", apiVersion: "v1", ...groupOf(group) },
  );
}

const version: Fields = {
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

function groupOf(name: string): Fields {
  const preferredVersion = { groupVersion: `${name}/v1`, version: "v1" };
  return { name, versions: [preferredVersion], preferredVersion };
}

function listOf(group: string): Fields {
  const own = resources
    .filter((each) => each.group === group)
    .flatMap((each) => [kindOf(each), ...partsOf(each)]);
  const groupVersion = group === "" ? "v1" : `${group}/v1`;
  return {
    kind: "APIResourceList",
    ...(group === "" ? {} : { apiVersion: "v1" }),
    groupVersion,
    resources: own,
  };
}

function kindOf({ plural, kind, shortName }: Resource): Fields {
  const shortNames = shortName === "" ? {} : { shortNames: [shortName] };
  return { name: plural, singularName: kind.toLowerCase(), namespaced: true, kind, verbs, ...shortNames };
}

function partsOf({ plural, kind }: Resource): readonly Fields[] {
  return plural === "pods"
    ? [{ name: "pods/log", singularName: "", namespaced: true, kind, verbs: ["get"] }]
    : [];
}
