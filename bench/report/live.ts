import type { LiveRow } from "../live/live.bench.ts";
import { table } from "./table.ts";

const figures = [
  ["heap kB a subscriber", ({ heapBytes }: LiveRow) => heapBytes / 1000, 1],
  ["RSS kB", ({ rssBytes }: LiveRow) => rssBytes / 1000, 1],
  ["CPU ms an event", ({ eventMs }: LiveRow) => eventMs, 0],
  ["CPU µs a delivery", ({ deliveryMicroseconds }: LiveRow) => deliveryMicroseconds, 1],
  ["p50 ms", ({ p50Ms }: LiveRow) => p50Ms, 0],
  ["p99 ms", ({ p99Ms }: LiveRow) => p99Ms, 0],
] as const;

/** What subscribers cost as a table, and how the first row compares with each other. */
export function liveTable(rows: readonly LiveRow[]): string {
  const [first, ...others] = rows;
  const lines = rows.map((row) => [
    row.name,
    ...figures.map(([, figure, digits]) => figure(row).toFixed(digits)),
  ]);
  const ratios = others.map((other) => [
    `${first?.name ?? ""} ÷ ${other.name}`,
    ...figures.map(([, figure]) => (first ? (figure(first) / figure(other)).toFixed(2) : "")),
  ]);
  return table(["Subscribers", ...figures.map(([title]) => title)], [...lines, ...ratios]);
}
