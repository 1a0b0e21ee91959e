import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { parse } from "yaml";
import { actualizedRights, gatewayRights, type Right } from "../../src/doctor/cluster.rights.ts";
import { operator, type AccessRule } from "../../src/sandbox/kubernetes/caller.access.ts";
import { amiss, lookedAt, told } from "./looked.at.ts";

const at = lookedAt();

const access = () => at.sett.sandbox.kubernetes.cluster.access;
const withRules = (rules: readonly AccessRule[]) =>
  access().add(at.sett.sandbox.addresses.kubernetes.token, { ...operator, role: { name: "gateway", rules } });
const usual = operator.role?.rules ?? [];

afterEach(() => {
  access().add(at.sett.sandbox.addresses.kubernetes.token, operator);
  at.sett.sandbox.gitea.faults.clear();
  at.sett.sandbox.kubernetes.server.faults.clear();
});

test("a verb that the cluster forbids is named, with the rule that gives it", async () => {
  const isDelete = ({ verbs, resources }: AccessRule) =>
    resources.includes("pods") && verbs.includes("delete");
  withRules(
    usual.flatMap((rule) =>
      isDelete(rule) ? [{ ...rule, verbs: rule.verbs.filter((verb) => verb !== "delete") }] : [rule],
    ),
  );
  const findings = await at.look();
  expect(amiss(findings)).toEqual(["wrong right to pods"]);
  expect(told(findings, "right to pods")).toContain(
    'the rule { apiGroups: [""], resources: [pods], verbs: [delete] }',
  );
});

test("a right that the gateway must not have is told of", async () => {
  withRules([...usual, { apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }]);
  const findings = await at.look();
  expect(amiss(findings)).toEqual(["warning right to secrets"]);
  expect(told(findings, "right to secrets")).toContain("may get, list secrets");
});

test("a cluster that knows nothing of the actualizer's resources is told of where one is to run", async () => {
  const status = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 };
  const headers = { "content-type": "application/json" };
  at.sett.sandbox.kubernetes.server.faults.set(
    { mode: "answer", status: 404, headers, body: JSON.stringify(status) },
    { path: /^\/apis\/sett\.lunchbadger\.io\/v1$/ },
  );
  const findings = await at.look({ env: { ACTUALIZER: "true" } });
  expect(amiss(findings)).toEqual(["wrong custom resources", "warning actualizer"]);
  expect(told(findings, "custom resources")).toContain("ACTUALIZER=false");
});

test("a token that the cluster does not accept is told of as one", async () => {
  const { kubernetes } = at.sett.sandbox.addresses;
  const findings = await at.look({ addresses: { kubernetes: { ...kubernetes, token: "nobody's" } } });
  expect(amiss(findings)).toEqual(["wrong cluster"]);
  expect(told(findings, "cluster")).toContain("KUBERNETES_TOKEN");
});

test("a namespace in which nothing runs is told of", async () => {
  withRules(usual);
  const { kubernetes } = at.sett.sandbox.addresses;
  const { adminToken } = at.sett.sandbox.kubernetes;
  const empty = { ...kubernetes, token: adminToken, namespace: "elsewhere" };
  const findings = await at.look({ addresses: { kubernetes: empty } });
  expect(amiss(findings)).toContain("warning namespace");
  expect(told(findings, "namespace")).toContain("KUBERNETES_NAMESPACE");
});

test("a token of Gitea's that is not accepted is told of, and what rests on it is not guessed", async () => {
  const findings = await at.look({ addresses: { giteaToken: "mistyped-token" } });
  expect(amiss(findings)).toEqual(["wrong GITEA_TOKEN"]);
  expect(told(findings, "GITEA_TOKEN")).toContain("does not accept");
  expect(JSON.stringify(findings)).not.toContain("mistyped-token");
});

test("a token of somebody who is no site admin is told of, with whose it is", async () => {
  const findings = await at.look({ addresses: { giteaToken: "demo-token" } });
  expect(amiss(findings)).toEqual(["wrong GITEA_TOKEN"]);
  expect(told(findings, "GITEA_TOKEN")).toContain("customer-demo, who is no site admin");
});

