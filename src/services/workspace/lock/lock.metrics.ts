import { Histogram, type Registry } from "prom-client";

/** From a turn that is there at once to the longest that anybody waits. */
const buckets = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30];

/** How long turns are waited for. */
export const measureLockWaits = (registry: Registry): Histogram<"access" | "outcome"> =>
  new Histogram({
    name: "sett_lock_wait_seconds",
    help: "How long turns at workspaces, gateways and functions are waited for, by access (read or write) and outcome (taken or refused).",
    labelNames: ["access", "outcome"],
    buckets,
    registers: [registry],
  });
