import { Counter, Gauge, type Registry } from "prom-client";

/** What became of spans: sent, refused or not taken by who collects them, or given up as too many waited. */
export const spanOutcomes = ["exported", "failed", "dropped"] as const;

/** What is counted of spans. */
export interface SpanCounts {
  readonly outcomes: Readonly<Record<(typeof spanOutcomes)[number], number>>;
  readonly waiting: number;
}

/** Lets the metrics say, when they are read, what became of spans. */
export function measureSpans(registry: Registry, counts: () => SpanCounts): void {
  const registers = [registry];
  const counter = new Counter({
    name: "sett_spans_total",
    help: "Spans of traces by what became of them: exported, failed (who collects them did not take them) or dropped (too many waited).",
    labelNames: ["outcome"],
    registers,
    collect: () => {
      const { outcomes } = counts();
      counter.reset();
      for (const outcome of spanOutcomes) counter.inc({ outcome }, outcomes[outcome]);
    },
  });
  new Gauge({
    name: "sett_spans_waiting",
    help: "Spans that wait to be sent.",
    registers,
    collect() {
      this.set(counts().waiting);
    },
  });
}
