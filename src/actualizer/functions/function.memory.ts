import type { FunctionResource } from "../resources/function.resource.ts";
import { resourceAnnotations } from "../resources/resource.parts.ts";
import type { FunctionPatience } from "./function.patience.ts";
import type { FunctionDoing } from "./function.status.ts";

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
  /** What was asked for has failed, once more. */
  readonly failed: (resource: FunctionResource, doing: FunctionDoing) => void;
  readonly succeeded: (resource: FunctionResource) => void;
  /**
   * For how much longer it is left alone, whatever happens meanwhile: after each failure twice as long. 0 where something
   * else is asked for by now; what is the same wish of a function that is another is left alone no longer than at first.
   */
  readonly failedMs: (resource: FunctionResource, doing: FunctionDoing) => number;
  /** One that had run is being deployed anew. */
  readonly lost: (resource: FunctionResource) => void;
  readonly forget: (uid: string) => void;
  readonly clear: () => void;
}

interface Failed {
  readonly request: string | undefined;
  readonly point: string;
  readonly count: number;
  readonly sinceMs: number;
}

interface Known {
  missing?: number | undefined;
  losses: number;
  held?: { readonly at: string; readonly sinceMs: number };
  failed?: Failed;
  deleted?: number;
  takenBack?: number;
}

/** What has failed is worth another try at once where one of these is another. */
const pointOf = ({ spec, metadata }: FunctionResource, doing: FunctionDoing) =>
  JSON.stringify([
    ...[doing, spec.request, spec.source, spec.enabled, metadata.deletionTimestamp],
    metadata.annotations?.[resourceAnnotations.reconcileRequested],
  ]);

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
    failed: (resource, doing) => {
      const known = of(resource);
      const point = pointOf(resource, doing);
      const before = known.failed?.point === point ? known.failed.count : 0;
      const { request } = resource.spec;
      known.failed = { request, point, count: before + 1, sinceMs: performance.now() };
    },
    succeeded: (resource) => {
      delete of(resource).failed;
    },
    failedMs: (resource, doing) => {
      const { failed } = of(resource);
      if (!failed || failed.request !== resource.spec.request) return 0;
      const { firstDelayMs, longestDelayMs, retryMs } = patience;
      // The least that a queue waits: one that others wake or keep waiting has forgotten how often it failed.
      const leastMs = Math.min(firstDelayMs * 2 ** Math.min(failed.count - 1, 30), longestDelayMs) / 2;
      const holdMs = failed.point === pointOf(resource, doing) ? Math.max(retryMs, leastMs) : retryMs;
      return Math.max(0, holdMs - sinceMs(failed.sinceMs));
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
    clear: () => all.clear(),
  };
}
