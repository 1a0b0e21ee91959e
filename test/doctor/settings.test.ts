import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { ownVariables } from "../../src/actualizer/actualizer.config.ts";
import { addressFrom } from "../../src/address-template.ts";
import { readConfig } from "../../src/config.ts";
import { platformSettings } from "../../src/doctor/platform.settings.ts";
import { checkNames, checkSettings } from "../../src/doctor/settings.check.ts";
import { variables } from "../../src/variables.ts";
import { amiss, lookedAt, told } from "./looked.at.ts";

// Only registered documents run: a gateway that answers nothing that it is asked is one nevertheless.
const at = lookedAt({ env: { DOCUMENTS: "trusted" } });

afterEach(() => {
  at.sett.sandbox.gitea.faults.clear();
});

test("a gateway with another secret than Gitea's hooks is told of", async () => {
  const findings = await at.look({ env: { GITEA_WEBHOOK_SECRET: "another-secret" } });
  expect(amiss(findings)).toEqual(["wrong GITEA_WEBHOOK_SECRET"]);
  expect(told(findings, "GITEA_WEBHOOK_SECRET")).toContain("has another secret");
});

test("without a secret for webhooks that is said, and no gateway is tried", async () => {
  const findings = await at.look({ env: { GITEA_WEBHOOK_SECRET: "" } });
  expect(amiss(findings)).toEqual(["warning GITEA_WEBHOOK_SECRET"]);
});

test("a gateway that is not at PUBLIC_URL is told of; Gitea's hook may lead there by another address, which is said", async () => {
  const findings = await at.look({ env: { PUBLIC_URL: "http://127.0.0.1:1" } });
  expect(amiss(findings)).toEqual(["warning PUBLIC_URL"]);
  expect(told(findings, "Gitea's hook")).toContain(`are sent to ${at.sett.url}/webhooks/gitea`);
});

