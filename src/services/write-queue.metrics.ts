import { Gauge, type Registry } from "prom-client";
import type { QueuedWrites } from "./write-queue.ts";

/** Lets the metrics say, when they are read, how many writes to repositories run and wait. */
export function measureWrites(registry: Registry, counts: () => QueuedWrites): void {
  const gauge = new Gauge({
    name: "sett_repository_writes",
    help: "Writes to branches and repositories that run, and those that wait behind them.",
    labelNames: ["state"],
    registers: [registry],
    collect: () => {
      for (const [state, count] of Object.entries(counts())) gauge.set({ state }, Number(count));
    },
  });
}
