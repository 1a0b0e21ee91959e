import { setTimeout as wait } from "node:timers/promises";
import type { Options } from "../options.ts";
import { startServer, type ServerProcess } from "../process/server.process.ts";
import type { Came, ComersMessage } from "../servers/comers.server.ts";
import type { LiveState } from "./state.ts";

const tokens = 20;
const pingMs = 2000;
const warmUpMs = 10_000;
const eventEveryMs = 100;
const longestMs = 30_000;
const soaked = {
  PERMISSION_TTL: "3s",
  VIEWER_TTL: "3s",
  SOCKET_PING: `${pingMs}ms`,
  SOCKET_LIMIT_PER_VIEWER: "100000",
  SUBSCRIPTION_LIMIT_PER_VIEWER: "100000",
};

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

const inWords = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

/** What is left once nobody is there any more, as soon as that is nothing, or when it has been waited for long enough. */
async function leftAt(server: ServerProcess): Promise<LiveState> {
  for (const until = performance.now() + longestMs; ; await wait(500)) {
    const state = (await server.ask({ state: true })) as LiveState;
    if (Object.values(state.counts).every((count) => count === 0) || performance.now() > until) return state;
  }
}

/** Lets clients come and go while events flow, and complains of whatever stays when all have gone. */
export async function soak(
  { isSmoke }: Options,
  soakMs: number,
  complain: (problem: string) => void,
): Promise<readonly string[]> {
  const sandbox = await startServer("sandbox", { upstream: "", environment: {}, tokens }, undefined);
  const { addresses } = sandbox;
  if (!addresses) throw new Error("The sandbox does not say where it is.");
  const settings = { upstream: "", environment: soaked, addresses };
  const server = await startServer("live", settings, undefined, ["--expose-gc"]);
  const comers = await startServer("comers", { upstream: "", environment: {} }, undefined);
  let told = 0;

  const play = async (comeForMs: number) => {
    const over = new AbortController();
    const message: ComersMessage = {
      comeForMs,
      port: server.port,
      tokens,
      atOnce: isSmoke ? 50 : 500,
      silentMs: 3 * pingMs,
    };
    const coming = comers.ask(message).finally(() => over.abort());
    while (!over.signal.aborted) {
      await server.ask({ publish: told });
      told += 1;
      await wait(eventEveryMs);
    }
    const came = (await coming) as Came;
    if (came.wrong[0] !== undefined) complain(`soak: a wrong message, ${came.wrong[0]}`);
    return { came, left: await leftAt(server) };
  };

  // Code that runs for the first time, and what is kept for the next, come to stay.
  const { left: before } = await play(Math.min(warmUpMs, soakMs));
  const { came, left } = await play(soakMs);
  if (Object.values(left.counts).some((count) => count !== 0))
    complain(`soak: left are ${inWords(left.counts)}`);
  await Promise.all([comers, server, sandbox].map((each) => each.stop()));
  const all = Object.values(came.ways).reduce((sum, count) => sum + count, 0);
  return [
    `In ${Math.round(soakMs / 1000)} s ${all} clients came and went (${inWords(came.ways)}) and were told ${came.deliveries} events.`,
    `Left: ${inWords(left.counts)}. Heap after collecting garbage: ${megabytes(before.heapBytes)} MB before, ${megabytes(left.heapBytes)} MB after.`,
  ];
}
