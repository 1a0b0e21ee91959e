import { ClusterRefusal, ClusterUnreachable } from "./cluster.errors.ts";

/** Why what is known may no longer be so. */
export type StaleReason =
  "UNREACHABLE" | "UNAUTHORIZED" | "FORBIDDEN" | "BUSY" | "EXPIRED" | "TOO_MANY" | "MISSING";

/**
 * How far a watch can be believed. `connecting`: nothing is known yet. `live`: what is known is what is so. `stale`:
 * it was so when the cluster was last heard. `forbidden`: the same, and the cluster does not let this be watched.
 */
export type WatchState =
  | { readonly phase: "connecting" }
  | { readonly phase: "live" }
  | { readonly phase: "stale" | "forbidden"; readonly staleSince: Date; readonly reason: StaleReason };

/** There is more in the cluster than a watch may keep. */
export class TooManyObjects extends Error {}

/** What a failure means to somebody who listens. */
export function reasonOf(failure: unknown): StaleReason {
  if (failure instanceof TooManyObjects) return "TOO_MANY";
  if (failure instanceof ClusterUnreachable) {
    return failure.code === "NO_CREDENTIAL" ? "UNAUTHORIZED" : "UNREACHABLE";
  }
  if (!(failure instanceof ClusterRefusal)) return "UNREACHABLE";
  switch (failure.status) {
    case 401:
      return "UNAUTHORIZED";
    case 403:
      return "FORBIDDEN";
    case 404:
      return "MISSING";
    case 410:
      return "EXPIRED";
    case 429:
      return "BUSY";
    default:
      return "UNREACHABLE";
  }
}

/** Keeps the state and tells each change of it. */
export interface Standing {
  readonly state: () => WatchState;
  readonly listen: (listener: (state: WatchState) => void) => () => void;
  /** The cluster was heard just now. */
  readonly heard: () => void;
  readonly live: () => void;
  readonly failed: (reason: StaleReason) => void;
}

/** A standing that begins as `connecting`; a listener that throws does no harm to the others. */
export function createStanding(onThrown: (error: unknown) => void): Standing {
  const listeners = new Set<(state: WatchState) => void>();
  let state: WatchState = { phase: "connecting" };
  let heardAt = Date.now();

  const become = (next: WatchState) => {
    state = next;
    for (const listener of [...listeners]) {
      try {
        listener(next);
      } catch (error) {
        onThrown(error);
      }
    }
  };

  return {
    state: () => state,
    listen: (listener) => {
      // A function of its own, for somebody may listen twice with one.
      const own = (news: WatchState) => listener(news);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    heard: () => {
      heardAt = Date.now();
    },
    live: () => {
      if (state.phase !== "live") become({ phase: "live" });
    },
    failed: (reason) => {
      const phase = reason === "FORBIDDEN" ? "forbidden" : "stale";
      if ("reason" in state && state.reason === reason) return;
      // However often it fails in between, what is known is as old as it was.
      const staleSince = "staleSince" in state ? state.staleSince : new Date(heardAt);
      become({ phase, staleSince, reason });
    },
  };
}
