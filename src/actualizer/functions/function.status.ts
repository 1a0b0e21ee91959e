import { stageOf } from "../controller/workload.conditions.ts";
import { conditionOf, type SaidCondition } from "../resources/conditions.ts";
import type { FunctionOutcome, FunctionResource } from "../resources/function.resource.ts";
import type { FunctionWorkload } from "./function.workloads.ts";

type Status = Omit<NonNullable<FunctionResource["status"]>, "conditions" | "observedGeneration">;

/** What is done to a function just now. */
export type FunctionDoing = FunctionOutcome["kind"];

function readyCondition(resource: FunctionResource, workload: FunctionWorkload | undefined): SaidCondition {
  if (!workload) {
    const { enabled, running } = resource.spec;
    return conditionOf("Ready", enabled === false || running === false ? "Stopped" : "NotDeployed");
  }
  if (!workload.record) return conditionOf("Ready", "Untold");
  const stage = stageOf(workload.record);
  if (stage === "failing") return conditionOf("Ready", "Failing", `(${workload.name})`);
  return conditionOf("Ready", stage === "starting" ? "Starting" : "Running");
}

function progressCondition(workload: FunctionWorkload | undefined, doing?: FunctionDoing): SaidCondition {
  if (doing) return conditionOf("Progressing", doing === "DEPLOY" ? "Deploying" : "TakingBack");
  const stage = workload?.record && stageOf(workload.record);
  if (stage === "stuck") return conditionOf("Progressing", "Stuck");
  return conditionOf("Progressing", stage === "replacing" ? "RollingOut" : "RolledOut");
}

/** What is said of a function, given what runs of it; nothing of that while it cannot be told. */
export function functionConditions(
  resource: FunctionResource,
  seen: { readonly isLive: boolean; readonly workload: FunctionWorkload | undefined },
  applied: SaidCondition,
  doing?: FunctionDoing,
): readonly SaidCondition[] {
  const isOff = resource.spec.enabled === false;
  return [
    conditionOf("Paused", "NotPaused"),
    conditionOf("Disabled", isOff ? "Disabled" : "Enabled"),
    applied,
    progressCondition(seen.workload, doing),
    ...(seen.isLive ? [readyCondition(resource, seen.workload)] : []),
  ];
}

/** What has come of something that was done to a function. */
export interface Done extends Omit<FunctionOutcome, "at"> {
  /** What had been asked for when it began. */
  readonly request: string | undefined;
  readonly source: string | undefined;
  /** Which state it was in; undefined where that is not known. */
  readonly revision?: string | undefined;
}

/** What is not said any more is taken out: a part that is merely not sent would stay. */
const without = <Value>(before: object | undefined, key: string, value: Value | undefined) =>
  value !== undefined ? { [key]: value } : before !== undefined && key in before ? { [key]: null } : {};

/** What of the status another outcome changes, as it is sent; undefined where it is the one that is told already. */
export function statusAfter(status: Status | undefined, done: Done, at: string): object | undefined {
  const { kind, state, reason, request, source, revision } = done;
  const before = status?.outcome;
  const isSame = before?.kind === kind && before.state === state && before.reason === reason;
  const isOver = state !== "RUNNING";
  if (isSame && isOver && state !== "SUCCEEDED" && status?.request === request) return undefined;
  const outcome = { kind, state, at, ...without(before, "reason", reason?.slice(0, 1000)) };
  if (!isOver) return { outcome };
  const isDeployed = kind === "DEPLOY" && state === "SUCCEEDED";
  return {
    outcome,
    ...(request === undefined ? {} : { request }),
    ...(isDeployed ? { ...without(status, "revision", revision), ...without(status, "source", source) } : {}),
  };
}
