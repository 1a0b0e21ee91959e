import { middle, type MeasuredGroup, type MeasuredRow, type Sample } from "../measure.ts";
import { median } from "./statistics.ts";
import { table } from "./table.ts";

const digits = (value: number, count = 0) => value.toFixed(count);

/** The middle of the ratios of each round: whatever slows a whole round down falls out of it. */
export function ratioTo(figure: keyof Sample, samples: readonly Sample[], floor: readonly Sample[]): number {
  return median(samples.map((sample, round) => sample[figure] / (floor[round]?.[figure] ?? Number.NaN)));
}

function line({ row, samples }: MeasuredRow, floor: readonly Sample[]): string[] {
  return [
    row.name,
    digits(middle(samples, "upstreamCalls"), 2),
    digits(middle(samples, "cpuMicroseconds")),
    digits(ratioTo("cpuMicroseconds", samples, floor), 2),
    digits(middle(samples, "requestsPerSecond")),
    digits(ratioTo("requestsPerSecond", samples, floor), 2),
    digits(middle(samples, "p50Ms"), 2),
    digits(middle(samples, "p99Ms"), 2),
  ];
}

/** A group as a table: what a request costs and how that compares with the bare proxy. */
export function comparisonTable({ title, rows }: MeasuredGroup): string {
  const floor = rows[0]?.samples ?? [];
  const head = [title, "upstream calls", "CPU µs", "÷ bare", "requests/s", "÷ bare", "p50 ms", "p99 ms"];
  return table(
    head,
    rows.map((row) => line(row, floor)),
  );
}
