import type { ClusterRow } from "../cluster/cluster.bench.ts";
import type { WatchingFigures } from "../cluster/watching.figures.ts";
import { median } from "./statistics.ts";
import { table } from "./table.ts";

const names = {
  engine: "the gateway's watch and index",
  informer: "the official client's informer",
} as const;

const megabyte = 1024 * 1024;
const figures: readonly ((sample: WatchingFigures) => number)[] = [
  ({ keptBytes }) => keptBytes / megabyte,
  ({ first }) => first.cpuMs,
  ({ first }) => first.blockMs,
  ({ relists }) => median(relists.map(({ cpuMs }) => cpuMs)),
  ({ relists }) => median(relists.map(({ blockMs }) => blockMs)),
  ({ changeMicroseconds }) => changeMicroseconds,
];

const head = [
  "Watching pods",
  "pods",
  "heap kept MB",
  "first list CPU ms",
  "longest block ms",
  "next list CPU ms",
  "longest block ms",
  "a change CPU µs",
  "÷ fewest pods",
];

/** The middle of how a change among many compares with one among few, round by round. */
function changeRatio({ samples }: ClusterRow, fewest: ClusterRow | undefined): number {
  return median(
    samples.map(
      ({ changeMicroseconds }, round) =>
        changeMicroseconds / (fewest?.samples[round]?.changeMicroseconds ?? Number.NaN),
    ),
  );
}

/** What it costs to know many pods, one line for each way and number of them. */
export function clusterTable(rows: readonly ClusterRow[]): string {
  const lines = rows.map((row) => [
    names[row.way],
    String(row.pods),
    ...figures.map((figure) => median(row.samples.map(figure)).toFixed(1)),
    changeRatio(
      row,
      rows.find(({ way }) => way === row.way),
    ).toFixed(2),
  ]);
  return table(head, lines);
}
