import type { ActualizerFigures, ActualizerRow, MeasuredPass } from "../actualizer/actualizer.bench.ts";
import { gatewayEach } from "../actualizer/producers.seed.ts";
import { table } from "./table.ts";

const megabyte = 1024 * 1024;

const passHead = [
  "A pass over all producers",
  "producers",
  "seconds",
  "CPU s",
  "calls to the platform",
  "to the cluster",
];

const passLine = (name: string, producers: number, pass: MeasuredPass): readonly string[] => [
  name,
  String(producers),
  pass.seconds.toFixed(1),
  (pass.cpuMs / 1000).toFixed(1),
  String(pass.platformCalls),
  String(pass.clusterCalls),
];

const saveHead = [
  "One save",
  "producers",
  "ms until it runs",
  "÷ fewest",
  "CPU ms",
  "÷ fewest",
  "calls",
  "÷ fewest",
];

function saveLine({ producers, save }: ActualizerRow, fewest: ActualizerRow | undefined): readonly string[] {
  const figures = (["ms", "cpuMs", "calls"] as const).flatMap((figure) => [
    save[figure].toFixed(figure === "calls" ? 0 : 1),
    (save[figure] / (fewest?.save[figure] ?? Number.NaN)).toFixed(2),
  ]);
  return ["a canvas with a gateway", String(producers), ...figures];
}

const restHead = ["At rest", "producers", "heap MB", "RSS MB", "kB of heap a producer", "calls a minute"];

const restLine = ({ producers, memory, restCallsPerMinute }: ActualizerRow): readonly string[] => [
  "the actualizer",
  String(producers),
  (memory.heapBytes / megabyte).toFixed(0),
  (memory.rssBytes / megabyte).toFixed(0),
  (memory.heapBytes / 1024 / producers).toFixed(1),
  restCallsPerMinute.toFixed(0),
];

/** What it costs to keep what runs to what is saved. */
export function actualizerTables({ rows, oldCycle }: ActualizerFigures): readonly string[] {
  const most = rows.at(-1)?.producers ?? 0;
  const perProducer = oldCycle.calls / oldCycle.producers;
  const secondsEach = oldCycle.seconds / oldCycle.producers;
  return [
    `Each producer has a Producer and a Workspace with two Deployments, Services and Ingresses; one in ${gatewayEach} a Gateway besides, with its four objects.`,
    "",
    table(passHead, [
      ...rows.map(({ producers, first }) => passLine("on an empty cluster", producers, first)),
      ...rows.map(({ producers, again }) => passLine("when all is there", producers, again)),
    ]),
    "",
    table(
      saveHead,
      rows.map((row) => saveLine(row, rows[0])),
    ),
    "",
    table(restHead, rows.map(restLine)),
    "",
    `A loop that asks for everything of everybody makes ${oldCycle.calls} calls in ${oldCycle.seconds.toFixed(1)} s, once around ${oldCycle.producers} producers of whom nothing has changed.`,
    `Extrapolated: ${Math.round(perProducer * most)} calls in ${(secondsEach * most).toFixed(0)} s once around ${most}, and as long until it sees a change.`,
  ];
}
