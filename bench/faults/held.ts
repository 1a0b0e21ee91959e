import { setTimeout as wait } from "node:timers/promises";
import type { ServerProcess } from "../process/server.process.ts";
import type { Held, WatchedTask } from "../servers/watched.server.ts";
import type { FaultyTask } from "./failings.ts";

const longestLeftMs = 15_000;
const [spareSockets, spareTimers, spareHeapBytes] = [2, 10, 50_000_000];

/** What the gateway holds when nobody asks it anything, and what is open to it once those that nobody uses are closed. */
export async function heldBy(gateway: ServerProcess, platform: ServerProcess): Promise<Held> {
  await platform.ask({ what: "connections" } satisfies FaultyTask);
  await wait(50);
  return (await gateway.ask({ what: "held" } satisfies WatchedTask)) as Held;
}

/** What there is more of than before, if so. */
export function leaks(held: Held, before: Held): string | undefined {
  if (held.sockets > before.sockets + spareSockets)
    return `${held.sockets} sockets, before there were ${before.sockets}`;
  if (held.timers > before.timers + spareTimers)
    return `${held.timers} timers, before there were ${before.timers}`;
  if (held.heapBytes > before.heapBytes + spareHeapBytes)
    return `${held.heapBytes} bytes of heap, before there were ${before.heapBytes}`;
  return undefined;
}

/** The same once nothing is left of what was asked, or when it has been waited for long enough. */
export async function leftBy(gateway: ServerProcess, platform: ServerProcess, before: Held): Promise<Held> {
  for (const until = performance.now() + longestLeftMs; ; await wait(200)) {
    const held = await heldBy(gateway, platform);
    if (!leaks(held, before) || performance.now() > until) return held;
  }
}
