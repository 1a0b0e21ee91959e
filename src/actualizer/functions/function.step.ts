import type { FunctionOutcome, FunctionResource } from "../resources/function.resource.ts";

/** What is seen of a function on the cluster. */
export interface SeenFunction {
  /** Whether the cluster runs it; undefined while that cannot be told. */
  readonly runs: boolean | undefined;
  /** It was deployed and is not seen, but not for long: it may be on its way, or somebody else is deploying it. */
  readonly isSettling: boolean;
  /** Another one of this began to deploy it or to take it back, and may still be at it. */
  readonly isHeld: boolean;
}

/** What is to be done about a function. */
export type FunctionStep =
  | { readonly what: "rest" }
  /** Something has to become known, or has to end, first. */
  | { readonly what: "wait"; readonly because: "unknown" | "settling" | "held" }
  | { readonly what: "deploy" }
  | { readonly what: "takeBack" }
  /** It runs and nobody has said that it is to: that is written down before it is taken back, so that it comes again. */
  | { readonly what: "remember" }
  /** What was asked for is so already, or cannot be: only that has to be told. */
  | { readonly what: "answer"; readonly outcome: Omit<FunctionOutcome, "at"> };

type Spoken = Pick<FunctionResource, "spec" | "status">;

const rest: FunctionStep = { what: "rest" };
const wait = (because: "unknown" | "settling" | "held"): FunctionStep => ({ what: "wait", because });

/** Whether what runs of a function is taken back; it stays where nobody has said anything. */
export const isUnwanted = ({ spec }: Pick<FunctionResource, "spec">) =>
  spec.enabled === false || spec.running === false;

/** Whether people have asked for something that nothing has come of yet. */
export const isAsked = ({ spec, status }: Spoken) =>
  spec.request !== undefined && spec.running !== undefined && spec.request !== status?.request;

const disabled: FunctionStep = {
  what: "answer",
  outcome: {
    kind: "DEPLOY",
    state: "FAILED",
    reason: "The project is disabled, so nothing of it runs; it is deployed when the project is enabled.",
  },
};

/** A project that is disabled runs nothing, and knows what is to run once it is enabled. */
function stepOfDisabled(resource: Spoken, { runs }: SeenFunction): FunctionStep {
  if (runs === undefined) return wait("unknown");
  const { running } = resource.spec;
  if (runs) return { what: running === undefined ? "remember" : "takeBack" };
  if (!isAsked(resource)) return rest;
  return running === true ? disabled : { what: "answer", outcome: { kind: "UNDEPLOY", state: "SUCCEEDED" } };
}

/** What is to be done about a function, by what is said of it and what is seen. Nothing is concluded from not knowing. */
export function stepOf(resource: Spoken, seen: SeenFunction): FunctionStep {
  const { spec } = resource;
  const isEnabled = spec.enabled !== false;
  if (isEnabled && spec.running === undefined) return rest;
  if (seen.isHeld) return wait("held");
  if (!isEnabled) return stepOfDisabled(resource, seen);
  if (isAsked(resource)) return { what: spec.running === true ? "deploy" : "takeBack" };
  if (seen.runs === undefined) return wait("unknown");
  if (seen.runs === spec.running) return rest;
  if (spec.running !== true) return { what: "takeBack" };
  return seen.isSettling ? wait("settling") : { what: "deploy" };
}
