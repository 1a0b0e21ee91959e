import { onTestFinished } from "vitest";
import { openPlatformSource, type OpenedSource } from "../../../src/actualizer/sources/open.source.ts";
import type { EnvironmentFacts } from "../../../src/actualizer/sources/platform.source.ts";
import { readConfig } from "../../../src/config.ts";
import { createLog } from "../../../src/log.ts";
import { createMetrics } from "../../../src/metrics.ts";
import { createPlatformNames, type PlatformNames } from "../../../src/permissions/platform-names.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.ts";
import { LogLines } from "../../support/log-lines.ts";

/** A source on a sandbox of its own, for one test. */
export interface Sourced extends OpenedSource {
  readonly sandbox: Sandbox;
  readonly names: PlatformNames;
  /** The one environment of a producer's that has this name. */
  readonly environment: (producer: string, env: string) => Promise<EnvironmentFacts>;
  /** Every call made since this was last asked, as `gitea GET /api/v1/…`. */
  readonly calls: () => readonly string[];
}

interface Options {
  readonly env?: Readonly<Record<string, string>>;
  readonly autoGateway?: boolean;
  /** Whose token the source has, if not the platform's own. */
  readonly token?: string;
}

/** A signal that nobody aborts. */
export const unhurried = new AbortController().signal;

/** Starts a sandbox and opens a source on it; both end with the test. */
export async function startSource({ env = {}, autoGateway = false, token }: Options = {}): Promise<Sourced> {
  const config = readConfig({ LOG_LEVEL: "info", ...env });
  const sandbox = await startSandbox({ ...config, timing: { branchLagMs: 0, hookDelayMs: 1 } });
  const { addresses } = sandbox;
  const names = createPlatformNames(config, addresses.giteaToken);
  const opened = openPlatformSource({
    config,
    addresses: { ...addresses, giteaToken: token ?? addresses.giteaToken },
    names,
    autoGateway,
    log: createLog("info", new LogLines()),
    metrics: createMetrics(),
  });
  onTestFinished(async () => {
    await opened.close();
    await sandbox.stop();
  });
  const servers = {
    gitea: sandbox.gitea,
    "workspace-api": sandbox.workspaces.workspaceApi,
    "running-project": sandbox.workspaces.runningProjects,
  };
  return {
    ...opened,
    sandbox,
    names,
    environment: async (producer, wanted) => {
      const facts = await opened.source.read(producer, unhurried);
      const found = facts?.environments.find((each) => each.env === wanted);
      if (!found) throw new Error(`${producer} has no ${wanted}`);
      return found;
    },
    calls: () =>
      Object.entries(servers).flatMap(([name, server]) => {
        const calls = server.requests.map(({ method, path }) => `${name} ${method} ${path}`);
        server.clearRequests();
        return calls;
      }),
  };
}
