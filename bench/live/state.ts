import { setImmediate } from "node:timers/promises";

/** What a live server's process holds, after everything that is garbage was thrown away. */
export interface LiveState {
  readonly subscriptions: number;
  /** What else it counts. */
  readonly counts: Readonly<Record<string, number>>;
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** What a live server is told. */
export type LiveMessage = { readonly publish: number } | { readonly state: true };

/** Throws garbage away, twice: what the first time frees may hold more. */
export async function stateOf(
  subscriptions: number,
  counts: Readonly<Record<string, number>> = {},
): Promise<LiveState> {
  for (let time = 0; time < 2; time += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { subscriptions, counts, heapBytes: heapUsed, rssBytes: rss };
}
