import { RateLimited } from "../../errors.ts";
import { createTally } from "./tally.ts";

/** How many operations may run over sockets and event streams at once, of all people and of each. */
export interface OperationLimits {
  /** Takes the place of an operation, or says why there is none. */
  readonly enter: (viewer: string) => RateLimited | undefined;
  /** Gives a place back: once for each that was taken. */
  readonly leave: (viewer: string) => void;
}

const retryAfterMs = 1000;

export function createOperationLimits({
  total,
  perViewer,
}: {
  total: number;
  perViewer: number;
}): OperationLimits {
  const ofViewers = createTally(perViewer);
  const ofAll = createTally(total);
  return {
    enter: (viewer) => {
      if (!ofViewers.add(viewer)) {
        return new RateLimited(retryAfterMs, `At most ${perViewer} operations of one person run at once.`);
      }
      if (ofAll.add("all")) return undefined;
      ofViewers.remove(viewer);
      return new RateLimited(retryAfterMs, "As many operations run as can; try again a little later.");
    },
    leave: (viewer) => {
      ofViewers.remove(viewer);
      ofAll.remove("all");
    },
  };
}
