import { RateLimited } from "../../../errors.ts";

/** A place held in a workspace. */
export interface Hold {
  /** Aborts when the place could not be kept, so that a write of several steps can stop between two of them. */
  readonly lost: AbortSignal;
  /** Gives the place up; once is enough, more does no harm. */
  readonly release: () => Promise<void>;
}

/**
 * Reads run together, a write alone; whoever waits is let in in turn, so neither readers nor writers starve. Workspaces
 * are told apart by `<producer>-<env>`. Nobody may ask for a place in a workspace while holding one there.
 */
export interface WorkspaceLock {
  readonly read: (workspace: string) => Promise<Hold>;
  readonly write: (workspace: string) => Promise<Hold>;
  readonly close: () => Promise<void>;
}

/** What a place is held for. */
export type Purpose = "read" | "write";

/** How long somebody who waited in vain is told to wait: about what a write of several steps takes. */
const retryAfterMs = 1000;

/** What somebody is told who waited for a place as long as anybody may. */
export function busyWorkspace(): RateLimited {
  return new RateLimited(retryAfterMs, "Others are working on this project just now; try again in a moment.");
}
