import { randomBytes } from "node:crypto";
import { ConfigurationError, readConfig, type Config } from "../config.ts";
import { environmentLines } from "./environment.lines.ts";
import { fromPort } from "./listening.ts";
import { startSandbox, type Sandbox } from "./sandbox.ts";

/** Sysexits' number for a configuration that is wrong. */
const configurationExitCode = 78;

/** Where a gateway listens that is told nothing else. */
const usualPort = 4000;

function placeOf({ SANDBOX_EXPOSED: isExposed, SANDBOX_NAME: name }: Config) {
  if (name === undefined) return {};
  if (!isExposed) {
    throw new ConfigurationError([
      "SANDBOX_NAME: would show the sandbox, whose tokens everybody knows, to other machines; set SANDBOX_EXPOSED=true if that is meant",
    ]);
  }
  return { host: "0.0.0.0", name };
}

/** What goes into a file, and for whoever has started it what it is good for. */
function tell(sandbox: Sandbox, config: Config, isActualized: boolean): void {
  const lines = environmentLines(sandbox.addresses, {
    ...config,
    isActualized,
    publicUrl: config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT || usualPort}`,
    sessionSecret: config.SESSION_SECRET[0] ?? randomBytes(24).toString("hex"),
  });
  process.stdout.write(`${lines.join("\n")}\n`);
  const banner = [
    "The sandbox platform runs until this process stops. A gateway in front of it needs the variables above.",
    ...sandbox.people.map(({ name, token, about }) => `  ${name.padEnd(6)} ${token.padEnd(12)} ${about}`),
    ...(isActualized
      ? ["Nothing runs on it yet: start an actualizer with the same variables, but", ""]
      : ["Everything runs on it, and stays as it is; with ACTUALIZER=true an actualizer makes it run."]),
  ];
  process.stderr.write(`${banner.join("\n")}\n`);
  if (!isActualized) return;
  // It may do more than the gateway, so its token is none that the gateway is given; and nobody else applies definitions.
  const own = { KUBERNETES_TOKEN: sandbox.kubernetes.controllerToken, ACTUALIZER_APPLY_CRDS: "true" };
  for (const [name, value] of Object.entries(own)) process.stderr.write(`  ${name}=${value}\n`);
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const listenAt = fromPort(config.SANDBOX_PORT, placeOf(config));
  // Unlike a real platform it is of use without one.
  const isActualized = process.env["ACTUALIZER"] === "true";
  const sandbox = await startSandbox({ ...config, listenAt, cluster: isActualized ? "empty" : "running" });
  tell(sandbox, config, isActualized);
  const stop = async () => {
    await sandbox.stop();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (isTaken || error instanceof ConfigurationError) {
    const why = isTaken
      ? "SANDBOX_PORT: another process listens on one of its ports; set another"
      : error.message;
    process.stderr.write(`${why}\n`);
    process.exit(configurationExitCode);
  }
  throw error;
});
