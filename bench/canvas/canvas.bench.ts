import type { Options } from "../options.ts";
import { startServer } from "../process/server.process.ts";
import { createCaller, type Caller } from "./caller.ts";
import { costOf, type CanvasPlatform, type CanvasRow, type CanvasSample } from "./canvas.sample.ts";
import { graphCanvas } from "./graph.canvas.ts";
import { checkLoad } from "./load.check.ts";
import { largeProject } from "./models.seed.ts";
import { graphWay, playSaves, saveCases, straightWay } from "./saves.ts";
import { straightCanvas } from "./straight.canvas.ts";

/** Rows that do the same thing, the one that the others are compared with first. */
export interface CanvasGroup {
  readonly title: string;
  readonly rows: readonly CanvasRow[];
}

const warm = { PERMISSION_TTL: "60m", VIEWER_TTL: "60m" };

interface Bench {
  readonly platform: CanvasPlatform;
  readonly options: Options;
  readonly straightCaller: Caller;
  readonly graphCallerOf: (producer: string) => Caller;
  readonly straightOf: (caller: Caller, producer: string) => ReturnType<typeof straightCanvas>;
  readonly close: () => Promise<void>;
}

async function startBench(takesTime: boolean, options: Options): Promise<Bench> {
  const { profileFolder } = options;
  const sandbox = await startServer("sandbox", { upstream: "", environment: {}, takesTime }, profileFolder);
  const { addresses } = sandbox;
  if (!addresses) throw new Error("The sandbox does not say where it is.");
  const gateway = await startServer("guarded", { upstream: "", environment: warm, addresses }, profileFolder);
  const straightCaller = createCaller();
  const graphCallers = new Map<string, Caller>();
  const graphCallerOf = (producer: string) => {
    const caller = graphCallers.get(producer) ?? createCaller(`token ${producer}-token`);
    graphCallers.set(producer, caller);
    return caller;
  };
  return {
    platform: { sandbox, gateway },
    options,
    straightCaller,
    graphCallerOf,
    straightOf: (caller, producer) => straightCanvas(caller, addresses, producer),
    close: async () => {
      await Promise.all([straightCaller, ...graphCallers.values()].map((caller) => caller.close()));
      await Promise.all([gateway, sandbox].map((server) => server.stop()));
    },
  };
}

/** Warms up once, then lets the ways take turns; every other round goes backwards. */
async function playRounds<Way>(
  { canvasRounds, isSmoke }: Options,
  ways: readonly Way[],
  play: (way: Way, round: number) => Promise<void>,
): Promise<void> {
  for (let round = isSmoke ? 0 : -1; round < canvasRounds; round += 1) {
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) await play(way, round);
  }
}

async function measureSaves({ platform, options, ...bench }: Bench): Promise<readonly CanvasGroup[]> {
  const { straightCaller } = bench;
  const graphCaller = bench.graphCallerOf("demo");
  const straight = bench.straightOf(straightCaller, "demo");
  const graph = graphCanvas(graphCaller, platform.gateway.port, "demo");
  const ways = [
    { title: "straight at the workspace's APIs", caller: straightCaller, way: straightWay(straight) },
    { title: "saveModel", caller: graphCaller, way: graphWay(graph) },
  ].map((each) => ({ ...each, samples: saveCases.map((): CanvasSample[] => []) }));
  await playRounds(options, ways, async ({ caller, way, samples }, round) => {
    const { costs, leaves } = await playSaves({ platform, caller, checks: straight }, way, round + 1);
    if (round >= 0) costs.forEach((cost, number) => samples[number]?.push(cost));
    await graph.delete(leaves);
  });
  return saveCases.map((title, number) => ({
    title: `Saving a model of 20 properties: ${title}`,
    rows: ways.map((way) => ({
      name: way.title,
      isThroughGateway: way.caller === graphCaller,
      samples: way.samples[number] ?? [],
    })),
  }));
}

async function measureLoads({ platform, options, ...bench }: Bench, producer: string, title: string) {
  const { straightCaller } = bench;
  const graphCaller = bench.graphCallerOf(producer);
  const straight = bench.straightOf(straightCaller, producer);
  const graph = graphCanvas(graphCaller, platform.gateway.port, producer);
  const right = { straight: await straight.loadInTurn(), graph: await graph.load() };
  await checkLoad(right.graph, straight);
  const isRight = (answers: readonly string[], expected: readonly string[]) => {
    const wrong = answers.find((answer, number) => answer !== expected[number]);
    if (wrong !== undefined) throw new Error(`${title}: a wrong answer, ${wrong.slice(0, 300)}`);
    for (const answer of answers) JSON.parse(answer);
  };
  const ways = [
    {
      name: "six calls, all at once",
      caller: straightCaller,
      load: async () => isRight(await straight.loadAtOnce(), right.straight),
    },
    {
      name: "six calls, one after the other",
      caller: straightCaller,
      load: async () => isRight(await straight.loadInTurn(), right.straight),
    },
    {
      name: "one query of the gateway",
      caller: graphCaller,
      load: async () => isRight([await graph.load()], [right.graph]),
    },
  ].map((each) => ({
    ...each,
    isThroughGateway: each.caller === graphCaller,
    samples: [] as CanvasSample[],
  }));
  await playRounds(options, ways, async ({ caller, load, samples }, round) => {
    const cost = await costOf(platform, caller, load, options.canvasLoads);
    if (round >= 0) samples.push(cost);
  });
  return { title, rows: ways };
}

const sizes = [
  ["demo", "the seeded project"],
  ["al", `${largeProject.models} models of ${largeProject.properties} properties`],
] as const;

/** Compares what a canvas does through the gateway with what it would do straight; throws at a wrong answer. */
export async function measureCanvas(options: Options): Promise<readonly CanvasGroup[]> {
  const groups: CanvasGroup[] = [];
  for (const takesTime of [true, false]) {
    const bench = await startBench(takesTime, options);
    try {
      if (takesTime) groups.push(...(await measureSaves(bench)));
      for (const [producer, size] of sizes) {
        const speed = takesTime ? "as fast as recorded" : "that waits for nothing";
        groups.push(await measureLoads(bench, producer, `Loading ${size}, from a workspace ${speed}`));
      }
    } finally {
      await bench.close();
    }
  }
  return groups;
}
