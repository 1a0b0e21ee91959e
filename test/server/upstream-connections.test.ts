import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { openUpstream, type Call } from "../../src/services/http/upstream.ts";
import { LogLines } from "../support/log-lines.ts";
import { ServerLetInDocument, ServerViewerDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";

/** Opens a client to a service of the test's own making, and returns how it is asked. */
async function startUpstream(server: Server, connections: number) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const upstream = openUpstream("gitea", `http://127.0.0.1:${port}`, {
    timeoutMs: 2000,
    answerLimit: 1000,
    connections,
    log: createLog("info", new LogLines()),
    metrics: createMetrics(),
  });
  onTestFinished(() => {
    upstream.close();
    server.close();
  });
  return (method: Call["method"]) =>
    upstream.call({
      method,
      path: ["thing"],
      requestId: "request-1",
      ...(method === "GET" ? {} : { body: {} }),
    });
}

/** A service that breaks a kept connection just as the second request on it arrives. */
async function startForgetful() {
  const known = new Set<Socket>();
  const methods: (string | undefined)[] = [];
  const server = createServer(({ method, socket }, response) => {
    methods.push(method);
    if (known.has(socket)) socket.resetAndDestroy();
    else response.end("{}");
    known.add(socket);
  });
  return { send: await startUpstream(server, 1), methods };
}

test("a kept connection that the service closes meanwhile does not fail the next read: it is asked once more", async () => {
  const { send, methods } = await startForgetful();
  await send("GET");
  await expect(send("GET")).resolves.toMatchObject({ status: 200, text: "{}" });
  expect(methods).toEqual(["GET", "GET", "GET"]);
});

test.each(["POST", "PUT", "PATCH", "DELETE"] as const)(
  "what changes something is never sent twice: a %s whose connection breaks fails",
  async (method) => {
    const { send, methods } = await startForgetful();
    await send(method);
    await expect(send(method)).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(methods).toEqual([method, method]);
  },
);

test("a service that was restarted between two requests is not seen to have been", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
  await sett.sandbox.gitea.stop();
  await sett.sandbox.gitea.resume();
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
});

test("a read whose connection breaks once is answered; one whose connection always breaks is asked twice and no more", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  sett.sandbox.gitea.faults.set({ mode: "drop" }, { times: 1 });
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  sett.upstreamCalls();
  expect((await sett.as("demo").ask(ServerViewerDocument)).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/user", "gitea GET /api/v1/user"]);
});

test("an answer that is an error is not asked for again", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  for (const status of [500, 502, 503, 504, 429, 408]) {
    sett.sandbox.gitea.faults.set({ mode: "answer", status, headers: { "retry-after": "0" } }, { times: 1 });
    sett.upstreamCalls();
    expect((await sett.as("demo").ask(ServerViewerDocument)).codes).toHaveLength(1);
    expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/user"]);
  }
});

test("a write that is not answered in time is not sent again", async () => {
  const sett = await startSett({ env: { UPSTREAM_TIMEOUT: "800ms" } });
  sett.sandbox.gitea.faults.set({ mode: "hang" }, { method: "PUT" });
  const input = {
    repo: { owner: "customer-demo", name: "dev" },
    login: "customer-eve",
    level: "READ",
  } as const;
  const { errors } = await sett.as("demo").ask(ServerLetInDocument, { input });
  expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "gitea" } }]);
  expect(sett.upstreamCalls().filter((call) => call.includes("PUT"))).toHaveLength(1);
});

test("no more connections are opened to a service than UPSTREAM_CONNECTIONS, however many ask", async () => {
  const ports = new Set<number | undefined>();
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    response.end("{}");
  });
  const send = await startUpstream(server, 2);
  await Promise.all(Array.from({ length: 20 }, () => send("GET")));
  expect(ports.size).toBeLessThanOrEqual(2);
});
