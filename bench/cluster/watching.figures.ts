import type { WatchedPlace } from "./watching.ts";

/** What a process is to measure. */
export interface WatchingTask extends WatchedPlace {
  readonly way: "engine" | "informer";
  readonly relists: number;
  readonly changes: number;
}

/** What a list cost: CPU time of the process, and the longest that nothing else could run in it. */
export interface ListFigures {
  readonly cpuMs: number;
  readonly blockMs: number;
}

/** What a process measured. */
export interface WatchingFigures {
  readonly keptBytes: number;
  readonly first: ListFigures;
  readonly relists: readonly ListFigures[];
  /** CPU time for each change. */
  readonly changeMicroseconds: number;
}
