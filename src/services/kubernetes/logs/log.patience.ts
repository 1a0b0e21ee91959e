import { usualPatience } from "../watch.patience.ts";
import type { BatchLimits } from "./log.pace.ts";

/** How long the following of a log waits for what, and how much it holds. */
export interface LogPatience {
  /** How soon an answer has to begin. */
  readonly headersTimeoutMs: number;
  /** How long the last lines may take to come. */
  readonly readTimeoutMs: number;
  /** After how long a follow is opened anew: a silent one may be dead. */
  readonly lifeMs: number;
  /** How long a follow has to last until it counts as one. */
  readonly settledMs: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** What is remembered of a log for those who come later, and to find the place again. */
  readonly ring: { readonly lines: number; readonly bytes: number };
  /** What may wait for one reader. */
  readonly queue: { readonly lines: number; readonly bytes: number };
  /** What readers are told at once, and how often: a log is read no faster than that. */
  readonly batch: BatchLimits;
  /** For how long more may be written than is told, until what is in between is left out. */
  readonly behindMs: number;
  readonly lineBytes: number;
  /** Most that is taken in at once of what was written before. */
  readonly readBytes: number;
}

/** What fits people who look at a log. */
export const usualLogPatience: LogPatience = {
  headersTimeoutMs: usualPatience.headersTimeoutMs,
  readTimeoutMs: 15_000,
  lifeMs: 120_000,
  settledMs: usualPatience.settledMs,
  firstDelayMs: usualPatience.firstDelayMs,
  longestDelayMs: 10_000,
  ring: { lines: 2_000, bytes: 2 * 1024 * 1024 },
  queue: { lines: 5_000, bytes: 2 * 1024 * 1024 },
  batch: { everyMs: 100, lines: 500, bytes: 128 * 1024 },
  behindMs: 30_000,
  lineBytes: 16 * 1024,
  readBytes: 16 * 1024 * 1024,
};
