import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { ProducersResource } from "./resource.census.ts";

const readyReason = ({ status }: ProducersResource) =>
  status?.conditions?.find(({ type }) => type === "Ready")?.reason;

/**
 * Whether all that a producer has runs, in one sentence. What fails is named; what is on its way is not, since each that
 * arrives would be something else to write.
 */
export function producerReady(known: readonly ProducersResource[]): SaidCondition {
  const running = known.filter(({ kind }) => kind === "Workspace" || kind === "Gateway");
  const named = (...reasons: readonly (string | undefined)[]) =>
    running
      .filter((each) => reasons.includes(readyReason(each)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .sort();
  const failing = named("Failing");
  if (failing.length > 0) return conditionOf("Ready", "Failing", `(${failing.join(", ")})`);
  if (named("Starting", undefined).length > 0) return conditionOf("Ready", "Starting");
  const isAny = named("Running").length > 0;
  return conditionOf("Ready", isAny ? "Running" : "Stopped");
}
