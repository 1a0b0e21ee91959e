import { useSyncExternalStore } from "react";

const everyMs = 5_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: number | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = Date.now();
    timer = window.setInterval(tick, everyMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
}

/** What time it is, told anew every few seconds to all who show ages: one timer for the page. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now);
}
