import { parseArgs } from "node:util";
import { ConfigurationError, readConfig, type Config, type UpstreamAddresses } from "../config.ts";
import { duration } from "../variable-types.ts";
import { variables } from "../variables.ts";
import { examinePlatform, usualPatienceMs } from "./doctor.ts";
import { skipped, wrong, type Finding } from "./finding.ts";
import { countsOf, jsonReport, textReport } from "./report.ts";
import { checkNames, checkSettings } from "./settings.check.ts";

/** Sysexits' numbers for a command that is not used as it is meant to be, and a configuration that is wrong. */
const usageExitCode = 64;
const configurationExitCode = 78;

const usage = `Usage: sett doctor [options]

  --producer <name>    whose services are looked at; anybody's otherwise
  --patience <time>    how long one answer is waited for, such as 10s; 5s otherwise
  --sandbox            starts a sandbox, and looks at that
  --json               for machines

It exits with 0 when nothing is wrong, 1 when something is, and 78 when the configuration cannot be read.
`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      producer: { type: "string" },
      patience: { type: "string" },
      sandbox: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const patienceMs = values.patience === undefined ? usualPatienceMs : duration.parse(values.patience);
  return { ...values, patienceMs };
}

const inGroup = (told: Omit<Finding, "group">): Finding => ({ group: "configuration", ...told });

/** What keeps the configuration from being read, each with what the variable is for. */
function unreadable({ problems }: ConfigurationError): readonly Finding[] {
  return problems.map((problem) => {
    const [, name = "configuration", says = problem] = /^([A-Z][A-Z0-9_]+): (.*)$/s.exec(problem) ?? [];
    const variable = Object.hasOwn(variables, name) ? variables[name as keyof typeof variables] : undefined;
    const mend = variable ? `${name} is: ${variable.about}` : "See docs/configuration.md.";
    return inGroup(wrong(name, `${says}.`, mend));
  });
}

/** A sandbox in this process, with its actualizer where one is wanted, for as long as it is looked at. */
async function openSandbox(
  config: Config,
): Promise<{ addresses: UpstreamAddresses; stop: () => Promise<void> }> {
  const { startSandboxForDoctor } = await import("./doctor.sandbox.ts");
  return startSandboxForDoctor(config);
}

async function findings(
  config: Config,
  options: ReturnType<typeof readOptions>,
): Promise<readonly Finding[]> {
  const { patienceMs, producer } = options;
  const environment = process.env;
  const examined = { config, environment, patienceMs, producer };
  if (options.sandbox) {
    const sandbox = await openSandbox(config);
    try {
      return await examinePlatform({ ...examined, addresses: sandbox.addresses });
    } finally {
      await sandbox.stop();
    }
  }
  if (config.upstreams) return examinePlatform({ ...examined, addresses: config.upstreams });
  const nothing =
    "nothing is configured, so the sandbox would run: `sett doctor --sandbox` starts one and looks at it. GITEA_URL, GITEA_TOKEN, GIT_API_URL and CONFIGSTORE_URL lead to a platform.";
  return [
    skipped("platform", nothing),
    ...checkSettings(config, environment),
    ...checkNames(environment),
  ].map(inGroup);
}

async function main(): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions();
  } catch (error) {
    const says =
      error instanceof Error && "code" in error ? error.message : "--patience: must be such as 10s";
    process.stderr.write(`${says}\n\n${usage}`);
    return usageExitCode;
  }
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const tell = (all: readonly Finding[]) => {
    process.stdout.write(options.json ? jsonReport(all) : textReport(all));
    return countsOf(all).wrong === 0 ? 0 : 1;
  };
  try {
    return tell(await findings(readConfig(process.env), options));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    tell([...unreadable(error), ...checkNames(process.env).map(inGroup)]);
    return configurationExitCode;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  // What it says is not known to hold no secret.
  process.stderr.write(`the doctor failed: ${error instanceof Error ? error.name : "unknown"}\n`);
  process.exitCode = 70;
}
