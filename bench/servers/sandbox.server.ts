import { readConfig } from "../../src/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { readPaths } from "../canvas/straight.canvas.ts";
import { addManyModels } from "../canvas/models.seed.ts";
import { takeRecordedDurations } from "../canvas/recorded.durations.ts";
import { serveMeasured } from "../process/measured.ts";
import { median } from "../report/statistics.ts";

const atOnce = { readMs: 0, overlapMs: 0, tornMs: 0, writeMs: 0, installMs: 0, clearMs: 0 };

/** How long this takes to answer, once it has answered often. */
async function durationOf(url: string): Promise<number> {
  const durations: number[] = [];
  for (let time = 0; time < 30; time += 1) {
    const askedAt = performance.now();
    await (await fetch(url)).text();
    durations.push(performance.now() - askedAt);
  }
  return median(durations.slice(-10));
}

/** The sandbox platform with a large project of al's beside demo's, which counts what it is asked. */
serveMeasured(async ({ takesTime = false, tokens = 0 }) => {
  const sandbox = await startSandbox({
    ...readConfig({}),
    timing: { branchLagMs: 0, hookDelayMs: 0 },
    workspaceTiming: takesTime ? { ...atOnce, overlapMs: 1, tornMs: 0.1 } : atOnce,
  });
  const { gitea, gitApi, configstore, workspaces, addresses } = sandbox;
  for (let number = 0; number < tokens; number += 1) {
    gitea.platform.addToken("customer-demo", `live-token-${number}`, ["read:user", "read:repository"]);
  }
  addManyModels(workspaces.pod("al", "dev").state);
  if (takesTime) {
    const models = `${workspaces.workspaceApi.url}/al-dev/api/${readPaths("al").models}`;
    takeRecordedDurations(workspaces, await durationOf(models));
  }
  const { projectApi, workspaceApi, runningProjects } = workspaces;
  const servers = [gitea, gitApi, configstore, projectApi, workspaceApi, runningProjects];
  let calls = 0;
  return {
    port: gitea.port,
    addresses,
    calls: () => {
      for (const server of servers) {
        // What Gitea tells configstore of pushes is no call of anybody's.
        calls += server.requests.filter(({ path }) => path !== "/hook").length;
        server.clearRequests();
      }
      return calls;
    },
  };
});
