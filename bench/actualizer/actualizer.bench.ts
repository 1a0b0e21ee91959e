import { setTimeout as wait } from "node:timers/promises";
import type { UpstreamAddresses } from "../../src/config.ts";
import type { Options } from "../options.ts";
import { startServer, type ServerProcess } from "../process/server.process.ts";
import { median } from "../report/statistics.ts";
import type { ActualizerTask, MemoryFigures, PassFigures } from "../servers/actualizer.server.ts";
import type { PlatformTask } from "../servers/platform.server.ts";
import { callsBetween, type CallCounts } from "./call.counts.ts";
import { measureOldCycle, type CycleFigures } from "./old.cycle.ts";
import { gatewayEach } from "./producers.seed.ts";

/** A pass, with how often others were asked meanwhile. */
export interface MeasuredPass extends PassFigures {
  readonly platformCalls: number;
  readonly clusterCalls: number;
}

/** What so many producers cost. */
export interface ActualizerRow {
  readonly producers: number;
  /** From an empty cluster, and when all is there already. */
  readonly first: MeasuredPass;
  readonly again: MeasuredPass;
  readonly memory: MemoryFigures;
  /** The middle of saves one after the other: until the cluster has it, and what it takes altogether. */
  readonly save: { readonly ms: number; readonly cpuMs: number; readonly calls: number };
  readonly restCallsPerMinute: number;
}

interface Means {
  readonly options: Options;
  readonly complain: (problem: string) => void;
}

/** What a whole run said. */
export interface ActualizerFigures {
  readonly rows: readonly ActualizerRow[];
  readonly oldCycle: CycleFigures;
}

const quietMs = 300;

const isCluster = (key: string) => key.startsWith("cluster ");
const isLease = (key: string) => key.endsWith(" leases");
/** What Gitea's hooks and the bench itself ask does not count, nor does the term of whoever leads. */
const isOfPlatform = (key: string) => !isCluster(key) && !key.endsWith("configstore POST");
const isWork = (key: string) => (isCluster(key) && !isLease(key)) || isOfPlatform(key);

/** A platform, and who is begun on it. */
interface Pair {
  readonly addresses: UpstreamAddresses;
  /** Lets one see everything on the cluster. */
  readonly token: () => Promise<string>;
  readonly calls: () => Promise<CallCounts>;
  readonly wrong: () => Promise<readonly string[]>;
  readonly save: (producer: number, saving: number) => Promise<{ readonly ms: number }>;
  readonly begin: () => Promise<ServerProcess>;
  /** Ends what has not ended yet. */
  readonly stop: () => Promise<void>;
}

async function startPlatform(producers: number, { profileFolder }: Options): Promise<Pair> {
  const heap = ["--max-old-space-size=12000"];
  const seeded = { upstream: "", environment: {}, producers };
  const platform = await startServer("platform", seeded, profileFolder, heap);
  const begun: ServerProcess[] = [];
  const tell = (task: PlatformTask) => platform.ask(task);
  const { addresses } = platform;
  if (!addresses) throw new Error("The platform has no addresses.");
  const settings = { upstream: "", addresses, environment: {} };
  return {
    addresses,
    token: async () => (await tell({ what: "token" })) as string,
    calls: async () => (await tell({ what: "calls" })) as CallCounts,
    wrong: async () => (await tell({ what: "wrong" })) as readonly string[],
    save: async (producer, saving) => (await tell({ what: "save", producer, saving })) as { ms: number },
    begin: async () => {
      const actualizer = await startServer("actualizer", settings, profileFolder, ["--expose-gc"]);
      begun.push(actualizer);
      return actualizer;
    },
    stop: async () => {
      await Promise.all([...begun, platform].map((server) => server.stop()));
    },
  };
}

const told = (actualizer: ServerProcess, task: ActualizerTask) => actualizer.ask(task);

