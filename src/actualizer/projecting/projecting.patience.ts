import type { Delays } from "../../services/http/delay.ts";

/** How long the projector waits for what, and how much it takes on at once. */
export interface ProjectingPatience extends Delays {
  /** How many producers are worked on side by side. */
  readonly concurrency: number;
  /** How often all producers are listed, to find what nobody has told of. */
  readonly passMs: number;
  /** How soon everybody has been looked at once, whatever listings say of them. */
  readonly everybodyMs: number;
  /** How long a producer or an environment that is not there any more is taken for one that may come back. */
  readonly goneAfterMs: number;
  /** How soon one is looked at again of whom something could not be said; twice as long each time. */
  readonly undecidedMs: number;
  /** How soon it is looked at again when something has to be so first. */
  readonly waitMs: number;
  /** How often what somebody else keeps changing is changed back. */
  readonly disputeMs: number;
  /** How long what runs may go on when everything ends. */
  readonly drainMs: number;
}

/** What fits some thousand producers. */
export const usualProjectingPatience: ProjectingPatience = {
  concurrency: 8,
  passMs: 600_000,
  everybodyMs: 6 * 3_600_000,
  goneAfterMs: 300_000,
  undecidedMs: 30_000,
  waitMs: 5_000,
  disputeMs: 60_000,
  drainMs: 10_000,
  firstDelayMs: 500,
  longestDelayMs: 300_000,
};