test("a token that may not act for others is told of", async () => {
  const body = JSON.stringify({ message: "Only administrators allowed to sudo." });
  const headers = { "content-type": "application/json;charset=utf-8" };
  const path = /\/users\/lbadmin$/;
  at.sett.sandbox.gitea.faults.set({ mode: "answer", status: 403, headers, body }, { path });
  const findings = await at.look();
  expect(amiss(findings)).toEqual(["wrong GITEA_TOKEN may act for others"]);
  expect(told(findings, "GITEA_TOKEN may act for others")).toContain("GITEA_TOKEN");
});

test("the scopes that a token lacks are named", async () => {
  at.sett.sandbox.gitea.platform.addToken("lbadmin", "narrow-token", ["read:user"]);
  const narrow = await at.look({ addresses: { giteaToken: "narrow-token" } });
  expect(amiss(narrow)).toEqual(["wrong GITEA_TOKEN's scopes"]);
  expect(told(narrow, "GITEA_TOKEN's scopes")).toContain("lacks read:repository, write:repository");

  const scopes = ["read:user", "write:repository"];
  at.sett.sandbox.gitea.platform.addToken("lbadmin", "wider-token", scopes);
  const wider = await at.look({ addresses: { giteaToken: "wider-token" } });
  expect(amiss(wider)).toEqual(["warning GITEA_TOKEN's scopes"]);
  expect(told(wider, "GITEA_TOKEN's scopes")).toContain("lacks read:admin");
});

test("a token of an account that a person uses is told of", async () => {
  const admin = at.sett.sandbox.gitea.platform.user("lbadmin");
  const before = admin.lastLogin;
  admin.lastLogin = new Date();
  const findings = await at.look();
  admin.lastLogin = before;
  expect(amiss(findings)).toEqual(["warning GITEA_TOKEN is nobody's in particular"]);
});

test("a clock that is an hour off is told of, one that is some seconds off only warned of", async () => {
  const answer = (offsetMs: number) =>
    ({
      mode: "answer",
      status: 200,
      headers: {
        "content-type": "application/json",
        date: new Date(Date.now() + offsetMs).toUTCString(),
      },
      body: JSON.stringify({ version: "1.21.0" }),
    }) as const;
  const { faults } = at.sett.sandbox.gitea;
  faults.set(answer(-3_600_000), { path: /\/version$/ });
  const late = await at.look();
  expect(amiss(late)).toEqual(["wrong Gitea's clock"]);
  expect(told(late, "Gitea's clock")).toContain("60 min behind");

  faults.clear();
  faults.set(answer(25_000), { path: /\/version$/ });
  expect(amiss(await at.look())).toEqual(["warning Gitea's clock"]);
});

test("a cluster's clock is looked at, too", async () => {
  const { faults } = at.sett.sandbox.kubernetes.server;
  const review = {
    metadata: { creationTimestamp: new Date(Date.now() + 600_000).toISOString() },
    status: { userInfo: { username: "operator" } },
  };
  faults.set({ mode: "answer", status: 201, body: JSON.stringify(review) }, { path: /selfsubjectreviews$/ });
  expect(amiss(await at.look())).toEqual(["wrong Kubernetes' clock"]);
});

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const asRights = (rules: readonly Rule[]) =>
  rules.flatMap(({ apiGroups, resources, verbs, resourceNames }) =>
    apiGroups.flatMap((group) =>
      resources.map((resource) => [group, resource, [...verbs].sort(), resourceNames ?? []]),
    ),
  );

test.each<[string, readonly Right[]]>([
  ["gateway.yaml", gatewayRights],
  ["gateway-actualizer.yaml", actualizedRights],
])("the rights that are asked for are those of the chart's %s", (file, rights) => {
  const path = new URL(`../../deploy/chart/files/rules/${file}`, import.meta.url);
  const given = asRights(parse(readFileSync(path, "utf8")) as readonly Rule[]);
  const asked = rights.map(({ group, resource, verbs, name }) => [
    ...[group, resource, [...verbs].sort()],
    name === undefined ? [] : [name],
  ]);
  expect(asked.toSorted()).toEqual(given.toSorted());
});
