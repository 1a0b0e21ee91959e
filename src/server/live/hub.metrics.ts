import { Gauge, Histogram, type Registry } from "prom-client";
import type { HubCounts } from "../../live/hub.ts";
import type { MeasureLag } from "./payload.sharing.ts";

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

/** From what is one tick to what somebody notices. */
const lags = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Measures how late events are: once for all who are told of one together, so that it costs each of them nothing. */
export function measureLag(registry: Registry): MeasureLag {
  const lag = new Histogram({
    name: "sett_event_lag_seconds",
    help: "From when an event reaches the first who follows it here until all who get the same of it have been handed it.",
    buckets: lags,
    registers: [registry],
  });
  return (seconds) => lag.observe(seconds);
}

/** Says how many sockets and event streams there may be, so that it can be told how near that is. */
export function measureSocketLimit(registry: Registry, limit: number): void {
  new Gauge({
    name: "sett_sockets_limit",
    help: "How many WebSockets and event streams there may be at once (SOCKET_LIMIT).",
    registers: [registry],
  }).set(limit);
}
