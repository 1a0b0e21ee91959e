import { afterEach, expect, test } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { amiss, lookedAt, told } from "./looked.at.ts";

const at = lookedAt();

const servers = () => {
  const { gitea, gitApi, configstore, workspaces, functions, gateways, kubernetes, oidc } = at.sett.sandbox;
  return {
    gitea,
    "git-api": gitApi,
    configstore,
    "project-api": workspaces.projectApi,
    "workspace-api": workspaces.workspaceApi,
    "running-project": workspaces.runningProjects,
    "sls-api": functions.server,
    "gateway-admin": gateways.server,
    cluster: kubernetes.server,
    "identity tokens": oidc,
  };
};

type Named = keyof ReturnType<typeof servers>;

afterEach(() => {
  for (const { faults } of Object.values(servers())) faults.clear();
});

/** What the services of the platform ask of each other fails as well. */
const alsoWrong: Partial<Record<Named, readonly string[]>> = {
  gitea: ["wrong git-api at Gitea", "wrong sign-in at Gitea"],
  "git-api": ["wrong configstore's producers"],
};

const variableOf: Record<Named, string> = {
  gitea: "GITEA_URL",
  "git-api": "GIT_API_URL",
  configstore: "CONFIGSTORE_URL",
  "project-api": "PROJECT_API_URL_TEMPLATE",
  "workspace-api": "WORKSPACE_API_URL_TEMPLATE",
  "running-project": "OPENAPI_URL_TEMPLATE",
  "sls-api": "SLS_API_URL_TEMPLATE",
  "gateway-admin": "GATEWAY_ADMIN_URL_TEMPLATE",
  cluster: "KUBERNETES_URL",
  "identity tokens": "OIDC_ISSUER",
};

const page = { status: 200, headers: { "content-type": "text/html" }, body: "<html>Welcome</html>" };
const faults: readonly { readonly how: string; readonly fault: Fault; readonly says: string }[] = [
  { how: "answers a page", fault: { mode: "answer", ...page }, says: "another service" },
  { how: "is down behind a proxy", fault: { mode: "answer", status: 503 }, says: "it is down" },
];

const cases = faults.flatMap((fault) =>
  (Object.keys(variableOf) as Named[]).map((named) => ({ ...fault, named })),
);

test("of a platform with which all is well nothing is amiss, and nothing was changed to find out", async () => {
  for (const server of Object.values(servers())) server.clearRequests();
  const findings = await at.look();
  expect(amiss(findings)).toEqual([]);
  expect(findings.filter(({ standing }) => standing === "skipped").map(({ check }) => check)).toEqual([
    "actualizer",
    "redis",
    "Redis' clock",
  ]);
  const writes = Object.values(servers())
    .flatMap(({ requests }) => requests)
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.replace(/no-such-.*/, "no-such")}`);
  expect([...new Set(writes)].sort()).toEqual([
    "PATCH /api/v1/repos/lbadmin/no-such",
    "POST /apis/authentication.k8s.io/v1/selfsubjectreviews",
    "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
  ]);
});

test.each(cases)(
  "$named that $how is told of, with the variable to look at",
  async ({ named, fault, says }) => {
    servers()[named].faults.set(fault);
    const findings = await at.look();
    expect(amiss(findings).toSorted()).toEqual([`wrong ${named}`, ...(alsoWrong[named] ?? [])].toSorted());
    expect(told(findings, named)).toContain(says);
    expect(told(findings, named)).toContain(variableOf[named]);
  },
);

test("each service that does not answer is told of in time, whichever others do not", async () => {
  const all = servers();
  // With Gitea nobody is found to look at.
  const named = (Object.keys(all) as Named[]).filter((each) => each !== "gitea" && each !== "project-api");
  for (const each of [...named, "project-api"] as const) all[each].faults.set({ mode: "hang" });
  const findings = await at.look({ patienceMs: 3000 });
  const asked = named.filter((each) => each !== "gateway-admin");
  expect(amiss(findings).toSorted()).toEqual(
    ["project-api", ...asked].map((each) => `wrong ${each}`).toSorted(),
  );
  for (const each of asked) expect(told(findings, each)).toContain("no answer came in time");
});

test("a Gitea that does not answer is told of in time, and those who ask it do not count as found", async () => {
  servers().gitea.faults.set({ mode: "hang" });
  const findings = await at.look({ patienceMs: 1500 });
  expect(amiss(findings)).toContain("wrong gitea");
  expect(told(findings, "gitea")).toContain("no answer came in time");
  expect(told(findings, "project-api")).toContain("no producer was found");
});

const nobody = "http://127.0.0.1:1";
const elsewhere = {
  gitea: { gitea: nobody },
  "git-api": { gitApi: nobody },
  configstore: { configstore: nobody },
  "project-api": { projectApi: `${nobody}/$PRODUCER-$ENV` },
  "workspace-api": { workspaceApi: `${nobody}/$PRODUCER-$ENV` },
  "running-project": { openApi: `${nobody}/$PRODUCER-$ENV` },
  "sls-api": { slsApi: `${nobody}/$PRODUCER-$ENV` },
  "gateway-admin": { gatewayAdmin: `${nobody}/$PRODUCER-$ENV-$GATEWAY` },
} as const;

test.each(Object.entries(elsewhere))(
  "where nothing listens %s is told of alone",
  async (named, addresses) => {
    const findings = await at.look({ addresses });
    expect(amiss(findings)).toEqual([`wrong ${named}`]);
    expect(told(findings, named)).toContain("nothing listens at 127.0.0.1:1");
  },
);

test("a host that nobody knows is told of as one", async () => {
  const findings = await at.look({ addresses: { slsApi: "http://$PRODUCER-$ENV.invalid" } });
  expect(amiss(findings)).toEqual(["wrong sls-api"]);
  expect(told(findings, "sls-api")).toContain("there is no host of the name demo-dev.invalid");
});

test("the services of a producer who was asked for are looked at", async () => {
  const findings = await at.look({ producer: "al" });
  expect(amiss(findings)).toEqual(["warning Gitea's hook"]);
  expect(told(findings, "project-api")).toContain("al's dev");
});

test("without a producer of that name the services of none are looked at", async () => {
  const findings = await at.look({ producer: "nobody-there" });
  expect(amiss(findings)).toEqual([]);
  expect(told(findings, "sls-api")).toContain("nobody-there has no project");
});
