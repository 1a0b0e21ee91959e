import { ConfigurationError, readConfig, type Config } from "./config.ts";
import { createLog, type Log } from "./log.ts";
import { platformExamples } from "./server/examples.ts";
import { startGateway } from "./server/gateway.ts";
import { clusterProblem } from "./services/kubernetes/cluster.source.ts";
import { heedStopSignals } from "./stop.signals.ts";

/** Sysexits' number for a configuration that is wrong. */
const configurationExitCode = 78;

async function readChecked(): Promise<Config> {
  const config = readConfig(process.env);
  const cluster = config.upstreams?.kubernetes;
  const problem = cluster && (await clusterProblem(cluster));
  if (problem !== undefined) throw new ConfigurationError([problem]);
  return config;
}

/** With nothing configured, a platform of its own stands in; otherwise none of it is even loaded. */
async function start(config: Config, log: Log) {
  if (config.upstreams) {
    const gateway = await startGateway(config, {
      addresses: config.upstreams,
      log,
      examples: platformExamples,
    });
    const signsIn = config.upstreams.oauth !== undefined;
    return { gateway, signsIn, banner: [], stopPlatform: async () => undefined };
  }
  const { startSandbox } = await import("./sandbox/sandbox.ts");
  const { readActualizerConfig } = await import("./actualizer/actualizer.config.ts");
  const { startSandboxedActualizer } = await import("./actualizer/sandboxed.actualizer.ts");
  const actualized = config.ACTUALIZER ? readActualizerConfig(process.env) : undefined;
  const sandbox = await startSandbox({ ...config, cluster: actualized ? "empty" : "running" });
  const { addresses, examples, people } = sandbox;
  const actualizer = actualized && (await startSandboxedActualizer({ config: actualized, sandbox, log }));
  const gateway = await startGateway(config, { addresses, log, examples, people });
  const stopPlatform = async () => {
    await actualizer?.stop();
    await sandbox.stop();
  };
  return { gateway, signsIn: true, banner: sandbox.banner, stopPlatform };
}

async function main(): Promise<void> {
  const config = await readChecked();
  const log = createLog(config.LOG_LEVEL);
  const { gateway, signsIn, banner, stopPlatform } = await start(config, log);
  const lines = [
    `Sett listens.`,
    `  GraphiQL  ${gateway.url}/`,
    `  GraphQL   ${gateway.url}/graphql`,
    ...(signsIn ? [`  Sign in   ${gateway.url}/login`] : []),
    ...banner,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);

  const stop = async (signal: NodeJS.Signals) => {
    log.info({ signal }, "stopping");
    const isWhole = await gateway.stop();
    await stopPlatform();
    log.info({ finished: isWhole }, "stopped");
    process.exit(0);
  };
  heedStopSignals({
    stop: (signal) => void stop(signal),
    onImpatience: (signal) => log.warn({ signal }, "stopped at once: whatever ran is cut off"),
  });
}

/** What is said of an address that cannot be listened on, by the system's code for why. */
const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: "PORT: another process listens there; set another port, or 0 for a free one",
  EADDRNOTAVAIL: "HOST: this machine has no such address",
  EACCES: "PORT: this user may not listen there",
  ENOTFOUND: "HOST: there is no address of that name",
};

/** What is wrong with the configuration, where it was that which kept it from starting. */
function wrongConfiguration(error: unknown): ConfigurationError | undefined {
  if (error instanceof ConfigurationError) return error;
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  if (!["listen", "getaddrinfo"].includes(String(error.syscall))) return undefined;
  const problem = listenProblems[String(error.code)];
  return problem === undefined ? undefined : new ConfigurationError([problem]);
}

main().catch((error: unknown) => {
  const wrong = wrongConfiguration(error);
  if (wrong) {
    process.stderr.write(`${wrong.message}\n`);
    process.exit(configurationExitCode);
  }
  createLog("fatal").fatal({ err: error }, "Sett could not start");
  process.exit(1);
});
