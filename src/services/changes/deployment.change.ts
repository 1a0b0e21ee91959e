import { isFinished, type Deployment } from "../../live/deployment.record.ts";
import type { ProjectChanged } from "../../live/live-events.ts";

/** What the end of a deployment is to those who may know of functions; undefined before that. */
export function deploymentChange(deployment: Deployment): ProjectChanged | undefined {
  if (!isFinished(deployment)) return undefined;
  const { producer, env, functionName, by } = deployment;
  return {
    producer,
    env,
    audience: "functions",
    kind: "FUNCTIONS",
    by,
    entities: [`functions/${functionName}`],
    unnamed: 0,
    revision: undefined,
    push: undefined,
  };
}
