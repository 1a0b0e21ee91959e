import type { MeasuredGroup, Sample } from "../measure.ts";
import type { ServerName } from "../rows.ts";
import { median } from "./statistics.ts";
import { table } from "./table.ts";

/** What is told by taking one row from another of the first group. */
const prices: readonly { what: string; from: ServerName; less: ServerName }[] = [
  {
    what: "The guard, permission in memory: who asks, the check, the grant",
    from: "guarded",
    less: "unguarded, remembering",
  },
  {
    what: "The guard, permission asked for, where the field has the same call to make",
    from: "guarded, forgetting",
    less: "unguarded",
  },
  {
    what: "A permission asked for instead of remembered",
    from: "guarded, forgetting",
    less: "guarded",
  },
  {
    what: "One upstream call of the gateway: client, deadline, shape, metrics",
    from: "unguarded",
    less: "unguarded, remembering",
  },
];

const cpuAndCalls = (from: Sample, less: Sample) => ({
  cpuMicroseconds: from.cpuMicroseconds - less.cpuMicroseconds,
  upstreamCalls: from.upstreamCalls - less.upstreamCalls,
});

/** The price of single things, as differences between rows of the same round. */
export function priceTable({ rows }: MeasuredGroup): string {
  const samplesOf = (server: ServerName) => rows.find(({ row }) => row.server === server)?.samples ?? [];
  const lines = prices.map(({ what, from, less }) => {
    const lesser = samplesOf(less);
    const differences = samplesOf(from).flatMap((sample, round) => {
      const other = lesser[round];
      return other ? [cpuAndCalls(sample, other)] : [];
    });
    return [
      what,
      median(differences.map(({ upstreamCalls }) => upstreamCalls)).toFixed(2),
      median(differences.map(({ cpuMicroseconds }) => cpuMicroseconds)).toFixed(0),
    ];
  });
  return table(["What it adds to a request", "upstream calls", "CPU µs"], lines);
}
