import { setTimeout as wait } from "node:timers/promises";
import type { Options } from "../options.ts";
import { startServer, type ServerProcess } from "../process/server.process.ts";
import type { Heard } from "../servers/subscribers.server.ts";
import { affordable } from "./open-files.ts";
import type { LiveState } from "./state.ts";

/** What subscribers cost one server, and how long they waited. */
export interface LiveRow {
  readonly name: string;
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly eventMs: number;
  readonly deliveryMicroseconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const warm = {
  PERMISSION_TTL: "60m",
  VIEWER_TTL: "60m",
  SOCKET_LIMIT_PER_VIEWER: "1000000",
  SUBSCRIPTION_LIMIT_PER_VIEWER: "1000000",
};
const warmUpEvents = 5;
const longestMs = 60_000;

/** So many connections show the same credential, as several windows of one person do. */
const perToken = 50;

interface Means {
  readonly options: Options;
  readonly subscribers: number;
  readonly complain: (problem: string) => void;
}

const stateOf = async (server: ServerProcess) => (await server.ask({ state: true })) as LiveState;

/** Resolves when so many subscriptions run. */
export async function running(server: ServerProcess, count: number): Promise<LiveState> {
  for (const until = performance.now() + longestMs; performance.now() < until; await wait(200)) {
    const state = await stateOf(server);
    if (state.subscriptions === count) return state;
  }
  throw new Error(`There are not ${count} subscriptions.`);
}

async function tell(server: ServerProcess, from: number, count: number, everyMs: number): Promise<void> {
  const startedAt = performance.now();
  for (let number = 0; number < count; number += 1) {
    await server.ask({ publish: from + number });
    await wait(Math.max(0, startedAt + (number + 1) * everyMs - performance.now()));
  }
}

async function measureOne(name: string, server: ServerProcess, means: Means): Promise<LiveRow> {
  const { options, subscribers, complain } = means;
  const clients = await startServer("subscribers", { upstream: "", environment: {} }, undefined);
  const open = (count: number) =>
    clients.ask({ open: count, port: server.port, tokens: Math.ceil(subscribers / perToken) });
  const heard = async (events: number, listeners: number) => {
    const expected = events * listeners;
    const result = (await clients.ask({ hear: expected, longestMs })) as Heard;
    if (result.deliveries !== expected) complain(`${name}: ${result.deliveries} of ${expected} events came`);
    if (result.wrong[0] !== undefined) complain(`${name}: a wrong message, ${result.wrong[0]}`);
    return result;
  };
  // What only the first subscribers cost, code above all, is not counted for the others.
  const few = Math.min(perToken, subscribers / 2);
  await open(few);
  await running(server, few);
  await tell(server, 0, warmUpEvents, 20);
  await heard(warmUpEvents, few);
  const before = await stateOf(server);
  await open(subscribers - few);
  const after = await running(server, subscribers);
  await tell(server, warmUpEvents, warmUpEvents, options.eventIntervalMs);
  await heard(warmUpEvents, subscribers);

  const start = await server.read();
  await tell(server, 2 * warmUpEvents, options.events, options.eventIntervalMs);
  const { p50Ms, p99Ms } = await heard(options.events, subscribers);
  const eventMs = ((await server.read()).cpuMicroseconds - start.cpuMicroseconds) / 1000 / options.events;
  await clients.stop();
  const more = subscribers - few;
  return {
    name,
    heapBytes: (after.heapBytes - before.heapBytes) / more,
    rssBytes: (after.rssBytes - before.rssBytes) / more,
    eventMs,
    deliveryMicroseconds: (eventMs * 1000) / subscribers,
    p50Ms,
    p99Ms,
  };
}

/** Compares the gateway's subscriptions with those of a plain server; complains of whatever was told wrong or not at all. */
export async function measureLive(
  options: Options,
  complain: (problem: string) => void,
): Promise<{ readonly rows: readonly LiveRow[]; readonly lines: readonly string[] }> {
  const { count: subscribers, lines } = affordable(options.subscribers);
  const { profileFolder } = options;
  const tokens = Math.ceil(subscribers / perToken);
  const sandbox = await startServer("sandbox", { upstream: "", environment: {}, tokens }, undefined);
  const { addresses } = sandbox;
  if (!addresses) throw new Error("The sandbox does not say where it is.");
  const rows: LiveRow[] = [];
  for (const [name, file, settings] of [
    ["the gateway", "live", { upstream: "", environment: warm, addresses }],
    ["plain graphql-ws", "plain-live", { upstream: "", environment: {} }],
  ] as const) {
    const server = await startServer(file, settings, profileFolder, ["--expose-gc"]);
    rows.push(await measureOne(name, server, { options, subscribers, complain }));
    await server.stop();
  }
  await sandbox.stop();
  const about = `${subscribers} WebSockets with a subscription each, one event in ${options.eventIntervalMs} ms.`;
  return { rows, lines: [...lines, about] };
}
