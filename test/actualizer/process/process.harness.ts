import { onTestFinished } from "vitest";
import { createLog } from "../../../src/log.ts";
import { readActualizerConfig } from "../../../src/actualizer/actualizer.config.ts";
import {
  startActualizerProcess,
  type ActualizerProcess,
} from "../../../src/actualizer/actualizer.process.ts";
import type { ActualizerPatience } from "../../../src/actualizer/actualizer.ts";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.ts";
import { LogLines } from "../../support/log-lines.ts";
import { installDefinitions } from "../controller/cluster.harness.ts";

export const secret = "a-secret-of-the-hooks";

/** Replicas that hear soon of each other, and of what has changed. */
export const quick: ActualizerPatience = {
  watch: { firstDelayMs: 5, settledMs: 30, longestDelayMs: 50 },
  leader: { retryMs: 50, leaseMs: 2000, termMs: 1500 },
  controller: { waitMs: 30, firstDelayMs: 20, longestDelayMs: 300 },
  projecting: { waitMs: 30, undecidedMs: 50, firstDelayMs: 20, longestDelayMs: 300 },
};

interface Given {
  /** Whether somebody has applied the custom resource definitions. */
  readonly isDefined?: boolean;
}

/** A platform whose cluster is empty; its pods are ready at once. */
export async function startPlatform({ isDefined = true }: Given = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({
    PRODUCER_PREFIX: "customer",
    ENVIRONMENTS: ["dev"],
    FUNCTIONS_REPOSITORY: "functions",
    cluster: "empty",
    timing: { branchLagMs: 0, hookDelayMs: 1 },
    workspaceTiming: { readMs: 0, writeMs: 0, installMs: 0, clearMs: 0 },
    functionTiming: { writeMs: 0, deployMs: 0, undeployMs: 0, logsMs: 0 },
    clusterTiming: { scheduleMs: 1, createMs: 1, readyMs: 1, terminateMs: 1, tooLargeMs: 50 },
  });
  onTestFinished(sandbox.stop);
  if (isDefined) await installDefinitions(sandbox.kubernetes);
  return sandbox;
}

/** The variables by which a process of its own finds a sandbox. */
export const variablesFor = ({ addresses, kubernetes }: Sandbox): Record<string, string> => ({
  GITEA_URL: addresses.gitea,
  GITEA_TOKEN: addresses.giteaToken,
  GITEA_WEBHOOK_SECRET: secret,
  GIT_API_URL: addresses.gitApi,
  CONFIGSTORE_URL: addresses.configstore,
  PROJECT_API_URL_TEMPLATE: addresses.projectApi,
  WORKSPACE_API_URL_TEMPLATE: addresses.workspaceApi,
  OPENAPI_URL_TEMPLATE: addresses.openApi,
  SLS_API_URL_TEMPLATE: addresses.slsApi,
  GATEWAY_ADMIN_URL_TEMPLATE: addresses.gatewayAdmin,
  KUBERNETES_URL: kubernetes.server.url,
  KUBERNETES_TOKEN: kubernetes.controllerToken,
  KUBERNETES_RETRY: "100ms",
  ACTUALIZER_PORT: "0",
  SHUTDOWN_DEADLINE: "1s",
});

/** An actualizer as it is run, but in this process, with the pages about it. */
export async function startProcess(sandbox: Sandbox, env: Record<string, string> = {}) {
  const log = new LogLines();
  const config = readActualizerConfig({ ...variablesFor(sandbox), ...env });
  const running: ActualizerProcess = await startActualizerProcess(config, createLog("info", log), quick);
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return true;
    isStopped = true;
    return running.stop();
  };
  onTestFinished(async () => {
    await stop();
  });
  const url = `http://127.0.0.1:${running.port}`;
  const ready = async () => {
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, ...((await response.json()) as Readiness) };
  };
  return { ...running, stop, url, log, ready };
}

interface Readiness {
  readonly ready: boolean;
  readonly leading: boolean;
  readonly problems: readonly string[];
}

/** What is on the cluster of a kind, by name. */
export const until = { timeout: 15_000, interval: 20 };
