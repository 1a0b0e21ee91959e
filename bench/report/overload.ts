import type { OverloadFigures } from "../overload/overload.bench.ts";
import { table } from "./table.ts";

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
const milliseconds = (value: number | undefined) => value?.toFixed(0) ?? "";

/** What became of a gateway that was asked for too much. */
export function overloadTables(figures: OverloadFigures): readonly string[] {
  const { peak, over, after, health, before, left, mostRssBytes } = figures;
  const best = peak.accepted / peak.seconds;
  const stages = { "as much as it can do": peak, "several times that": over, "at once afterwards": after };
  return [
    table(
      [
        "Asked for",
        "offered a second",
        "not sent",
        "answered a second",
        "÷ peak",
        "refused a second",
        "cut",
        "p50 ms",
        "p99 ms",
        "p99 ms of refusals",
      ],
      Object.entries(stages).map(([name, each]) => [
        name,
        (each.offered / each.seconds).toFixed(0),
        `${((each.unsent / each.offered) * 100).toFixed(1)}%`,
        (each.accepted / each.seconds).toFixed(0),
        (each.accepted / each.seconds / best).toFixed(2),
        (each.refused / each.seconds).toFixed(0),
        String(each.cut),
        milliseconds(each.acceptedP50Ms),
        milliseconds(each.acceptedP99Ms),
        milliseconds(each.refusedP99Ms),
      ]),
    ),
    table(
      ["Meanwhile", "asked", "p99 ms", "longest ms"],
      health.map(({ path, asked, p99Ms, longestMs }) => [
        path,
        String(asked),
        p99Ms.toFixed(0),
        longestMs.toFixed(0),
      ]),
    ),
    [
      `RSS ${megabytes(before.rssBytes)} MB before, ${megabytes(mostRssBytes)} MB at most, ${megabytes(left.rssBytes)} MB after;`,
      `heap ${megabytes(before.heapBytes)} and ${megabytes(left.heapBytes)} MB. ${over.left} clients left before they were`,
      `answered; the generator was ${over.lateMs.toFixed(0)} ms behind at worst.`,
    ].join(" "),
  ];
}
