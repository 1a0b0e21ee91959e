import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import { standings, type ProducerStates } from "./producer.states.ts";

/** What the projector tells of its work. */
export interface ProjectingMetrics {
  readonly passes: Counter<"outcome">;
  readonly passSeconds: Histogram;
  /** How often so many producers, or environments, were missing at once that none was taken for gone. */
  readonly refusals: Counter;
}

/** Lets the metrics say how the passes go, and when they are read how far all producers are. */
export function createProjectingMetrics(registry: Registry, states: ProducerStates): ProjectingMetrics {
  const registers = [registry];
  new Gauge({
    name: "sett_actualizer_producers",
    help: "Producers by how far what they have saved is on the cluster, as this process has seen it while it leads.",
    labelNames: ["state"],
    registers,
    collect() {
      const counts = states.counts();
      for (const state of standings) this.set({ state }, counts[state]);
    },
  });
  return {
    passes: new Counter({
      name: "sett_actualizer_passes_total",
      help: "Listings of all producers, by whether they succeeded.",
      labelNames: ["outcome"],
      registers,
    }),
    passSeconds: new Histogram({
      name: "sett_actualizer_pass_seconds",
      help: "How long listing all producers takes.",
      buckets: [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600],
      registers,
    }),
    refusals: new Counter({
      name: "sett_actualizer_mass_removals_refused_total",
      help: "How often so many producers or environments were missing at once that none of them was taken for gone.",
      registers,
    }),
  };
}
