import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { GatewayTiming } from "../../src/sandbox/express-gateway/gateway.timing.ts";
import type { RunningGateway } from "../../src/sandbox/express-gateway/running.gateway.ts";
import { idOf } from "../../src/sandbox/seed/car.ids.ts";
import { adminAddress, askAdmin, stale, startPlatform, type AdminAnswer } from "./express-gateway.harness.ts";

let sandbox: Sandbox;

afterEach(() => sandbox.stop());

it("a gateway's admin API is below an address of its own, and shows what the platform has started it with", async () => {
  await start();
  expect(sandbox.addresses.gatewayAdmin).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\$GATEWAY-\$PRODUCER-\$ENV$/);
  const pipelines = (await ask("GET /pipelines")).body as Record<string, object>;
  expect(Object.keys(pipelines)).toEqual([idOf("pipeline", 1), idOf("pipeline", 2), "admin"]);
  expect(pipelines[idOf("pipeline", 1)]).toEqual({
    friendlyName: "Cars",
    apiEndpoints: [idOf("apiEndpoint", 1)],
    policies: [
      { "key-auth": [{ condition: { name: "pathMatch", pattern: "/cars/*" }, action: {} }] },
      expect.objectContaining({ "rate-limit": expect.any(Array) as unknown }),
      expect.objectContaining({ proxy: [expect.not.objectContaining({ id: expect.anything() as unknown })] }),
    ],
  });
  expect(pipelines[idOf("pipeline", 2)]).toMatchObject({ apiEndpoints: [null] });
  expect((await ask("GET /api-endpoints")).body).toEqual({
    [idOf("apiEndpoint", 1)]: {
      friendlyName: "Cars",
      host: "gateway-demo-dev.lunchbadger.local",
      paths: ["/cars", "/cars/*"],
      methods: ["GET", "POST"],
      scopes: ["cars:read"],
    },
    admin: { host: "admin-gateway-demo-dev.lunchbadger.local" },
  });
  expect((await ask("GET /service-endpoints")).body).toMatchObject({
    [idOf("serviceEndpoint", 1)]: { friendlyName: "Garage" },
    [idOf("serviceEndpoint", 2)]: { urls: ["https://weather.example/v1"] },
    [idOf("model", 1)]: { friendlyName: "Car", url: "http://workspace-demo-dev.customer:3000/api/Cars" },
    admin: { url: "http://localhost:9876" },
  });
});

it("where the project has no such gateway, every connection is cut", async () => {
  await start();
  for (const [gateway, producer] of [
    ["other", "demo"],
    ["gateway", "nobody"],
    ["", "demo"],
  ] as const) {
    await expect(askAdmin(adminAddress(sandbox, gateway, producer), "GET /pipelines")).rejects.toThrow(
      "fetch failed",
    );
  }
  expect(sandbox.gateways.server.requests.at(-1)?.status).toBeUndefined();
  expect(() => sandbox.gateways.of("other", "demo", "dev")).toThrow("no gateway other of demo runs in dev");
});

it("a gateway that is deleted from the project is gone; saved again, it is another one with the old consumers", async () => {
  await start();
  const { state } = sandbox.workspaces.pod("demo", "dev");
  const { gateways } = state.project();
  await ask("PUT /pipelines/extra", { policies: [] });
  await ask("POST /users", { username: "joe", firstname: "Joe", lastname: "Doe" });
  state.changeProject({ gateways: [] });
  await expect(ask("GET /pipelines")).rejects.toThrow("fetch failed");
  state.changeProject({ gateways });
  expect(gateway().stored().pipelines).not.toHaveProperty("extra");
  expect((await ask("GET /users/joe")).status).toBe(200);
});

it("names of gateways and producers may have dashes, and two gateways share nothing but their consumers", async () => {
  await start(stale);
  const { platform } = sandbox.gitea;
  platform.addUser({ login: "customer-new-one", email: "new@customer.example" });
  platform.addRepository("customer-new-one", "dev");
  const saved = ["my-gate", "my"].map((dnsPrefix) => ({
    id: dnsPrefix,
    name: dnsPrefix,
    dnsPrefix,
    pipelines: [],
  }));
  sandbox.workspaces.pod("new-one", "dev").state.changeProject({ gateways: saved });
  const first = adminAddress(sandbox, "my-gate", "new-one");
  const second = adminAddress(sandbox, "my", "new-one");

  expect((await askAdmin(first, "PUT /pipelines/one", { policies: [] })).status).toBe(201);
  expect((await askAdmin(second, "PUT /pipelines/one", { policies: [] })).status).toBe(201);
  await askAdmin(first, "POST /users", { username: "joe", firstname: "Joe", lastname: "Doe" });
  expect((await askAdmin(second, "GET /users/joe")).status).toBe(200);
  expect((await ask("GET /users/joe")).status).toBe(404);
});

it("a change of a user whom nobody knows is answered and breaks the connection, a question after him does not", async () => {
  await start();
  const broken = await overOneConnection(["PUT /users/nobody", "GET /users"]);
  expect(broken).toMatch(/^HTTP\/1\.1 404 .*connection: keep-alive.*User not found: nobody$/is);
  const kept = await overOneConnection(["GET /users/nobody", "GET /users/nobody"], { close: true });
  expect(kept.match(/User not found: nobody/g)).toHaveLength(2);
});

it("a policy's parameters are checked against its schema, with the defaults filled in for the check only", async () => {
  await start();
  const put = (policy: object): Promise<AdminAnswer> => ask("PUT /pipelines/p", { policies: [policy] });
  expect(await put({ jwt: [{ action: {} }] })).toEqual({
    status: 422,
    body: expect.stringContaining("data should match exactly one schema in oneOf") as string,
  });
  expect((await put({ headers: [{ action: { headersPrefix: "x-" } }] })).body).toBe(
    "data should have required property 'forwardHeaders'",
  );
  expect((await put({ proxy: [{ action: { protocolRewrite: "ftp" } }] })).body).toBe(
    "data.protocolRewrite should be equal to one of the allowed values",
  );
  expect((await put({ "oauth2-introspect": [{ action: { endpoint: "nowhere" } }] })).body).toBe(
    'data.endpoint should match format "uri"',
  );
  expect((await put({ cors: [{ action: {} }] })).status).toBe(201);
  expect(gateway().stored().pipelines["p"]).toEqual({ policies: [{ cors: [{ action: {} }] }] });
});

async function start(timing: Partial<GatewayTiming> = {}): Promise<void> {
  sandbox = await startPlatform(timing);
}

function gateway(): RunningGateway {
  return sandbox.gateways.of("gateway", "demo", "dev");
}

function ask(request: string, body?: unknown): Promise<AdminAnswer> {
  return askAdmin(adminAddress(sandbox, "gateway", "demo"), request, body);
}

/** Sends requests over one connection, each when the one before is answered, until it is closed; all that came back. */
async function overOneConnection(requests: readonly string[], { close = false } = {}): Promise<string> {
  const { hostname, port, pathname } = new URL(adminAddress(sandbox, "gateway", "demo"));
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  let received = "";
  for (const [index, request] of requests.entries()) {
    const [method = "GET", path = ""] = request.split(" ");
    const last = close && index === requests.length - 1 ? "Connection: close\r\n" : "";
    socket.write(`${method} ${pathname}${path} HTTP/1.1\r\nHost: gateway\r\n${last}\r\n`);
    const answer = await Promise.race([once(socket, "data"), once(socket, "close")]);
    if (Buffer.isBuffer(answer[0])) received += answer[0].toString();
  }
  if (!socket.closed) await once(socket, "close");
  return received;
}
