import { Gauge, type Registry } from "prom-client";
import type { HubCounts } from "../../live/hub.ts";

/** Lets the metrics say how much the event hub holds at the moment they are read. */
export function measureHub(registry: Registry, counts: () => HubCounts): void {
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
