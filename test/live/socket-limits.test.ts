import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const subscribe = (id: string, query = 'subscription { projectChanged(producer: "demo") { kind } }') => ({
  id,
  type: "subscribe",
  payload: { query },
});

/** The status with which a socket is turned away. */
async function turnedAway(url: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws", { headers });
  socket.on("error", () => undefined);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
  return response.statusCode;
}

test.each([
  ["depth", { DEPTH_LIMIT: "2" }, "{ viewer { projects { totalCount } } }", "BAD_USER_INPUT"],
  ["cost", { COST_LIMIT: "5" }, "{ producers(first: 50) { nodes { name } } }", "BAD_USER_INPUT"],
  ["tokens", { TOKEN_LIMIT: "10" }, `{ viewer { ${"login ".repeat(20)} } }`, "GRAPHQL_PARSE_FAILED"],
  ["introspection", { INTROSPECTION: "false" }, "{ __schema { description } }", "GRAPHQL_VALIDATION_FAILED"],
  ["fields that are there", {}, "{ nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ["arguments", {}, 'subscription { projectChanged(producer: "../x") { kind } }', "BAD_USER_INPUT"],
  [
    "aliases",
    { ALIAS_LIMIT: "0" },
    'subscription { a: projectChanged(producer: "demo") { kind } }',
    "BAD_USER_INPUT",
  ],
])("what is refused over HTTP for its %s is refused over a socket", async (_what, env, query, code) => {
  const sett = await startSett({ env });
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  sett.upstreamCalls();
  say(subscribe("1", query));
  expect(await hear()).toMatchObject({ id: "1", type: "error", payload: [{ extensions: { code } }] });
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a variable that does not fit is named, as over HTTP", async () => {
  const sett = await startSett();
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  const query = "subscription ($producer: ProducerName!) { projectChanged(producer: $producer) { kind } }";
  say({ id: "1", type: "subscribe", payload: { query, variables: { producer: 7 } } });
  expect(await hear()).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "BAD_USER_INPUT", problems: [{ field: "producer" }] } }],
  });
});

test("with INTROSPECTION off, nothing of the schema is suggested", async () => {
  const sett = await startSett({ env: { INTROSPECTION: "false" } });
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("1", "{ viewr { login } }"));
  expect(JSON.stringify(await hear())).not.toContain("Did you mean");
});

test("one who does not say who they are is cut with 4408", async () => {
  const sett = await startSett({ env: { SOCKET_INIT_TIMEOUT: "50ms" } });
  const { closed } = await openSocket(sett.url);
  expect(await closed).toMatchObject({ code: 4408 });
});

test("a message may be as long as a body and no longer", async () => {
  const sett = await startSett({ env: { BODY_LIMIT: "500" } });
  const { begin, say, closed } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("1", `{ viewer { login } } # ${"a".repeat(500)}`));
  expect(await closed).toMatchObject({ code: 1009 });
});

test("a socket runs as many operations as the limit, and one more when one is over", async () => {
  const sett = await startSett({ env: { SUBSCRIPTION_LIMIT: "2" } });
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("1"));
  say(subscribe("2"));
  await sett.subscriptionsRun(2);
  say(subscribe("3"));
  expect(await hear()).toMatchObject({
    id: "3",
    type: "error",
    payload: [{ extensions: { code: "RATE_LIMITED", retryAfterMs: 1000 } }],
  });
  say({ id: "1", type: "complete" });
  await sett.subscriptionsRun(1);
  say(subscribe("3"));
  await sett.subscriptionsRun(2);
});

test("one person has as many sockets as the limit, by whatever token; others are not concerned", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT_PER_VIEWER: "2" } });
  sett.sandbox.gitea.platform.addToken("customer-demo", "second-token", ["read:user", "read:repository"]);
  const first = await openSocket(sett.url);
  await first.begin("token demo-token");
  await (await openSocket(sett.url)).begin("token second-token");
  const third = await openSocket(sett.url);
  third.say({ type: "connection_init", payload: { authorization: "token demo-token" } });
  expect(await third.closed).toMatchObject({ code: 1013 });
  await (await openSocket(sett.url)).begin("token al-token");
  first.socket.terminate();
  await vi.waitFor(async () => (await openSocket(sett.url)).begin("token demo-token"), { timeout: 10_000 });
});

