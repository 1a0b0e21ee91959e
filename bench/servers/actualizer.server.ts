import { createActualizer } from "../../src/actualizer/actualizer.ts";
import { readActualizerConfig } from "../../src/actualizer/actualizer.config.ts";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { stateOf } from "../live/state.ts";
import { serveMeasured } from "../process/measured.ts";

/** What an actualizer that is measured can be told. */
export interface ActualizerTask {
  readonly what: "settle" | "memory" | "stop";
}

/** What it took until everything was as it should be, from nothing known. */
export interface PassFigures {
  readonly seconds: number;
  readonly cpuMs: number;
}

/** What a process holds, after collecting garbage. */
export interface MemoryFigures {
  readonly heapBytes: number;
  readonly rssBytes: number;
}

const longestMs = 3_600_000;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function memory(): Promise<MemoryFigures> {
  const { heapBytes, rssBytes } = await stateOf(0);
  return { heapBytes, rssBytes };
}

/** The actualizer as it comes; it begins when it is told to settle. */
serveMeasured(async ({ addresses, environment }) => {
  if (!addresses?.kubernetes) throw new Error("There is no cluster.");
  const { shared: config, own, settings } = readActualizerConfig(environment);
  const log = createLog(config.LOG_LEVEL);
  const metrics = createMetrics();
  const place = addresses.kubernetes;
  const actualizer = createActualizer({ config, own, settings, addresses, place, log, metrics });

  async function settle(): Promise<PassFigures> {
    const [startedAt, cpuBefore] = [performance.now(), cpuMs()];
    actualizer.start();
    await actualizer.settled(longestMs);
    return { seconds: (performance.now() - startedAt) / 1000, cpuMs: cpuMs() - cpuBefore };
  }

  return Promise.resolve({
    port: 0,
    answer: ({ what }: ActualizerTask) => {
      if (what === "settle") return settle();
      return what === "memory" ? memory() : actualizer.stop();
    },
  });
});
