import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { startChild } from "./child-gateway.ts";

/** Makes a process fail as soon as it loads anything of the sandbox. */
const withoutSandbox = (() => {
  const hook = `export async function load(url, context, next) {
    if (url.includes("/sandbox/")) throw new Error("loads the sandbox: " + url);
    return next(url, context);
  }`;
  const asUrl = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
  const register = `import { register } from "node:module"; register(${JSON.stringify(asUrl(hook))});`;
  return ["--import", asUrl(register)];
})();

async function startPlatform() {
  const sandbox = await startSandbox(readConfig({}));
  onTestFinished(sandbox.stop);
  const { gitea, giteaToken, gitApi, configstore } = sandbox.addresses;
  return { GITEA_URL: gitea, GITEA_TOKEN: giteaToken, GIT_API_URL: gitApi, CONFIGSTORE_URL: configstore };
}

async function viewerAt(url: string) {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token demo-token" },
    body: JSON.stringify({ query: "{ viewer { login } }" }),
  });
  return response.json();
}

const demo = { data: { viewer: { login: "customer-demo" } } };

test("with nothing configured it runs on a sandbox of its own, and prints how to sign in to it", async () => {
  const child = startChild({ PORT: "0" });
  const url = await child.listening();
  expect(child.stdout()).toContain("demo-token");
  expect(await viewerAt(url)).toEqual(demo);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test("with a real platform configured nothing of the sandbox is loaded, and none of its tokens printed", async () => {
  const child = startChild({ PORT: "0", ...(await startPlatform()) }, withoutSandbox);
  const url = await child.listening();
  expect(await viewerAt(url)).toEqual(demo);
  expect(child.stdout()).not.toContain("demo-token");
  expect(await (await fetch(`${url}/pages.json`)).text()).not.toContain("demo-token");
});

test("what keeps the sandbox from being loaded does keep it from being loaded", async () => {
  const child = startChild({ PORT: "0" }, withoutSandbox);
  expect(await child.ended).toEqual({ code: 1, signal: null });
  expect(child.stdout()).toContain("loads the sandbox");
});

test("a wrong configuration ends it at once: all that is wrong is listed, without a stack and without secrets", async () => {
  const child = startChild({ PORT: "http", VIEWER_TTL: "soon", GITEA_TOKEN: "hunter2", GITEA_URL: "gitea" });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stdout()).toBe("");
  expect(child.stderr().split("\n")).toEqual([
    "The configuration is wrong:",
    expect.stringMatching(/^ {2}PORT: /),
    expect.stringMatching(/^ {2}GITEA_URL: must be an http or https address$/),
    expect.stringMatching(/^ {2}VIEWER_TTL: /),
    expect.stringMatching(/^ {2}GIT_API_URL: must be set /),
    expect.stringMatching(/^ {2}CONFIGSTORE_URL: must be set /),
    "",
  ]);
});

test("a wrong configuration of the sandbox's actualizer ends it at once, too", async () => {
  const child = startChild({ PORT: "0", GATEWAY_VERSION: "a b" });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stdout()).toBe("");
  expect(child.stderr().split("\n")).toEqual([
    "The configuration is wrong:",
    expect.stringMatching(/^ {2}GATEWAY_VERSION: /),
    "",
  ]);
});

test("the sandbox is not shown to other machines unless that is meant", async () => {
  const refused = startChild({ PORT: "0", HOST: "0.0.0.0" });
  expect(await refused.ended).toEqual({ code: 78, signal: null });
  expect(refused.stderr()).toContain("SANDBOX_EXPOSED=true");
  const meant = startChild({ PORT: "0", HOST: "0.0.0.0", SANDBOX_EXPOSED: "true" });
  await expect(meant.listening()).resolves.toContain("0.0.0.0");
});

test("a port that is taken ends it, and the variable to change is named", async () => {
  const taken = createServer();
  await once(taken.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void taken.close());
  const child = startChild({ PORT: String((taken.address() as AddressInfo).port) });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stderr()).toContain("PORT: another process listens there");
  expect(child.stderr()).not.toContain("at ");
});
