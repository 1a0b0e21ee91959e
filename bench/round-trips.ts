import { readConfig } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { startSandbox, type Sandbox } from "../src/sandbox/sandbox.ts";
import { startGateway } from "../src/server/gateway.ts";
import { operations, type Ask, type Operation } from "./round-trip.operations.ts";

/** How many upstream calls an operation made, and how many it may make. */
export interface RoundTrips {
  readonly name: string;
  readonly calls: number;
  readonly expected: number;
}

/** Takes what the sandbox was asked since this was last called. */
function takeCalls({ gitea, gitApi, configstore, workspaces }: Sandbox): number {
  const { projectApi, workspaceApi } = workspaces;
  const servers = [gitea, gitApi, configstore, projectApi, workspaceApi];
  const calls = servers.reduce((sum, { requests }) => sum + requests.length, 0);
  for (const server of servers) server.clearRequests();
  return calls;
}

async function count(operation: Operation): Promise<RoundTrips[]> {
  const config = readConfig({ PORT: "0", EXPLORER: "false" });
  const sandbox = await startSandbox({ ...config, timing: { branchLagMs: 0, hookDelayMs: 0 } });
  const gateway = await startGateway(config, {
    addresses: sandbox.addresses,
    log: createLog("silent"),
    examples: [],
  });
  const ask: Ask = async (query, variables = {}) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "token al-token" },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
    if (errors !== undefined) throw new Error(`${operation.name}: ${JSON.stringify(errors)}`);
    return data;
  };
  try {
    operation.prepare?.(sandbox);
    const counted: RoundTrips[] = [];
    for (const [state, expected] of Object.entries(operation.calls)) {
      takeCalls(sandbox);
      await operation.run(ask);
      counted.push({ name: `${operation.name}, ${state}`, calls: takeCalls(sandbox), expected });
    }
    return counted;
  } finally {
    await gateway.stop();
    await sandbox.stop();
  }
}

/** Counts, on a sandbox of its own for each operation, how often the platform is asked. */
export async function countRoundTrips(): Promise<readonly RoundTrips[]> {
  const counted: RoundTrips[] = [];
  for (const operation of operations) counted.push(...(await count(operation)));
  return counted;
}
