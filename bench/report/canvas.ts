import type { CanvasGroup } from "../canvas/canvas.bench.ts";
import type { CanvasRow, CanvasSample } from "../canvas/canvas.sample.ts";
import { median } from "./statistics.ts";
import { table } from "./table.ts";

const middle = ({ samples }: CanvasRow, figure: keyof CanvasSample) =>
  median(samples.map((sample) => sample[figure]));

/** The middle of the ratios of each round. */
function ratio({ samples }: CanvasRow, first: CanvasRow): number {
  return median(samples.map(({ ms }, round) => ms / (first.samples[round]?.ms ?? Number.NaN)));
}

/** What a canvas does as a table: what each way to do it costs, and how that compares with the first. */
export function canvasTable({ title, rows }: CanvasGroup): string {
  const [first] = rows;
  const lines = rows.map((row) => [
    row.name,
    middle(row, "calls").toFixed(0),
    middle(row, "upstreamCalls").toFixed(0),
    middle(row, "ms").toFixed(1),
    first ? ratio(row, first).toFixed(2) : "",
    row.isThroughGateway ? middle(row, "gatewayMs").toFixed(1) : "",
  ]);
  return table([title, "calls", "upstream calls", "ms", "÷ first", "gateway CPU ms"], lines);
}
