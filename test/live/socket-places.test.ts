import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { WebSocket } from "ws";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const query = 'subscription { projectChanged(producer: "demo") { kind } }';

async function statusOfUpgrade(url: string): Promise<number> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  socket.on("error", () => undefined);
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
  return response.statusCode;
}

test("the process has as many sockets as the limit", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT: "1" } });
  const { begin, socket } = await openSocket(sett.url);
  await begin("token demo-token");
  expect(await statusOfUpgrade(sett.url)).toBe(503);
  socket.terminate();
  await vi.waitFor(async () => (await openSocket(sett.url)).begin("token demo-token"), { timeout: 10_000 });
});

test("sockets that say nothing keep nobody out: those silent longest give way, those that have begun stay", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT: "3" } });
  const first = await openSocket(sett.url);
  await first.begin("token demo-token");
  const silent = [await openSocket(sett.url), await openSocket(sett.url)];
  const second = await openSocket(sett.url);
  await silent[0]?.closed;
  await second.begin("token al-token");
  const stream = await openEventStream(sett.url, { query }, { authorization: "token zu-token" });
  await silent[1]?.closed;
  expect(stream.response.status).toBe(200);
  expect(await statusOfUpgrade(sett.url)).toBe(503);
  for (const { say, hear } of [first, second]) {
    say({ type: "ping" });
    expect(await hear()).toEqual({ type: "pong" });
  }
});

test("requests for streams that do not come to their end take no places", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT: "2" } });
  const head = [
    "POST /graphql/stream HTTP/1.1",
    "host: sett",
    "accept: text/event-stream",
    "content-type: application/json",
    "content-length: 100",
  ];
  for (let count = 0; count < 4; count += 1) {
    const connection = connect(sett.gateway.port, "127.0.0.1").on("error", () => undefined);
    onTestFinished(() => void connection.destroy());
    connection.write(`${head.join("\r\n")}\r\n\r\n{`);
  }
  // With itself, the page that tells it.
  await vi.waitFor(async () => expect(await sett.measured("sett_http_requests_running")).toBe(5), {
    timeout: 10_000,
  });
  expect(await sett.measured('sett_sockets_open{transport="event-stream"}')).toBeNaN();
  await (await openSocket(sett.url)).begin("token demo-token");
  const { response } = await openEventStream(sett.url, { query }, { authorization: "token al-token" });
  expect(response.status).toBe(200);
});

test("nobody has a tenth of the places, whatever address they come from; who signs in has the others", async () => {
  const sett = await startSett({ env: { SOCKET_LIMIT: "20" } });
  for (let count = 0; count < 2; count += 1) await (await openSocket(sett.url)).begin();
  const third = await openSocket(sett.url);
  third.say({ type: "connection_init" });
  expect(await third.closed).toMatchObject({ code: 1013 });
  expect((await openEventStream(sett.url, { query: "{ __typename }" })).response.status).toBe(429);
  const unknown = { authorization: "token nobodys-token" };
  expect((await openEventStream(sett.url, { query }, unknown)).response.status).toBe(429);
  await (await openSocket(sett.url)).begin("token demo-token");
});

test("who is let in without a credential is cut with 4408 once nothing has run for a while", async () => {
  const sett = await startSett({ env: { SOCKET_INIT_TIMEOUT: "1s" } });
  const idle = await openSocket(sett.url);
  await idle.begin();
  const asking = await openSocket(sett.url);
  await asking.begin();
  asking.say({ id: "1", type: "subscribe", payload: { query: "{ __typename }" } });
  expect(await asking.hear()).toMatchObject({ type: "next" });
  expect(await idle.closed).toMatchObject({ code: 4408 });
  expect(await asking.closed).toMatchObject({ code: 4408 });
});

test("who has signed in stays, also when nothing runs", async () => {
  const sett = await startSett({ env: { SOCKET_INIT_TIMEOUT: "1s", SOCKET_PING: "400ms" } });
  const { socket, begin, say, hear } = await openSocket(sett.url, {
    headers: { authorization: "token demo-token" },
  });
  await begin();
  for (let pings = 0; pings < 4; pings += 1) await once(socket, "ping");
  say({ type: "ping" });
  expect(await hear()).toEqual({ type: "pong" });
});
