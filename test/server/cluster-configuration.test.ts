import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ConfigurationError, readConfig } from "../../src/config.ts";
import { clusterProblem } from "../../src/services/kubernetes/cluster.source.ts";
import { startChild } from "./child-gateway.ts";

const platform = {
  GITEA_URL: "https://gitea.example",
  GITEA_TOKEN: "secret",
  GIT_API_URL: "http://git-api:3000",
  CONFIGSTORE_URL: "http://configstore:3002",
};

const clusterOf = (environment: NodeJS.ProcessEnv) =>
  readConfig({ ...platform, ...environment }).upstreams?.kubernetes;

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    clusterOf(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** A file of the test's own. */
function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "sett-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "config");
  writeFileSync(path, content);
  return path;
}

const secret = "hunter2hunter2";
const kubeconfig = `
apiVersion: v1
kind: Config
current-context: one
clusters: [{ name: one, cluster: { server: "https://one.example:6443" } }]
users: [{ name: me, user: { token: ${secret} } }]
contexts: [{ name: one, context: { cluster: one, user: me } }]
`;

const address = "https://cluster.example:6443";
const inPod = { KUBERNETES_SERVICE_HOST: "10.0.0.1" };

test.each([
  ["an address", { KUBERNETES_URL: `${address}/` }, { from: "address", url: address, namespace: "customer" }],
  [
    "an address rather than a file or a pod's account",
    { KUBERNETES_URL: address, KUBECONFIG: "/x", ...inPod },
    { from: "address", url: address },
  ],
  [
    "an address with a token in a file, and whom to trust",
    { KUBERNETES_URL: address, KUBERNETES_TOKEN_FILE: "/t", KUBERNETES_CA_FILE: "/c" },
    { from: "address", tokenFile: "/t", caFile: "/c" },
  ],
  [
    "a file rather than a pod's account",
    { KUBECONFIG: "/x", KUBERNETES_CONTEXT: "two", ...inPod },
    { from: "file", path: "/x", context: "two", namespace: "customer" },
  ],
  [
    "a pod's account where there is nothing else",
    { ...inPod, KUBERNETES_NAMESPACE: "producers" },
    { from: "service-account", namespace: "producers" },
  ],
])("%s says where the cluster is", (_title, environment, cluster) => {
  expect(clusterOf(environment)).toMatchObject(cluster);
});

test("without any of them there is no cluster, whatever is in somebody's home folder", () => {
  expect(clusterOf({ HOME: "/root" })).toBe(undefined);
});

test("with nothing of the platform configured, what somebody's shell knows of a cluster is not meant", () => {
  const { upstreams } = readConfig({ KUBECONFIG: "/root/.kube/config", ...inPod });
  expect(upstreams).toBe(undefined);
});

test.each([
  [{ KUBERNETES_TOKEN: "t" }, "KUBERNETES_TOKEN"],
  [{ KUBERNETES_TOKEN_FILE: "/t" }, "KUBERNETES_TOKEN_FILE"],
  [{ KUBERNETES_CA_FILE: "/c" }, "KUBERNETES_CA_FILE"],
  [{ KUBERNETES_CONTEXT: "c" }, "KUBERNETES_CONTEXT"],
  [{ KUBERNETES_URL: address, KUBERNETES_TOKEN: "t", KUBERNETES_TOKEN_FILE: "/t" }, "KUBERNETES_TOKEN_FILE"],
  [{ KUBERNETES_URL: "cluster" }, "KUBERNETES_URL"],
  [{ KUBERNETES_URL: address, KUBERNETES_TOKEN: "two words" }, "KUBERNETES_TOKEN"],
  [{ KUBERNETES_NAMESPACE: "Customer" }, "KUBERNETES_NAMESPACE"],
])("%o is refused by the name of %s, without what it says", (environment, name) => {
  const problems = problemsOf(environment);
  expect(problems.map((problem) => problem.split(":", 1)[0])).toEqual([name]);
  expect(problems.join()).not.toContain("two words");
});

test.each([
  [
    "a file that is not there",
    () => ({ path: "/nowhere/config" }),
    "KUBECONFIG: the file cannot be read (ENOENT)",
  ],
  [
    "a file that is no YAML",
    () => ({ path: fileWith(`clusters: [${secret}`) }),
    "KUBECONFIG: is no kubeconfig that names a cluster",
  ],
  [
    "a file of something else",
    () => ({ path: fileWith(`token: ${secret}`) }),
    "KUBECONFIG: is no kubeconfig that names a cluster",
  ],
  [
    "a context that the file does not have",
    () => ({ path: fileWith(kubeconfig), context: "two" }),
    "KUBERNETES_CONTEXT: KUBECONFIG has no such context with a cluster",
  ],
  ["a file that is right", () => ({ path: fileWith(kubeconfig), context: "one" }), undefined],
])("%s is told as what it is, and nothing of what is in it", async (_title, make, problem) => {
  expect(await clusterProblem({ from: "file", ...make() })).toBe(problem);
});

test("files beside an address are looked for at the start as well", async () => {
  const source = { from: "address", url: address } as const;
  expect(await clusterProblem({ ...source, tokenFile: "/nowhere/token" })).toMatch(
    /^KUBERNETES_TOKEN_FILE: .*ENOENT/,
  );
  expect(await clusterProblem({ ...source, caFile: "/nowhere/ca" })).toMatch(/^KUBERNETES_CA_FILE: .*ENOENT/);
  expect(await clusterProblem({ ...source, tokenFile: fileWith(secret) })).toBe(undefined);
});

test("a kubeconfig that cannot be read ends the start, with its variable named and nothing of what is in it", async () => {
  const child = startChild({ PORT: "0", ...platform, KUBECONFIG: fileWith(`clusters: [${secret}`) });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stderr()).toContain("KUBECONFIG");
  expect(child.stdout() + child.stderr()).not.toContain(secret);
});
