import { ConfigurationError, readConfig, type Config } from "./config.ts";
import { createLog, type Log } from "./log.ts";
import { platformExamples, sandboxExamples } from "./server/examples.ts";
import { startGateway } from "./server/gateway.ts";

/** Sysexits' number for a configuration that is wrong. */
const configurationExitCode = 78;

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(configurationExitCode);
  }
}

/** With nothing configured, a platform of its own stands in; otherwise none of it is even loaded. */
async function start(config: Config, log: Log) {
  if (config.upstreams) {
    const gateway = await startGateway(config, {
      addresses: config.upstreams,
      log,
      examples: platformExamples,
    });
    return { gateway, banner: [], stopPlatform: async () => undefined };
  }
  const { startSandbox } = await import("./sandbox/sandbox.ts");
  const sandbox = await startSandbox(config);
  const gateway = await startGateway(config, {
    addresses: sandbox.addresses,
    log,
    examples: sandboxExamples,
  });
  return { gateway, banner: sandbox.banner, stopPlatform: sandbox.stop };
}

async function main(): Promise<void> {
  const config = readConfigOrExit();
  const log = createLog(config.LOG_LEVEL);
  const { gateway, banner, stopPlatform } = await start(config, log);
  const lines = [
    `Sett listens.`,
    `  GraphiQL  ${gateway.url}/`,
    `  GraphQL   ${gateway.url}/graphql`,
    ...banner,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);

  let stopping = false;
  const stop = async (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    const isWhole = await gateway.stop();
    await stopPlatform();
    log.info({ finished: isWhole }, "stopped");
    process.exit(0);
  };
  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}

main().catch((error: unknown) => {
  createLog("fatal").fatal({ err: error }, "Sett could not start");
  process.exit(1);
});