test("pages of other origins are turned away, those of configured ones and the gateway's own are not", async () => {
  const sett = await startSett({ env: { CORS_ORIGINS: "https://canvas.example" } });
  for (const origin of [
    "https://evil.example",
    "https://canvas.example.evil.example",
    "http://canvas.example",
    "null",
    "file://",
  ]) {
    expect(await turnedAway(sett.url, { origin })).toBe(403);
  }
  for (const origin of ["https://canvas.example", sett.url]) {
    await (await openSocket(sett.url, { headers: { origin } })).begin();
  }
});

test("a client that reads nothing is cut, whatever it says of being alive", async () => {
  const sett = await startSett({ env: { SOCKET_PING: "50ms" } });
  const { socket, begin } = await openSocket(sett.url, { autoPong: false });
  await begin("token demo-token");
  const lying = setInterval(() => socket.pong("alive"), 5);
  const [code] = (await once(socket, "close")) as [number];
  clearInterval(lying);
  expect(code).toBe(1006);
  expect(sett.log.entries).toContainEqual(
    expect.objectContaining({ msg: "socket cut", why: "its client does not answer" }),
  );
});

test("a client that answers pings stays", async () => {
  const sett = await startSett({ env: { SOCKET_PING: "30ms" } });
  const { socket, begin, say, hear } = await openSocket(sett.url);
  await begin();
  for (let pings = 0; pings < 4; pings += 1) await once(socket, "ping");
  say({ type: "ping" });
  expect(await hear()).toEqual({ type: "pong" });
});

test("a client that makes the gateway write and does not read is cut before it costs memory", async () => {
  const sett = await startSett({ env: { SOCKET_BUFFER_LIMIT: "100000" } });
  const { socket, say, begin } = await openSocket(sett.url);
  await begin("token demo-token");
  socket.pause();
  const flood = setInterval(() => say({ type: "ping", payload: { a: "a".repeat(200_000) } }), 1);
  socket.on("error", () => undefined);
  await vi.waitFor(
    async () => expect(await sett.measured('sett_sockets_open{transport="websocket"}')).toBe(0),
    {
      timeout: 10_000,
    },
  );
  clearInterval(flood);
  expect(sett.log.entries).toContainEqual(
    expect.objectContaining({ msg: "socket cut", why: "too much waits for its reader" }),
  );
});

test("a slow reader holds nobody up, loses its oldest events only, and is told how many", async () => {
  const saves = 12;
  const sett = await startSett({ env: { EVENT_QUEUE_LIMIT: "2", SOCKET_BUFFER_LIMIT: "8000000" } });
  // So long an answer that what lies between the two ends does not hold all of them.
  const names = Array.from({ length: 200 }, (_, index) => `${"a".repeat(180)}${index}`);
  const aliases = names.slice(0, 50).map((_, index) => `a${index}: entities`);
  const long = `subscription { projectChanged(producer: "demo") { missed ${aliases.join(" ")} } }`;
  const slow = await openSocket(sett.url, { maxPayload: 1e9 });
  await slow.begin("token demo-token");
  slow.say(subscribe("1", long));
  const quick = sett.as("al").subscribeText('subscription { projectChanged(producer: "demo") { missed } }');
  await sett.subscriptionsRun(2);

  slow.socket.pause();
  const save = `mutation ($document: JSONObject!) {
    saveProject(input: { project: { producer: "demo" }, document: $document }) { revision }
  }`;
  for (let count = 0; count < saves; count += 1) {
    const document = Object.fromEntries(names.map((name) => [name, count]));
    expect((await sett.as("demo").askText(save, { document })).codes).toEqual([]);
    expect((await quick.event()).data).toEqual({ projectChanged: { missed: 0 } });
  }
  expect(await sett.measured('sett_hub{count="waiting"}')).toBe(2);
  expect(await sett.measured('sett_hub{count="lost"}')).toBeGreaterThan(0);

  slow.socket.resume();
  let [told, missed] = [0, 0];
  while (told + missed < saves) {
    const { payload } = await slow.hear();
    const { data } = payload as { data: { projectChanged: { missed: number } } };
    told += 1;
    missed += data.projectChanged.missed;
  }
  expect(missed).toBe(await sett.measured('sett_hub{count="lost"}'));
});
