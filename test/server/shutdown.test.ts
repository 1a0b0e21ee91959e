import { once } from "node:events";
import { Agent, get, request } from "node:http";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { subscribeAt } from "../support/live-client.ts";
import { startChild } from "./child-gateway.ts";

/** The built gateway in a process of its own, on a platform whose faults are in the test's hands. */
async function startProcess(env: Readonly<Record<string, string>> = {}) {
  const sandbox = await startSandbox(readConfig({}));
  onTestFinished(sandbox.stop);
  const { gitea, giteaToken, gitApi, configstore } = sandbox.addresses;
  const platform = {
    GITEA_URL: gitea,
    GITEA_TOKEN: giteaToken,
    GIT_API_URL: gitApi,
    CONFIGSTORE_URL: configstore,
  };
  const child = startChild({ PORT: "0", ...platform, ...env });
  const url = await child.listening();
  const ask = () =>
    fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "token demo-token" },
      body: JSON.stringify({ query: "{ viewer { login } }" }),
    });
  const giteaWasAsked = () =>
    vi.waitFor(() => expect(sandbox.gitea.requests.length).toBeGreaterThan(0), { timeout: 10_000 });
  return { sandbox, child, url, ask, giteaWasAsked };
}

const refused = (url: string) =>
  vi.waitFor(
    async () => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      try {
        await expect(once(socket, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
      } finally {
        socket.destroy();
      }
    },
    { timeout: 10_000 },
  );

/** Resolves once a connection is closed, in whichever way. */
const closing = (socket: Socket) =>
  new Promise<void>((resolve) => {
    socket.on("error", () => undefined);
    socket.resume().once("close", () => resolve());
  });

test.each(["SIGTERM", "SIGINT"] as const)(
  "on %s what runs is answered in full, nothing new is taken, and the process ends well",
  async (signal) => {
    const { sandbox, child, url, ask, giteaWasAsked } = await startProcess();
    sandbox.gitea.faults.set({ mode: "slow", ms: 1500 });
    const answer = ask();
    await giteaWasAsked();
    child.signal(signal);
    await refused(url);
    const response = await answer;
    expect([response.status, await response.json()]).toEqual([
      200,
      { data: { viewer: { login: "customer-demo" } } },
    ]);
    expect(response.headers.get("connection")).toBe("close");
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(child.stdout()).toContain('"finished":true');
  },
);

test("what does not end within SHUTDOWN_DEADLINE is cut, and the process ends well all the same", async () => {
  const { sandbox, child, ask, giteaWasAsked } = await startProcess({ SHUTDOWN_DEADLINE: "300ms" });
  sandbox.gitea.faults.set({ mode: "hang" });
  const answer = ask().then(
    () => "answered",
    () => "cut",
  );
  await giteaWasAsked();
  child.signal("SIGTERM");
  expect(await child.ended).toEqual({ code: 0, signal: null });
  expect(await answer).toBe("cut");
  expect(child.stdout()).toContain('"finished":false');
});

test("what comes again at once is the same signal: what runs is still answered", async () => {
  const { sandbox, child, url, ask, giteaWasAsked } = await startProcess();
  sandbox.gitea.faults.set({ mode: "slow", ms: 1000 });
  const answer = ask();
  await giteaWasAsked();
  child.signal("SIGTERM");
  await refused(url);
  child.signal("SIGTERM");
  child.signal("SIGINT");
  expect((await answer).status).toBe(200);
  expect(await child.ended).toEqual({ code: 0, signal: null });
});

test("connections on which nothing runs do not keep the process: kept ones, silent ones, half a request", async () => {
  const { child, url } = await startProcess({ SHUTDOWN_DEADLINE: "24m" });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const [response] = (await once(get(`${url}/livez`, { agent }), "response")) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, "end");
  await vi.waitFor(() => expect(Object.values(agent.freeSockets).flat()).toHaveLength(1), {
    timeout: 10_000,
  });

  const port = Number(new URL(url).port);
  const silent = connect(port, "127.0.0.1");
  const halting = connect(port, "127.0.0.1");
  onTestFinished(() => [silent, halting].forEach((socket) => socket.destroy()));
  await Promise.all([once(silent, "connect"), once(halting, "connect")]);
  halting.write("GET /livez HTTP/1.1\r\nHost: se");
  const closed = Promise.all([silent, halting].map(closing));

  child.signal("SIGTERM");
  expect(await child.ended).toEqual({ code: 0, signal: null });
  await closed;
  expect(child.stdout()).toContain('"finished":true');
});

test("for DRAIN_DELAY all is answered as before, and nothing is kept; asked once more, the process ends at once", async () => {
  const { child, url } = await startProcess({ DRAIN_DELAY: "10m" });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const ask = () =>
    new Promise<{ status: number | undefined; connection: string | undefined; body: string }>(
      (resolve, reject) => {
        const headers = { "content-type": "application/json", authorization: "token demo-token" };
        const asked = request(`${url}/graphql`, { agent, method: "POST", headers }, (response) => {
          let body = "";
          response.on("data", (part) => (body += String(part)));
          const { statusCode: status, headers: told } = response;
          response.on("end", () => resolve({ status, connection: told.connection, body }));
        });
        asked.on("error", reject).end('{"query":"{ viewer { login } }"}');
      },
    );
  expect((await ask()).connection).toBe("keep-alive");
  child.signal("SIGTERM");
  await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(503), { timeout: 10_000 });

  // Over the connection that was kept, and over a new one.
  const body = '{"data":{"viewer":{"login":"customer-demo"}}}\n';
  for (const _ of [1, 2]) expect(await ask()).toEqual({ status: 200, connection: "close", body });
  const watching = subscribeAt(
    url,
    "token demo-token",
    'subscription { presence(producer: "demo") { people { login } } }',
  );
  expect((await watching.event()).data).toEqual({ presence: { people: [{ login: "customer-demo" }] } });

  await vi.waitFor(
    async () => {
      child.signal("SIGTERM");
      expect(await Promise.race([child.ended, Promise.resolve()])).toEqual({ code: 143, signal: null });
    },
    { timeout: 10_000, interval: 100 },
  );
  expect(child.stdout()).toContain("stopped at once");
});
