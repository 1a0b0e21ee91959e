import { Counter, Gauge, type Registry } from "prom-client";
import { refusalReasons, type AdmissionCounts } from "./admission.ts";

/** Lets the metrics say how many operations run, wait and were turned away, at the moment they are read. */
export function measureAdmission(registry: Registry, counts: () => AdmissionCounts): void {
  const gauge = new Gauge({
    name: "sett_operations",
    help: "Operations that run, and those that wait for their turn.",
    labelNames: ["state"],
    registers: [registry],
    collect: () => {
      const { running, waiting } = counts();
      gauge.set({ state: "running" }, running);
      gauge.set({ state: "waiting" }, waiting);
    },
  });
  const refusals = new Counter({
    name: "sett_operations_refused_total",
    help: "Operations turned away unread: share, its credential has too many, or all have that Gitea has not accepted; places, too many wait; wait, its turn did not come; busy, the process is behind.",
    labelNames: ["reason"],
    registers: [registry],
    collect: () => {
      const { refused } = counts();
      refusals.reset();
      for (const reason of refusalReasons) refusals.inc({ reason }, refused[reason]);
    },
  });
}