test("a gateway behind an ingress that lets people to nothing but what is for them is found", async () => {
  const ingress = createServer((incoming, outgoing) => {
    const { url = "", method, headers } = incoming;
    if (!["/graphql", "/webhooks/gitea"].includes(url)) {
      outgoing.writeHead(404).end();
      return;
    }
    const passed = request(new URL(url, at.sett.url), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    ingress.close();
    ingress.closeAllConnections();
  });
  await once(ingress, "listening");
  const { port } = ingress.address() as AddressInfo;
  const findings = await at.look({ env: { PUBLIC_URL: `http://127.0.0.1:${port}` } });
  expect(amiss(findings)).toEqual([]);
  expect(told(findings, "PUBLIC_URL")).toContain("a gateway answers");
  expect(told(findings, "GITEA_WEBHOOK_SECRET")).toContain("takes what is signed with it");
});

test("a page at PUBLIC_URL is not taken for a gateway", async () => {
  const { oidc } = at.sett.sandbox;
  oidc.faults.set({ mode: "answer", status: 200, body: "<html>Welcome</html>" }, { path: /\/graphql$/ });
  const findings = await at.look({ env: { PUBLIC_URL: new URL(oidc.url).origin } });
  oidc.faults.clear();
  expect(amiss(findings)).toEqual(["warning PUBLIC_URL"]);
  expect(told(findings, "PUBLIC_URL")).toContain("not as a gateway");
});

test.each([
  ["that is not for pushes", "issues", "/webhooks/gitea", "not for pushes"],
  ["that leads to something else", "push", "/hook", "none of its own to a gateway"],
])("a hook of Gitea's %s is told of", async (_what, event, path, says) => {
  const body = JSON.stringify([{ active: true, events: [event], config: { url: `${at.sett.url}${path}` } }]);
  const headers = { "content-type": "application/json" };
  at.sett.sandbox.gitea.faults.set({ mode: "answer", status: 200, headers, body }, { path: /\/hooks/ });
  const findings = await at.look();
  expect(amiss(findings)).toEqual(["warning Gitea's hook"]);
  expect(told(findings, "Gitea's hook")).toContain(says);
});

test("a Gitea that calls itself something else cannot be signed in at", async () => {
  const { oauth } = at.sett.sandbox.addresses;
  const issuer = oauth.issuer.replace("127.0.0.1", "localhost");
  const findings = await at.look({ addresses: { oauth: { ...oauth, issuer } } });
  expect(amiss(findings)).toEqual(["wrong sign-in at Gitea"]);
  expect(told(findings, "sign-in at Gitea")).toContain("GITEA_OAUTH_ISSUER");
});

test("an issuer that says that it is another is told of", async () => {
  const { oidc } = at.sett.sandbox.addresses;
  const issuer = oidc.issuer.replace("127.0.0.1", "localhost");
  const findings = await at.look({ addresses: { oidc: { ...oidc, issuer } } });
  expect(amiss(findings)).toEqual(["wrong identity tokens"]);
  expect(told(findings, "identity tokens")).toContain("OIDC_ISSUER");
});

const production = { NODE_ENV: "production", ENVIRONMENT_SECRET: "sixteen-characters-or-more" };
const settings = (more: Readonly<Record<string, string>>) => {
  const environment = { ...production, ...more };
  const found = checkSettings(readConfig(environment), environment);
  return found.filter(({ standing }) => standing === "warning").map(({ check }) => check);
};

test.each([
  [{}, []],
  [{ NODE_ENV: "" }, ["NODE_ENV"]],
  [{ ENVIRONMENT_SECRET: "" }, ["ENVIRONMENT_SECRET"]],
  [{ DOCUMENTS: "register" }, ["DOCUMENTS"]],
  [{ KUBERNETES_SERVICE_HOST: "10.0.0.1" }, ["HOST", "REDIS_URL"]],
  [{ PUBLIC_URL: "https://sett.example", CORS_ORIGINS: "http://canvas.example" }, ["CORS_ORIGINS"]],
])("of %o the doctor warns of %o", (more, warned) => {
  expect(settings(more)).toEqual(warned);
});

const warnedOf = (environment: Readonly<Record<string, string>>) =>
  checkNames(environment).map(({ check, mend = "" }) => [check, mend] as const);

test("a variable of the platform's that is not read is named with the one that is", () => {
  expect(warnedOf({ SLEEP_TIME: "6000", LB_PRODUCER: "demo", GIT_API_URL: "http://git-api" })).toEqual([
    ["LB_PRODUCER", expect.stringContaining("Leave it out")],
    ["SLEEP_TIME", expect.stringContaining("ACTUALIZER_PASS")],
  ]);
});

test("a variable of the platform's that was taken over is not complained of", () => {
  expect(warnedOf({ OPEN_API_URL_TEMPLATE: "http://x", OPENAPI_URL_TEMPLATE: "http://x" })).toEqual([]);
});

test.each([
  ["GITEA_TOKN", "GITEA_TOKEN"],
  ["CONFIGSTOR_URL", "CONFIGSTORE_URL"],
  ["KUBERNETES_NAMSPACE", "KUBERNETES_NAMESPACE"],
  ["OIDC_AUDIENCES", "OIDC_AUDIENCE"],
])("%s is taken for a misspelt %s", (name, meant) => {
  expect(warnedOf({ [name]: "x" })).toEqual([[name, `If ${meant} is meant, call it so.`]]);
});

test("what other programs and a cluster set is taken for nothing of ours", () => {
  const others = [
    ...["PATH", "HOME", "HOSTNAME", "LANG", "NODE_VERSION", "NODE_OPTIONS", "npm_config_cache", "TERM"],
    ...["GIT_AUTHOR_NAME", "GIT_API_SERVICE_HOST", "GIT_API_PORT_80_TCP_ADDR", "REDIS_SERVICE_PORT_REDIS"],
    ...["KUBERNETES_PORT_443_TCP", "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT_HTTPS"],
  ];
  expect(warnedOf(Object.fromEntries(others.map((name) => [name, "x"])))).toEqual([]);
});

const real = new Set([...Object.keys(variables), ...Object.keys(ownVariables)]);

test("what stands for a variable of the platform's is a variable that there is", () => {
  const named = platformSettings.flatMap(({ ours }) => ours);
  expect(named.filter((name) => !real.has(name))).toEqual([]);
  for (const { name, ours } of platformSettings) expect(real.has(name)).toBe(ours.includes(name));
});

/** As the platform is configured, in its own words. */
const platforms = {
  GIT_API_URL: "http://git-api.default",
  CONFIGSTORE_URL: "http://configstore.default",
  WORKSPACE_API_URL_TEMPLATE: "http://workspace-$PRODUCER-$ENV.customer:81/api",
  PROJECT_API_URL_TEMPLATE: "http://workspace-$PRODUCER-$ENV.customer:80/api",
  SLS_API_URL_TEMPLATE: "http://sls-api-$PRODUCER-$ENV.customer",
  CUSTOMER_DOMAIN: "staging.lunchbadger.io",
  AUTOGATEWAY_ENABLE: "true",
  ADMIN_CROSS_ORIGIN: "",
  LB_DEBUG_USERS: "sk,zu,ko",
  LBWS_VERSION: "0.2.6",
  LBWS_DEBUG_VERSION: "0.2.9",
  LBSLS_VERSION: "0.2.0",
  LBSLS_DEBUG_VERSION: "2.1.1",
  GATEWAY_IMAGE: "expressgateway/express-gateway",
  GATEWAY_VERSION: "latest",
  DEBUG_GATEWAY_VERSION: "latest",
  GIT_HOST: "git.gitea",
  REDIS_HOST: "eg-identity-redis.default",
  REDIS_PORT: "6379",
} as const;

test.each(Object.entries(platforms))("%s is read as the platform writes it", (name, value) => {
  const all = { ...variables, ...ownVariables };
  const { type, unset } = all[name as keyof typeof all];
  expect(type.safeParse(value || unset).success).toBe(true);
  expect(platformSettings.find((setting) => setting.name === name)?.ours).toEqual([name]);
});

test("a template of the platform's leads where it leads there", () => {
  expect(addressFrom(platforms.SLS_API_URL_TEMPLATE, "demo", "dev")).toBe("http://sls-api-demo-dev.customer");
});
