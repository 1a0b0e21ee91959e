import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { parseAllDocuments } from "yaml";
import { deployments } from "../../../src/sandbox/kubernetes/resource.kinds.ts";
import type { RecordedRequest } from "../../../src/sandbox/http.ts";
import { startPlatform, startProcess, until } from "./process.harness.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly Rule[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly name: string; readonly namespace: string }[];
}

const folder = new URL("../../../deploy/actualizer/", import.meta.url);
const manifestsOf = (file: string) =>
  parseAllDocuments(readFileSync(new URL(file, folder), "utf8")).map((each) => each.toJS() as Manifest);
const manifests = readdirSync(folder).flatMap(manifestsOf);
const rulesOf = (...files: readonly string[]) =>
  files.flatMap(manifestsOf).flatMap(({ rules = [] }) => rules);

interface Call {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name: string | undefined;
}

const address =
  /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/[^/]+)?\/(?<plural>[^/?]+)(?:\/(?<name>[^/?]+)(?:\/(?<part>[^/?]+))?)?(?:\?(?<query>.*))?$/;

function callOf({ method, path }: RecordedRequest): Call {
  const { group = "", plural = "", name, part, query = "" } = address.exec(path)?.groups ?? {};
  const reading = query.includes("watch=true") ? "watch" : name === undefined ? "list" : "get";
  const verbs: Readonly<Record<string, string>> = {
    GET: reading,
    POST: "create",
    PATCH: "patch",
    DELETE: "delete",
  };
  const resource = part === undefined ? plural : `${plural}/${part}`;
  return { verb: verbs[method] ?? method, group, resource, name };
}

const allows =
  ({ verb, group, resource, name }: Call) =>
  ({ verbs, apiGroups, resources, resourceNames }: Rule) =>
    verbs.includes(verb) &&
    apiGroups.includes(group) &&
    resources.includes(resource) &&
    (resourceNames === undefined || resourceNames.includes(name ?? ""));

test("all that the actualizer asks of the cluster, in making, changing and removing what runs, its roles allow", async () => {
  const sandbox = await startPlatform();
  const { kubernetes, gitea } = sandbox;
  const { actualizer, stop } = await startProcess(sandbox);
  await actualizer.settled();
  const names = () => kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);
  expect(names()).toContain("gateway-demo-dev-gateway");
  const models = { Project: { "demo-dev": JSON.stringify({ id: "demo-dev", disabled: true }) } };
  const files = { "lunchbadger.json": JSON.stringify({ ids: {}, models }) };
  gitea.platform.push("customer-demo", "dev", { commits: [{ message: "Off", files }] });
  await vi.waitFor(() => expect(names().filter((name) => name.includes("-demo-dev"))).toEqual([]), until);
  await actualizer.settled();
  await stop();
  const own = kubernetes.server.requests.filter(
    ({ headers }) => headers.authorization === `Bearer ${kubernetes.controllerToken}`,
  );
  const rules = rulesOf("role.yaml", "cluster-role.yaml");
  const refused = own.map(callOf).filter((call) => !rules.some(allows(call)));
  expect(refused).toEqual([]);
  expect(own.filter(({ status }) => status === 403)).toEqual([]);
  // What is never asked needs no right.
  const unused = rulesOf("role.yaml").flatMap((rule) =>
    rule.resources
      .filter((resource) => !resource.endsWith("/finalizers"))
      .filter(
        (resource) => !own.map(callOf).some((call) => allows(call)({ ...rule, resources: [resource] })),
      ),
  );
  expect(unused).toEqual([]);
});

test("no role allows anything by a star, secrets, or a thing in other namespaces than that of the producers", () => {
  for (const { rules = [], kind, metadata } of manifests) {
    if (kind === "Role") expect(metadata.namespace).toBe("customer");
    for (const { apiGroups, resources, verbs } of rules) {
      expect([...apiGroups, ...resources, ...verbs]).not.toContain("*");
      expect(resources).not.toContain("secrets");
      if (kind === "ClusterRole") expect(resources).toEqual(["customresourcedefinitions"]);
    }
  }
});

test("each binding leads from the one account to a role that is there", () => {
  const bindings = manifests.filter(({ roleRef }) => roleRef !== undefined);
  expect(bindings.length).toBeGreaterThan(0);
  const [account] = manifests.filter(({ kind }) => kind === "ServiceAccount");
  for (const { roleRef, subjects = [] } of bindings) {
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toContain(
      `${roleRef?.kind ?? ""} ${roleRef?.name ?? ""}`,
    );
    expect(subjects).toMatchObject([
      { name: account?.metadata.name, namespace: account?.metadata.namespace },
    ]);
  }
});
