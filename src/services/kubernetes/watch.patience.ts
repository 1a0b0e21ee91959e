import { delayAfter, type Delays } from "../http/delay.ts";
import { ClusterRefusal } from "./cluster.errors.ts";
import { reasonOf } from "./watch.standing.ts";

/** How long a watch waits for what, and how much it takes in. */
export interface WatchPatience extends Delays {
  readonly pageSize: number;
  readonly pageTimeoutMs: number;
  readonly pageBytesLimit: number;
  /** How many objects there may be at all. */
  readonly objectLimit: number;
  /** After how long the server is asked to end a watch, whether or not there was anything to say. */
  readonly watchSeconds: number;
  /** How much later than that a server counts as dead. */
  readonly graceMs: number;
  /** How soon a watch has to begin. */
  readonly headersTimeoutMs: number;
  readonly eventBytesLimit: number;
  /** How often everything is listed anew, whatever the watch said. */
  readonly reconcileMs: number;
  /** How long a watch has to last until it counts as one. */
  readonly settledMs: number;
  /** How long to wait when this may not be watched, or there is more than may be kept. */
  readonly forbiddenDelayMs: number;
}

/** What fits a cluster of some thousand pods. */
export const usualPatience: WatchPatience = {
  pageSize: 500,
  pageTimeoutMs: 15_000,
  pageBytesLimit: 64 * 1024 * 1024,
  objectLimit: 100_000,
  watchSeconds: 30,
  graceMs: 5_000,
  headersTimeoutMs: 10_000,
  eventBytesLimit: 4 * 1024 * 1024,
  reconcileMs: 300_000,
  settledMs: 1_000,
  firstDelayMs: 100,
  longestDelayMs: 30_000,
  forbiddenDelayMs: 60_000,
};

/** How long to wait after this failure: at least as long as the cluster asks for, and longer where asking is no use. */
export function delayFor(failure: unknown, failures: number, patience: WatchPatience): number {
  const asked = failure instanceof ClusterRefusal ? (failure.retryAfterMs ?? 0) : 0;
  const reason = reasonOf(failure);
  const slow = reason === "FORBIDDEN" || reason === "TOO_MANY" ? patience.forbiddenDelayMs : 0;
  return Math.max(delayAfter(failures, patience), asked, slow);
}
