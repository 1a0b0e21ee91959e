import { once } from "node:events";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const watch = { query: 'subscription { projectChanged(producer: "demo") { kind } }' };
const subscribe = (id: string, payload: object = watch) => ({ id, type: "subscribe", payload });
const who = { query: "{ viewer { login } }" };

test("queries run over a socket like over HTTP, several at once, each under its own id", async () => {
  const sett = await startSett();
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("a", who));
  const heard = [await hear(), await hear()];
  expect(heard).toEqual([
    { id: "a", type: "next", payload: { data: { viewer: { login: "customer-demo" } } } },
    { id: "a", type: "complete" },
  ]);
  say(subscribe("a", { query: "query A { __typename } query B { x: __typename }", operationName: "B" }));
  expect(await hear()).toMatchObject({ payload: { data: { x: "Query" } } });
});

test("mutations run over a socket under the same rules", async () => {
  const sett = await startSett();
  const save =
    'mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "a.txt", text: "a" }] }) { deleted } }';
  for (const [name, answer] of [
    ["al", { data: { saveFiles: { deleted: [] } } }],
    ["zu", { data: { saveFiles: null }, errors: [{ extensions: { code: "FORBIDDEN" } }] }],
  ] as const) {
    const { begin, say, hear } = await openSocket(sett.url);
    await begin(`token ${name}-token`);
    say(subscribe("1", { query: save }));
    expect(await hear()).toMatchObject({ type: "next", payload: answer });
  }
});

test("who one is may come with the request, and what is said at the beginning stands over it", async () => {
  const sett = await startSett();
  const headers = { authorization: "token al-token" };
  for (const [said, login] of [
    [undefined, "customer-al"],
    ["token demo-token", "customer-demo"],
  ] as const) {
    const { begin, say, hear } = await openSocket(sett.url, { headers });
    await begin(said);
    say(subscribe("1", who));
    expect(await hear()).toMatchObject({ payload: { data: { viewer: { login } } } });
  }
});

test.each([
  ["a token that Gitea does not know", "token nobodys-token"],
  ["what cannot be read as a credential", "Basic ZGVtbzpkZW1v"],
])("one who shows %s is closed out with 4403", async (_what, authorization) => {
  const sett = await startSett();
  const { say, closed } = await openSocket(sett.url);
  say({ type: "connection_init", payload: { authorization } });
  expect(await closed).toMatchObject({ code: 4403 });
});

test.each([7, null])("a credential that is no text is not taken for none: %s", async (authorization) => {
  const sett = await startSett();
  const { say, closed } = await openSocket(sett.url, { headers: { authorization: "token demo-token" } });
  say({ type: "connection_init", payload: { authorization } });
  expect(await closed).toMatchObject({ code: 4403 });
});

test("nobody is let in, asked to sign in for what is guarded, and no service is asked", async () => {
  const sett = await startSett();
  const { begin, say, hear } = await openSocket(sett.url);
  await begin();
  say(subscribe("1"));
  expect(await hear()).toMatchObject({
    id: "1",
    type: "error",
    payload: [{ path: ["projectChanged"], extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect(sett.upstreamCalls()).toEqual([]);
});

test("an outage of Gitea is told of an operation and is no reason to close", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("1"));
  expect(await hear()).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "UPSTREAM_UNAVAILABLE" } }],
  });
});

test.each([
  ["no JSON", "subscribe please", 4400],
  ["a type that is none", { type: "start" }, 4400],
  ["what only a server says", { id: "1", type: "next", payload: {} }, 4400],
  ["a query that is no text", { id: "1", type: "subscribe", payload: { query: 1 } }, 4400],
  ["an operation before it began", subscribe("1"), 4401],
])("a client that says %s is closed out", async (_what, message, code) => {
  const sett = await startSett();
  const { say, closed } = await openSocket(sett.url);
  say(message);
  expect(await closed).toMatchObject({ code });
});

test("a message that is no text closes the socket", async () => {
  const sett = await startSett();
  const { socket, closed } = await openSocket(sett.url);
  socket.send(Buffer.from('{"type":"connection_init"}'), { binary: true });
  expect(await closed).toMatchObject({ code: 4400 });
});

test("beginning twice closes the socket with 4429, an id that is taken with 4409", async () => {
  const sett = await startSett();
  const twice = await openSocket(sett.url);
  await twice.begin();
  twice.say({ type: "connection_init" });
  expect(await twice.closed).toMatchObject({ code: 4429 });
  const taken = await openSocket(sett.url);
  await taken.begin("token demo-token");
  taken.say(subscribe("1"));
  taken.say(subscribe("1"));
  expect(await taken.closed).toMatchObject({ code: 4409 });
});

test("only graphql-transport-ws is spoken", async () => {
  const sett = await startSett();
  const socket = new WebSocket(`${sett.url.replace("http", "ws")}/graphql`);
  const [code] = (await once(socket, "close")) as [number];
  expect(code).toBe(4406);
});

test("a ping of the protocol is answered with what it carried", async () => {
  const sett = await startSett();
  const { say, hear } = await openSocket(sett.url);
  say({ type: "ping" });
  expect(await hear()).toEqual({ type: "pong" });
  say({ type: "ping", payload: { at: 1 } });
  expect(await hear()).toEqual({ type: "pong", payload: { at: 1 } });
});

test("a subscription that its client ends is over, and its id is free", async () => {
  const sett = await startSett();
  const { begin, say } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("1"));
  await sett.subscriptionsRun(1);
  say({ id: "1", type: "complete" });
  await sett.subscriptionsRun(0);
  say(subscribe("1"));
  await sett.subscriptionsRun(1);
});

test("sockets are at /graphql and nowhere else", async () => {
  const sett = await startSett();
  const socket = new WebSocket(`${sett.url.replace("http", "ws")}/elsewhere`, "graphql-transport-ws");
  socket.on("error", () => undefined);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
  expect(response.statusCode).toBe(404);
});

test("over plain HTTP a subscription is refused, with where they run", async () => {
  const sett = await startSett();
  const { status, codes, errors } = await sett.as("demo").askText(watch.query);
  expect([status, codes]).toEqual([400, ["BAD_REQUEST"]]);
  expect(errors[0]?.message).toContain("/graphql/stream");
  expect(sett.upstreamCalls()).toEqual([]);
});

test("each operation has a line in the log that follows from the request's id, and no token is in any", async () => {
  const sett = await startSett();
  const { begin, say, hear } = await openSocket(sett.url, { headers: { "x-request-id": "canvas-0001" } });
  await begin("token demo-token");
  say(subscribe("1", { query: "query Who { viewer { login } }" }));
  await hear();
  say(subscribe("2", { query: 'subscription W { projectChanged(producer: "demo") { kind } }' }));
  await sett.subscriptionsRun(1);
  say({ id: "2", type: "complete" });
  await sett.subscriptionsRun(0);
  const lines = sett.log.entries.filter(({ requestId }) => String(requestId).startsWith("canvas-0001."));
  expect(lines).toMatchObject([
    { requestId: "canvas-0001.1", msg: "operation", operation: "Who", type: "query", codes: [] },
    { requestId: "canvas-0001.2", msg: "operation", operation: "W", type: "subscription", codes: [] },
    { requestId: "canvas-0001.2", msg: "subscription ended", reason: "client" },
  ]);
  expect(sett.log.text.join("")).not.toContain("demo-token");
});

test("of several operations, one must be named", async () => {
  const sett = await startSett();
  const { begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  say(subscribe("1", { query: "query A { __typename } query B { __typename }" }));
  expect(await hear()).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "OPERATION_RESOLUTION_FAILURE" } }],
  });
});
