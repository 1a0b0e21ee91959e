import { afterEach, beforeEach } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { FunctionTiming } from "../../src/sandbox/sls/function.timing.ts";

const quick: FunctionTiming = { writeMs: 0, deployMs: 0, undeployMs: 0, logsMs: 0 };

/** The platform of the test that is running. */
export let sandbox: Sandbox;

/** Gives each test of a file a platform of its own. Files may share this module, so each asks for it. */
export function eachTestHasAnSlsApi(): void {
  beforeEach(async () => {
    sandbox = await start();
  });

  afterEach(() => sandbox.stop());
}

/** Takes another platform instead, on which some things take their time. */
export async function restart(
  timing: Partial<FunctionTiming>,
  environments: readonly string[] = ["dev"],
): Promise<void> {
  await sandbox.stop();
  sandbox = await start(timing, environments);
}

function start(timing: Partial<FunctionTiming> = {}, environments = ["dev"] as readonly string[]) {
  return startSandbox({
    PRODUCER_PREFIX: "customer",
    ENVIRONMENTS: environments,
    FUNCTIONS_REPOSITORY: "functions",
    timing: { writeMs: 0, hookDelayMs: 1 },
    functionTiming: { ...quick, ...timing },
  });
}

/** Asks a producer's sls-api: `METHOD /path`, below its address. */
export async function ask(
  producer: string,
  request: string,
  body?: unknown,
  env = "dev",
): Promise<{ status: number; body: unknown }> {
  const [method = "GET", path = ""] = request.split(" ");
  const address = sandbox.addresses.slsApi.replace("$PRODUCER", producer).replace("$ENV", env);
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? "" : (JSON.parse(text) as unknown) };
}

/** The body that makes a service of Node 8. */
export function nodeService(name: string): object {
  return { name, env: "nodejs", version: "8", lunchbadger: { id: `id-of-${name}`, itemOrder: 0 } };
}

/** A file of a producer's repository of functions. */
export function file(producer: string, path: string): string | undefined {
  return sandbox.gitea.platform.readFile(`customer-${producer}`, "functions", path);
}

/** Says in a producer's project whether the platform runs it. */
export function setDisabled(producer: string, disabled: boolean): void {
  const models = { Project: { [`${producer}-dev`]: JSON.stringify({ id: `${producer}-dev`, disabled }) } };
  const files = { "lunchbadger.json": JSON.stringify({ ids: {}, models }) };
  sandbox.gitea.platform.push(`customer-${producer}`, "dev", { commits: [{ message: "m", files }] });
}
