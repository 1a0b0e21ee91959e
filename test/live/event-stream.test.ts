import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { createClient } from "graphql-sse";
import { expect, onTestFinished, test, vi } from "vitest";
import { openEventStream } from "../support/event-stream.ts";
import { startSett } from "../support/sett.ts";

const demo = { authorization: "token demo-token" };
const query = 'subscription { projectChanged(producer: "demo") { entities } }';
const save =
  'mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "a.txt", text: "a" }] }) { deleted } }';

const post = (url: string, init: RequestInit = {}) =>
  fetch(`${url}/graphql/stream`, {
    method: "POST",
    headers: { accept: "text/event-stream", "content-type": "application/json" },
    body: JSON.stringify({ query: "{ __typename }" }),
    ...init,
  });

test("events come as they happen, in a stream that no cache keeps and no proxy gathers", async () => {
  const sett = await startSett();
  const { response, event } = await openEventStream(sett.url, { query }, demo);
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
    "x-request-id": expect.any(String) as string,
  });
  await sett.subscriptionsRun(1);
  await sett.as("al").askText(save);
  expect(await event()).toMatchObject({
    event: "next",
    data: JSON.stringify({ data: { projectChanged: { entities: ["files/a.txt"] } } }),
  });
});

test("the client of graphql-sse reads it", async () => {
  const sett = await startSett();
  const client = createClient({ url: `${sett.url}/graphql/stream`, headers: demo, retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  const results = client.iterate({ query });
  const first = results.next();
  await sett.subscriptionsRun(1);
  await sett.as("demo").askText(save);
  expect((await first).value).toEqual({ data: { projectChanged: { entities: ["files/a.txt"] } } });
  await results.return?.();
  await sett.subscriptionsRun(0);
});

test("queries and mutations are answered in a stream of one event", async () => {
  const sett = await startSett();
  const { event } = await openEventStream(sett.url, { query: "{ viewer { login } }" }, demo);
  expect((await event())?.data).toBe('{"data":{"viewer":{"login":"customer-demo"}}}');
  expect(await event()).toMatchObject({ event: "complete", data: "" });
  expect(await event()).toBeUndefined();
});

test.each([
  ["nobody", {}, query, "UNAUTHENTICATED"],
  ["one who cannot see the project", { authorization: "token eve-token" }, query, "NOT_FOUND"],
  ["one whose token is not known", { authorization: "token nobodys-token" }, query, "UNAUTHENTICATED"],
  ["one who shows what cannot be read", { authorization: "Basic eA==" }, query, "UNAUTHENTICATED"],
  ["one who asks for what is not there", demo, "subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"],
  ["one who asks what cannot be parsed", demo, "subscription {", "GRAPHQL_PARSE_FAILED"],
  ["one who asks too much", demo, `{ ${"__typename ".repeat(501)} }`, "BAD_USER_INPUT"],
])("%s is told why not, and the stream ends", async (_who, headers, asked, code) => {
  const sett = await startSett();
  const { event } = await openEventStream(sett.url, { query: asked }, headers);
  const { data = "" } = (await event()) ?? {};
  expect(JSON.parse(data)).toMatchObject({ errors: [{ extensions: { code } }] });
  expect(await event()).toMatchObject({ event: "complete" });
  expect(await event()).toBeUndefined();
});

test.each([
  ["GET", { method: "GET", body: null }, 405],
  ["a form of another page", { headers: { "content-type": "text/plain" } }, 415],
  ["a body that is no JSON", { body: "query" }, 400],
  ["a body without a query", { body: "{}" }, 400],
  ["variables that are no object", { body: '{"query":"{ __typename }","variables":1}' }, 400],
  [
    "a client that reads no streams",
    { headers: { accept: "application/json", "content-type": "application/json" } },
    406,
  ],
  ["a body that is too long", { body: JSON.stringify({ query: "a".repeat(2000) }) }, 413],
  [
    "a page of another origin",
    { headers: { origin: "https://evil.example", "content-type": "application/json" } },
    403,
  ],
])("%s is not taken", async (_what, init, status) => {
  const sett = await startSett({ env: { BODY_LIMIT: "1000" } });
  const response = await post(sett.url, init);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
});

test("who asks for a stream while too much is going on is turned away unread, as elsewhere", async () => {
  const sett = await startSett({
    env: { OPERATION_LIMIT: "1", OPERATION_QUEUE_LIMIT: "0", VIEWER_TTL: "0ms" },
  });
  const { faults } = sett.sandbox.gitea;
  faults.set({ mode: "freeze" }, { path: /user$/ });
  const running = sett.as("demo").askText("{ viewer { login } }");
  await vi.waitFor(async () => expect(await sett.measured('sett_operations{state="running"}')).toBe(1), {
    timeout: 10_000,
  });
  const turnedAway = await post(sett.url, { body: "nobody reads this" });
  expect([turnedAway.status, turnedAway.headers.get("retry-after")]).toEqual([429, "1"]);
  expect(await turnedAway.json()).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
  faults.clear();
  expect((await running).codes).toEqual([]);
  expect((await post(sett.url)).status).toBe(200);
});

test("one person has as many streams as the limit, and the process too", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT_PER_VIEWER: "1", SOCKET_LIMIT: "2" } });
  const first = await openEventStream(sett.url, { query }, demo);
  await sett.subscriptionsRun(1);
  const second = await openEventStream(sett.url, { query }, demo);
  expect(second.response.status).toBe(429);
  expect(second.response.headers.get("retry-after")).toBe("5");
  await openEventStream(sett.url, { query }, { authorization: "token al-token" });
  await sett.subscriptionsRun(2);
  expect((await post(sett.url)).status).toBe(503);
  first.leave();
  await sett.subscriptionsRun(1);
  await vi.waitFor(async () => expect((await post(sett.url)).status).toBe(200), { timeout: 10_000 });
});

test("a stream says now and then that it is alive", async () => {
  const sett = await startSett({ env: { SOCKET_PING: "30ms" } });
  const response = await post(sett.url, {
    headers: { ...demo, accept: "text/event-stream", "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  while (text.length < 12) text += new TextDecoder().decode((await reader.read()).value);
  expect(text).toMatch(/^(?::\n\n)+$/);
  await reader.cancel();
});

test("a client that reads nothing of its stream is cut, and its subscription with it", async () => {
  const sett = await startSett({ env: { SOCKET_PING: "100ms" } });
  const names = Array.from({ length: 200 }, (_, index) => `${"a".repeat(180)}${index}`);
  const aliases = names.slice(0, 50).map((_, index) => `a${index}: entities`);
  const long = `subscription { projectChanged(producer: "demo") { ${aliases.join(" ")} } }`;
  const asking = request(`${sett.url}/graphql/stream`, {
    method: "POST",
    headers: { ...demo, accept: "text/event-stream", "content-type": "application/json" },
  });
  onTestFinished(() => void asking.destroy());
  asking.on("error", () => undefined).end(JSON.stringify({ query: long }));
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  response.on("error", () => undefined).pause();
  await sett.subscriptionsRun(1);
  const document = Object.fromEntries(names.map((name) => [name, 1]));
  const save = `mutation ($document: JSONObject!) {
    saveProject(input: { project: { producer: "demo" }, document: $document }) { revision }
  }`;
  await vi.waitFor(
    async () => {
      await sett.as("demo").askText(save, { document });
      expect(await sett.measured("sett_subscriptions_running")).toBe(0);
    },
    { timeout: 15_000 },
  );
  expect(await sett.measured('sett_sockets_open{transport="event-stream"}')).toBe(0);
});
