import { parseArgs } from "node:util";
import { ConfigurationError } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { clusterProblem } from "../services/kubernetes/cluster.source.ts";
import { platformOf, readActualizerConfig, type ActualizerConfig } from "./actualizer.config.ts";
import { startActualizerProcess } from "./actualizer.process.ts";
import { createActualizer } from "./actualizer.ts";

/** Sysexits' number for a configuration that is wrong. */
const configurationExitCode = 78;

/** How long looking at everything once may take. */
const planMs = 30 * 60_000;

async function readConfigOrExit(): Promise<ActualizerConfig> {
  try {
    const config = readActualizerConfig(process.env);
    const problem = await clusterProblem(platformOf(config.shared).place);
    if (problem !== undefined) throw new ConfigurationError([problem]);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationExitCode);
  }
}

/** Says once what would be done; 1 where that is anything, 2 where it cannot be told. */
async function tellPlan({ shared, own, settings }: ActualizerConfig, log: Log): Promise<number> {
  const actualizer = createActualizer({
    ...{ config: shared, settings, ...platformOf(shared), log, metrics: createMetrics() },
    own: { ...own, ACTUALIZER_DRY_RUN: true },
    isWatchingOnly: true,
  });
  actualizer.start();
  const plan = await actualizer.plan(AbortSignal.timeout(planMs)).catch((error: unknown) => {
    log.error({ err: error }, "what would be done cannot be told");
    return undefined;
  });
  await actualizer.stop();
  if (!plan) return 2;
  const lines = Object.entries(plan).flatMap(([about, words]) => [
    about,
    ...words.map((each) => `  ${each}`),
  ]);
  process.stdout.write(lines.length > 0 ? `${lines.join("\n")}\n` : "Everything is as it is to be.\n");
  return lines.length > 0 ? 1 : 0;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
  const config = await readConfigOrExit();
  const log = createLog(config.shared.LOG_LEVEL);
  if (values["dry-run"]) process.exit(await tellPlan(config, createLog("error", process.stderr)));
  const { actualizer, port, stop } = await startActualizerProcess(config, log);
  log.info({ port, identity: actualizer.identity }, "the actualizer runs");
  let isStopping = false;
  const end = async (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    const isWhole = await stop();
    log.info({ finished: isWhole }, "stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void end(signal));
  process.on("SIGINT", (signal) => void end(signal));
}

main().catch((error: unknown) => {
  createLog("fatal").fatal({ err: error }, "the actualizer could not start");
  process.exit(1);
});
