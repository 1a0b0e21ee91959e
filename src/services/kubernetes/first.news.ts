import { setTimeout as wait } from "node:timers/promises";
import type { Watch } from "./watch.engine.ts";

/** How long those who ask wait for the first news of the cluster. */
const firstNewsMs = 2000;

type Standing = Pick<Watch, "state" | "listen">;

function newsOf({ state, listen }: Standing): Promise<void> {
  if (state().phase !== "connecting") return Promise.resolve();
  return new Promise((resolve) => {
    const stop = listen(() => {
      stop();
      resolve();
    });
  });
}

/** Waits, not for long, until each of these watches has told something: what there is, or that it cannot be asked for. */
export function firstNewsOf(watches: readonly Standing[]): Promise<void> {
  const news = Promise.all(watches.map(newsOf)).then(() => undefined);
  return Promise.race([news, wait(firstNewsMs, undefined, { ref: false })]);
}
