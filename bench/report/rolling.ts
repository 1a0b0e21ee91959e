import type { RollingFigures } from "../rolling/rolling.bench.ts";
import { quantile } from "./statistics.ts";
import { table } from "./table.ts";

const whole = (value: number) => value.toFixed(0);
const longest = (values: readonly number[]) => Math.max(0, ...values);

const row = (name: string, values: readonly number[]) => [
  name,
  whole(values.length),
  ...[0.5, 0.99].map((share) => whole(quantile(values, share))),
  whole(longest(values)),
];

/** What a rolling restart did to those who were there. */
export function rollingTables(figures: RollingFigures): readonly string[] {
  const { subscribers, restarts, seconds, mutations, resumes, spreads, told, covered, wrong } = figures;
  return [
    ...figures.lines,
    `${subscribers} subscribers, ${restarts} restarts of two replicas in ${whole(seconds)} s.`,
    table(
      ["Rolling restart", "how many", "p50 ms", "p99 ms", "longest ms"],
      [
        row("a stream is resumed", resumes),
        row("a mutation is answered", mutations),
        row("from the first let go to the last", spreads),
      ],
    ),
    `${told} changes told, ${covered} made while the stream was broken, ${wrong.length} wrong.`,
  ];
}
