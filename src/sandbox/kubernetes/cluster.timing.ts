import type { PodTiming } from "./pod.kubelet.ts";
import type { WatchTiming } from "./watch.fleet.ts";

/** How long things take on the cluster. */
export interface ClusterTiming extends PodTiming, WatchTiming {
  /** How long a list waits for a version that the server has not got to. */
  readonly tooLargeMs: number;
  /** How often the functions that are deployed are compared with what runs. */
  readonly compareMs: number;
}

/** The timing nobody has changed: pods are quicker than real ones, the API is not. */
export const defaultClusterTiming: ClusterTiming = {
  scheduleMs: 20,
  createMs: 150,
  readyMs: 250,
  terminateMs: 200,
  bookmarkMs: 60_000,
  watchMs: 1_800_000,
  tooLargeMs: 3000,
  compareMs: 1000,
};
