import { usualControllerPatience, type ControllerPatience } from "../controller/controlled.kind.ts";

/** How long the controller of functions waits for what, besides what every controller waits for. */
export interface FunctionPatience extends ControllerPatience {
  /** How long one that was deployed and is not seen may take before it is deployed anew; each time twice as long. */
  readonly settleMs: number;
  readonly longestSettleMs: number;
  /** How long what has failed is left alone at least, whatever happens meanwhile: whoever asked for it is to see that. */
  readonly retryMs: number;
  /** How long what another process has begun is left to it. */
  readonly heldMs: number;
  /** After how long one that is deleted is taken away without sls-api. */
  readonly overdueMs: number;
}

/** What fits an sls-api that takes six seconds for a deployment. */
export const usualFunctionPatience: FunctionPatience = {
  ...usualControllerPatience,
  // A deployment takes long and costs this process nothing.
  concurrency: 2 * usualControllerPatience.concurrency,
  firstDelayMs: 5_000,
  settleMs: 20_000,
  longestSettleMs: 3_600_000,
  retryMs: 3_000,
  heldMs: 90_000,
  overdueMs: 1_800_000,
};
