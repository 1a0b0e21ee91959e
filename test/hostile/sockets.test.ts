import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { inMemory } from "./memory.ts";

/** A connection that was promoted to a WebSocket, on which the test says bytes instead of messages. */
async function openBytes(port: number): Promise<{ socket: Socket; closed: Promise<number | undefined> }> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const lines = [
    "GET /graphql HTTP/1.1",
    "host: sett",
    "connection: upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    "sec-websocket-protocol: graphql-transport-ws",
    `sec-websocket-key: ${randomBytes(16).toString("base64")}`,
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "data");
  let code: number | undefined;
  socket.on("data", (bytes) => {
    // A frame that closes: its code are the two bytes after its length.
    if (bytes[0] === 0x88) code = bytes.readUInt16BE(2);
  });
  return { socket, closed: new Promise((resolve) => socket.once("close", () => resolve(code))) };
}

/** A frame as it stands on the wire; the mask is all zeros, so that the payload is readable. */
function frame(
  firstByte: number,
  payload: Buffer,
  { isMasked = true, length = payload.length } = {},
): Buffer {
  const mask = isMasked ? 0x80 : 0;
  const extended = Buffer.alloc(8);
  extended.writeBigUInt64BE(BigInt(length));
  return Buffer.concat([
    Buffer.from([firstByte, mask | 127]),
    extended,
    ...(isMasked ? [Buffer.alloc(4)] : []),
    payload,
  ]);
}

const [text, fin, ping] = [0x01, 0x80, 0x09];
const bytes = (length: number) => Buffer.alloc(length, "a");
const socketsOpen = (sett: Sett) => sett.measured('sett_sockets_open{transport="websocket"}');
const allGone = (sett: Sett) =>
  vi.waitFor(async () => expect(await socketsOpen(sett)).toBe(0), { timeout: 10_000 });

test.each([
  ["a frame that is not masked", frame(fin | text, bytes(10), { isMasked: false }), 1002],
  ["a frame of a kind that there is none of", frame(fin | 0x03, bytes(1)), 1002],
  ["a frame with bits that mean nothing here", frame(fin | 0x70 | text, bytes(1)), 1002],
  ["a frame that goes on with nothing", frame(fin, bytes(10)), 1002],
  ["a ping in parts", frame(ping, bytes(10)), 1002],
  ["a ping of a megabyte", frame(fin | ping, bytes(1_000_000)), 1002],
  [
    "a frame that says it is longer than there are numbers",
    frame(fin | text, bytes(1), { length: 2 ** 62 }),
    1009,
  ],
  ["a text that is none", frame(fin | text, Buffer.from([0xff, 0xfe])), 1007],
])("%s closes its socket and nobody else's, with a code", async (_what, said, code) => {
  const sett = await startSett();
  const { socket, closed } = await openBytes(sett.gateway.port);
  const other = await openSocket(sett.url);
  await other.begin("token demo-token");
  socket.write(said);
  expect(await closed).toBe(code);
  other.say({ type: "ping" });
  expect(await other.hear()).toEqual({ type: "pong" });
});

test("a message in parts without end is cut at the length of a body, and what it held is let go of", async () => {
  const sett = await startSett({ env: { SOCKET_INIT_TIMEOUT: "60s" } });
  const parts = Array.from({ length: 200 }, () => frame(0, bytes(50_000)));
  const said = Buffer.concat([frame(text, bytes(50_000)), ...parts]);
  await inMemory(100, async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => openBytes(sett.gateway.port)));
    for (const { socket } of all) socket.write(said);
    const codes = await Promise.all(all.map(({ closed }) => closed));
    expect(codes.every((code) => code === undefined || code === 1009)).toBe(true);
    await allGone(sett);
  });
});

test("a message whose end never comes is cut with its socket, as of anybody who says nothing", async () => {
  const sett = await startSett({ env: { SOCKET_INIT_TIMEOUT: "200ms" } });
  const { socket, closed } = await openBytes(sett.gateway.port);
  socket.write(frame(text, bytes(900_000)));
  expect(await closed).toBe(4408);
  await allGone(sett);
});

test("a flood of operations over a socket is answered one by one with what is too much, and leaves nothing", async () => {
  const sett = await startSett({ env: { SUBSCRIPTION_LIMIT: "5", SOCKET_BUFFER_LIMIT: "10000000" } });
  const { socket, begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  const query = 'subscription { projectChanged(producer: "demo") { kind } }';
  for (let id = 0; id < 2000; id += 1) say({ id: String(id), type: "subscribe", payload: { query } });
  const other = sett.as("al").askText("{ viewer { login } }");
  for (let count = 5; count < 2000; count += 1) {
    expect(await hear()).toMatchObject({
      type: "error",
      payload: [{ extensions: { code: "RATE_LIMITED" } }],
    });
  }
  expect((await other).codes).toEqual([]);
  await sett.subscriptionsRun(5);
  socket.terminate();
  await sett.subscriptionsRun(0);
  await allGone(sett);
});

test("operations that are begun and ended as fast as can be said hold nothing, and others are answered", async () => {
  const sett = await startSett();
  const { socket, begin, say, hear } = await openSocket(sett.url);
  await begin("token demo-token");
  const query = 'subscription { projectChanged(producer: "demo") { kind } }';
  for (let id = 0; id < 500; id += 1) {
    say({ id: String(id), type: "subscribe", payload: { query } });
    say({ id: String(id), type: "complete" });
  }
  expect((await sett.as("al").askText("{ viewer { login } }")).codes).toEqual([]);
  say({ type: "ping" });
  let heard = await hear();
  while (heard.type !== "pong") heard = await hear();
  await sett.subscriptionsRun(0);
  socket.terminate();
  await allGone(sett);
});

test("sockets that open and go as fast as they can leave none, and others are answered meanwhile", async () => {
  const sett = await startSett();
  for (let round = 0; round < 5; round += 1) {
    const all = await Promise.all(Array.from({ length: 100 }, () => openBytes(sett.gateway.port)));
    expect((await sett.as("demo").askText("{ viewer { login } }")).codes).toEqual([]);
    for (const { socket } of all) socket.resetAndDestroy();
  }
  await allGone(sett);
  expect(await sett.measured("sett_subscriptions_running")).toBe(0);
});
