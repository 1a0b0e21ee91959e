import { RateLimited } from "../../errors.ts";
import { createTally } from "./tally.ts";

/** How many operations may run over sockets and event streams at once, of all people and of each. */
export interface OperationLimits {
  /** Takes the place of an operation, until what is returned is called once; or says why there is none. */
  readonly enter: (viewer: string) => (() => void) | RateLimited;
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
      if (!ofAll.add("all")) {
        ofViewers.remove(viewer);
        return new RateLimited(retryAfterMs, "As many operations run as can; try again a little later.");
      }
      return () => {
        ofViewers.remove(viewer);
        ofAll.remove("all");
      };
    },
  };
}
