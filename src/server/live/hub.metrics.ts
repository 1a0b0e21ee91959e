import { Gauge, type Registry } from "prom-client";
import type { HubCounts } from "../../live/hub.ts";

/** Lets the metrics say how much the event hub holds, and what is watched, at the moment they are read. */
export function measureHub(registry: Registry, counts: () => HubCounts, watched: () => number): void {
  new Gauge({
    name: "sett_permission_watches",
    help: "Permissions that are asked for again and again, each for all who hold it by one credential.",
    registers: [registry],
    collect() {
      this.set(watched());
    },
  });
  const gauge = new Gauge({
    name: "sett_hub",
    help: "What the event hub holds: topics, subscribers, waiting events; and the events that slow subscribers lost.",
    labelNames: ["count"],
    registers: [registry],
    collect: () => {
      for (const [count, value] of Object.entries(counts())) gauge.set({ count }, Number(value));
    },
  });
}
