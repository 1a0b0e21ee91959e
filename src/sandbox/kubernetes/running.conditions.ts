import { conditionOf, type SaidCondition } from "../../actualizer/resources/conditions.ts";
import type { CustomResource } from "../../actualizer/resources/resources.ts";
import type { FunctionCluster } from "../sls/function.cluster.ts";

/** What the actualizer would have said of a resource that it has long been done with. */
export function conditionsOf(resource: CustomResource, functions: FunctionCluster): readonly SaidCondition[] {
  const read = conditionOf("SourceRead", "Read");
  const done = [conditionOf("Applied", "Applied"), conditionOf("Paused", "NotPaused")];
  const runs = (isRunning: boolean) => conditionOf("Ready", isRunning ? "Running" : "Stopped");
  switch (resource.kind) {
    case "Producer":
      return [read, runs(true)];
    case "Workspace":
      return [
        ...[read, ...done, runs(resource.spec.enabled), conditionOf("HostsGranted", "Granted")],
        conditionOf("Progressing", "RolledOut"),
        conditionOf("Disabled", resource.spec.enabled ? "Enabled" : "Disabled"),
      ];
    case "Gateway":
      return [
        ...done,
        runs(true),
        conditionOf("HostsGranted", "Granted"),
        conditionOf("Progressing", "RolledOut"),
      ];
    case "Function": {
      const { producer, env, name } = resource.spec;
      return [...done, runs(functions.find(`fn-${producer}-${env}-${name}`) !== undefined)];
    }
  }
}
