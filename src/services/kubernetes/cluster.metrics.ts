import { Gauge, type Registry } from "prom-client";
import type { Watch } from "./watch.engine.ts";

/** A watch, and what it keeps up to date. */
export interface Watched {
  readonly watch: Watch;
  readonly index: { readonly size: () => number };
}

const phases = ["connecting", "live", "stale", "forbidden"] as const;

/** Lets the metrics say, when they are read, how far each watch of the cluster can be believed and what it holds. */
export function measureWatches(registry: Registry, all: readonly (readonly [string, Watched])[]): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: Label[],
    collect: (gauge: Gauge<Label>) => void,
  ) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        collect(this);
      },
    });
  gauge(
    "sett_watch_phase",
    "Watches of the cluster: 1 for the phase that each is in.",
    ["watch", "phase"],
    (of) => {
      for (const [watch, each] of all) {
        for (const phase of phases) of.set({ watch, phase }, each.watch.state().phase === phase ? 1 : 0);
      }
    },
  );
  gauge(
    "sett_watch_stale_seconds",
    "For how long what a watch knows may no longer be so; 0 while it is live.",
    ["watch"],
    (of) => {
      for (const [watch, each] of all) {
        const state = each.watch.state();
        const sinceMs = "staleSince" in state ? Date.now() - state.staleSince.getTime() : 0;
        of.set({ watch }, sinceMs / 1000);
      }
    },
  );
  gauge("sett_watch_objects", "Objects that a watch knows.", ["watch"], (of) => {
    for (const [watch, each] of all) of.set({ watch }, each.index.size());
  });
  gauge("sett_watch_lists", "How often a watch has listed everything since the start.", ["watch"], (of) => {
    for (const [watch, each] of all) of.set({ watch }, each.watch.lists());
  });
}
