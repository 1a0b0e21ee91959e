import type { FunctionResource } from "../resources/function.resource.ts";
import type { FunctionPatience } from "./function.patience.ts";

/** How long something has been so, as this process has seen it: clocks of others are not compared with. */
export interface FunctionMemory {
  /** Whether one that was deployed and is not seen is to be waited for; each time that it was lost, longer. */
  readonly isSettling: (resource: FunctionResource, runs: boolean | undefined) => boolean;
  /** For how much longer what somebody else has begun may go on; 0 where nobody has, or long ago. */
  readonly heldMs: (resource: FunctionResource) => number;
  /** Since when one is known to be deleted. */
  readonly deletedMs: (resource: FunctionResource) => number;
  /** Since when one that is deleted has been taken back; infinite before. */
  readonly takenBackMs: (resource: FunctionResource) => number;
  readonly takenBack: (resource: FunctionResource) => void;
  /** What was asked for has failed. */
  readonly failed: (resource: FunctionResource) => void;
  /** For how much longer it is left alone; 0 where something else is asked for by now. */
  readonly failedMs: (resource: FunctionResource) => number;
  /** One that had run is deployed anew. */
  readonly lost: (resource: FunctionResource) => void;
  readonly forget: (uid: string) => void;
}

interface Known {
  missing?: number | undefined;
  losses: number;
  held?: { readonly at: string; readonly sinceMs: number };
  failed?: { readonly request: string | undefined; readonly sinceMs: number };
  deleted?: number;
  takenBack?: number;
}

export function createFunctionMemory(patience: FunctionPatience): FunctionMemory {
  const all = new Map<string, Known>();
  const of = ({ metadata }: FunctionResource): Known => {
    const uid = metadata.uid ?? "";
    const known = all.get(uid) ?? { losses: 0 };
    all.set(uid, known);
    return known;
  };
  const sinceMs = (at: number) => performance.now() - at;

  return {
    isSettling: (resource, runs) => {
      const known = of(resource);
      const { kind, state } = resource.status?.outcome ?? {};
      if (runs === true) known.losses = 0;
      if (runs !== false || kind !== "DEPLOY" || state !== "SUCCEEDED") {
        known.missing = undefined;
        return false;
      }
      known.missing ??= performance.now();
      const { settleMs, longestSettleMs } = patience;
      return sinceMs(known.missing) < Math.min(settleMs * 2 ** known.losses, longestSettleMs);
    },
    heldMs: (resource) => {
      const known = of(resource);
      const { state, at = "" } = resource.status?.outcome ?? {};
      if (state !== "RUNNING") {
        delete known.held;
        return 0;
      }
      if (known.held?.at !== at) known.held = { at, sinceMs: performance.now() };
      return Math.max(0, patience.heldMs - sinceMs(known.held.sinceMs));
    },
    failed: (resource) => {
      of(resource).failed = { request: resource.spec.request, sinceMs: performance.now() };
    },
    failedMs: (resource) => {
      const { failed } = of(resource);
      if (!failed || failed.request !== resource.spec.request) return 0;
      return Math.max(0, patience.retryMs - sinceMs(failed.sinceMs));
    },
    deletedMs: (resource) => sinceMs((of(resource).deleted ??= performance.now())),
    takenBackMs: (resource) => sinceMs(of(resource).takenBack ?? -Infinity),
    takenBack: (resource) => {
      of(resource).takenBack = performance.now();
    },
    lost: (resource) => {
      const known = of(resource);
      known.losses += 1;
      known.missing = undefined;
    },
    forget: (uid) => void all.delete(uid),
  };
}