/** Resolves with the calls so far, once there have been no more for a moment. */
async function untilQuiet({ calls }: Pair): Promise<CallCounts> {
  for (let before = await calls(); ;) {
    await wait(quietMs);
    const after = await calls();
    if (callsBetween(before, after, isWork) === 0) return after;
    before = after;
  }
}

async function measurePass(pair: Pair, actualizer: ServerProcess): Promise<MeasuredPass> {
  const before = await pair.calls();
  const figures = (await told(actualizer, { what: "settle" })) as PassFigures;
  const after = await untilQuiet(pair);
  return {
    ...figures,
    platformCalls: callsBetween(before, after, isOfPlatform),
    clusterCalls: callsBetween(before, after, isCluster),
  };
}

async function measureSaves(pair: Pair, actualizer: ServerProcess, count: number, producers: number) {
  const samples: { ms: number; cpuMs: number; calls: number }[] = [];
  const withGateway = Math.ceil(producers / gatewayEach);
  for (let saving = 1; saving <= count; saving += 1) {
    const [before, cpuBefore] = [await pair.calls(), (await actualizer.read()).cpuMicroseconds];
    const { ms } = await pair.save((saving % withGateway) * gatewayEach, saving);
    const after = await untilQuiet(pair);
    const cpuMs = ((await actualizer.read()).cpuMicroseconds - cpuBefore) / 1000;
    // One of them is the bench's own: that somebody is told.
    samples.push({ ms, cpuMs, calls: callsBetween(before, after, isWork) - 1 });
  }
  const middle = (figure: "ms" | "cpuMs" | "calls") => median(samples.map((sample) => sample[figure]));
  return { ms: middle("ms"), cpuMs: middle("cpuMs"), calls: middle("calls") };
}

/** Does something with a platform and those that are begun on it, and ends them all whatever comes of it. */
async function withPlatform<Result>(
  producers: number,
  options: Options,
  work: (pair: Pair) => Promise<Result>,
): Promise<Result> {
  const pair = await startPlatform(producers, options);
  try {
    return await work(pair);
  } finally {
    await pair.stop();
  }
}

async function end(actualizer: ServerProcess): Promise<void> {
  await told(actualizer, { what: "stop" });
  await actualizer.stop();
}

const measureOne = (producers: number, { options, complain }: Means): Promise<ActualizerRow> =>
  withPlatform(producers, options, async (pair) => {
    const check = async (when: string) => {
      const [wrong, ...others] = await pair.wrong();
      if (wrong === undefined) return;
      complain(`${producers} producers, ${when}: ${wrong}, and ${others.length} others`);
    };
    const begun = await pair.begin();
    const first = await measurePass(pair, begun);
    await check("after the first pass");
    await end(begun);

    const actualizer = await pair.begin();
    const again = await measurePass(pair, actualizer);
    await check("after another");
    const memory = (await told(actualizer, { what: "memory" })) as MemoryFigures;
    const before = await pair.calls();
    await wait(options.actualizerRestSeconds * 1000);
    const restCalls = callsBetween(before, await pair.calls(), () => true);
    const save = await measureSaves(pair, actualizer, options.actualizerSaves, producers);
    await check("after saves");
    await end(actualizer);
    const restCallsPerMinute = (restCalls * 60) / options.actualizerRestSeconds;
    return { producers, first, again, memory, save, restCallsPerMinute };
  });

const measureOld = (producers: number, options: Options): Promise<CycleFigures> =>
  withPlatform(producers, options, async (pair) => {
    const actualizer = await pair.begin();
    await measurePass(pair, actualizer);
    await end(actualizer);
    return measureOldCycle(pair.addresses, await pair.token(), producers);
  });

/** What it costs to keep what runs to what is saved, of few and of many producers; and what a loop over all would cost. */
export async function measureActualizer(means: Means): Promise<ActualizerFigures> {
  const { actualizerProducers, oldCycleProducers } = means.options;
  const rows: ActualizerRow[] = [];
  for (const producers of actualizerProducers) rows.push(await measureOne(producers, means));
  return { rows, oldCycle: await measureOld(oldCycleProducers, means.options) };
}
