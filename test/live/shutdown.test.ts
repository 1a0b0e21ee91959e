import { expect, test, vi } from "vitest";
import { ProjectChangedDocument } from "../generated/operations.ts";
import { openEventStream } from "../support/event-stream.ts";
import { SocketClosed } from "../support/live-client.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const demo = { authorization: "token demo-token" };
const query = 'subscription { projectChanged(producer: "demo") { kind } }';

test("on a stop, sockets are closed with 1001 and streams end, without a word of completion, so that clients come again", async () => {
  const sett = await startSett({ env: { SHUTDOWN_DEADLINE: "1h" } });
  const raw = await openSocket(sett.url);
  await raw.begin("token demo-token");
  raw.say({ id: "1", type: "subscribe", payload: { query } });
  const watching = sett.as("al").subscribe(ProjectChangedDocument, { producer: "demo" });
  const { event } = await openEventStream(sett.url, { query }, demo);
  const idle = await openSocket(sett.url);
  await sett.subscriptionsRun(3);
  expect(await sett.gateway.stop()).toBe(true);
  expect(await raw.closed).toMatchObject({ code: 1001 });
  expect(await idle.closed).toMatchObject({ code: 1001 });
  await expect(raw.hear()).rejects.toThrow("closed with 1001");
  await expect(watching.event()).rejects.toThrow(SocketClosed);
  expect(await event()).toBeUndefined();
});

test("what is being answered over a socket is answered before it closes", async () => {
  const sett = await startSett();
  const { begin, say, hear, closed } = await openSocket(sett.url);
  await begin("token demo-token");
  sett.upstreamCalls();
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 300 });
  say({
    id: "1",
    type: "subscribe",
    payload: { query: '{ repo(owner: "customer-demo", name: "functions") { name } }' },
  });
  await vi.waitFor(() => expect(sett.upstreamCalls()).not.toEqual([]), { timeout: 10_000 });
  const stopped = sett.gateway.stop();
  expect(await hear()).toMatchObject({ type: "next", payload: { data: { repo: { name: "functions" } } } });
  expect(await hear()).toMatchObject({ type: "complete" });
  expect(await closed).toMatchObject({ code: 1001 });
  expect(await stopped).toBe(true);
});

test("a subscription that is still being opened when the gateway stops is waited for no longer than until it is", async () => {
  const sett = await startSett({ env: { SHUTDOWN_DEADLINE: "1h" } });
  const { begin, say, hear, closed } = await openSocket(sett.url);
  await begin("token demo-token");
  sett.upstreamCalls();
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 300 });
  say({ id: "1", type: "subscribe", payload: { query } });
  await vi.waitFor(() => expect(sett.upstreamCalls()).not.toEqual([]), { timeout: 10_000 });
  expect(await sett.gateway.stop()).toBe(true);
  await expect(hear()).rejects.toThrow("closed with 1001");
  expect(await closed).toMatchObject({ code: 1001 });
});

test("what is not answered within SHUTDOWN_DEADLINE is cut", async () => {
  const sett = await startSett({ env: { SHUTDOWN_DEADLINE: "200ms" } });
  const { begin, say, closed } = await openSocket(sett.url);
  await begin("token demo-token");
  sett.upstreamCalls();
  sett.sandbox.gitea.faults.set({ mode: "hang" });
  say({
    id: "1",
    type: "subscribe",
    payload: { query: '{ repo(owner: "customer-demo", name: "functions") { name } }' },
  });
  await vi.waitFor(() => expect(sett.upstreamCalls()).not.toEqual([]), { timeout: 10_000 });
  expect(await sett.gateway.stop()).toBe(false);
  expect(await closed).toMatchObject({ code: 1006 });
});

test("a client that does not take leave does not keep the gateway", async () => {
  const sett = await startSett({ env: { SHUTDOWN_DEADLINE: "1h" } });
  const { begin, socket } = await openSocket(sett.url);
  await begin("token demo-token");
  socket.pause();
  expect(await sett.gateway.stop()).toBe(true);
});
