import { Gauge, type Registry } from "prom-client";
import type { PodLogsService } from "./pod-logs.service.ts";

/** Lets the metrics say, when they are read, how many logs are followed and what slow readers have lost. */
export function measureLogs(registry: Registry, counts: PodLogsService["counts"]): void {
  new Gauge({
    name: "sett_pod_logs",
    help: "Logs of containers that are followed, and lines that slow readers have lost since the start.",
    labelNames: ["count"],
    registers: [registry],
    collect() {
      for (const [count, value] of Object.entries(counts())) this.set({ count }, value);
    },
  });
}
