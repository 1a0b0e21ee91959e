import { readDeployment, type DeploymentRecord } from "../../services/kubernetes/deployment.reader.ts";
import type { DesiredObject } from "../desired/desired.objects.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { SeenObject } from "./owned.object.ts";

/**
 * How far a deployment is. `starting`: not all of it runs yet. `running`: all of it runs, as it is wanted. `replacing`:
 * it runs, and something else is to take its place. `stuck`: it runs, and what is to take its place does not get ready.
 * `failing`: not all of it runs, and what is missing does not get ready.
 */
export type Stage = "starting" | "running" | "replacing" | "stuck" | "failing";

/** How far a deployment is, by what the cluster says of it; undefined for one that is not there. */
export function stageOf(deployment: DeploymentRecord | undefined): Stage {
  if (!deployment) return "starting";
  const { isObserved, wanted, replicas, updated, available, problem } = deployment;
  const serves = wanted > 0 && available >= wanted;
  // What it says of what does not get ready is of what was asked for before.
  if (!isObserved) return serves ? "replacing" : "starting";
  if (problem !== undefined) return serves ? "stuck" : "failing";
  if (!serves) return "starting";
  return updated >= wanted && replicas === updated ? "running" : "replacing";
}

/** What is said of the pods of a resource: whether everything runs, and whether it is being replaced. */
export function workloadConditions(
  desired: readonly DesiredObject[],
  owned: readonly SeenObject[],
): readonly SaidCondition[] {
  const wanted = desired.filter(({ kind }) => kind === "Deployment").map(({ metadata }) => metadata.name);
  const seen = new Map(owned.filter(({ kind }) => kind === "Deployment").map((each) => [each.name, each]));
  const inStage = (...stages: readonly Stage[]) =>
    wanted.filter((name) => {
      const deployment = seen.get(name);
      const isThere = deployment !== undefined && !deployment.isLeaving;
      return stages.includes(stageOf(isThere ? readDeployment(deployment.whole) : undefined));
    });
  const said = (names: readonly string[]) => `(${names.join(", ")})`;
  const [failing, starting] = [inStage("failing"), inStage("starting")];
  const [stuck, replacing] = [inStage("stuck"), inStage("replacing")];

  const ready = () => {
    if (wanted.length === 0) return conditionOf("Ready", "Stopped");
    if (failing.length > 0) return conditionOf("Ready", "Failing", said(failing));
    return starting.length > 0
      ? conditionOf("Ready", "Starting", said(starting))
      : conditionOf("Ready", "Running");
  };
  const progressing = () => {
    if (stuck.length > 0) return conditionOf("Progressing", "Stuck", said(stuck));
    return replacing.length > 0
      ? conditionOf("Progressing", "RollingOut", said(replacing))
      : conditionOf("Progressing", "RolledOut");
  };
  return [ready(), progressing()];
}
