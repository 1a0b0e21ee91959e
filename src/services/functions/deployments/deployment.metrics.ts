import { Counter, Gauge, type Registry } from "prom-client";
import { isFinished, type Deployment } from "../../../live/deployment.record.ts";
import type { DeploymentsService } from "./deployments.service.ts";

const unfinishedStates = ["QUEUED", "RUNNING"] as const;

/** Lets the metrics say how many deployments wait and run in this process, and how those went that are over. */
export function measureDeployments(
  registry: Registry,
  { onChange }: Pick<DeploymentsService, "onChange">,
): void {
  const registers = [registry];
  const states = new Map<string, Deployment["state"]>();
  const ended = new Counter({
    name: "sett_deployments_total",
    help: "Deployments of functions that are over, by outcome: SUCCEEDED, FAILED or UNKNOWN.",
    labelNames: ["outcome"],
    registers,
  });
  new Gauge({
    name: "sett_deployments",
    help: "Deployments of functions that wait for their turn (QUEUED) and that run (RUNNING), at this replica.",
    labelNames: ["state"],
    registers,
    collect() {
      const all = [...states.values()];
      for (const state of unfinishedStates) {
        this.set({ state }, all.filter((each) => each === state).length);
      }
    },
  });
  onChange((deployment) => {
    if (isFinished(deployment)) {
      states.delete(deployment.key);
      ended.inc({ outcome: deployment.state });
    } else {
      states.set(deployment.key, deployment.state);
    }
  });
}
