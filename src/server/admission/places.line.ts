/** Who waits for a place, and may go before there is one. */
export interface Waiting {
  readonly destroyed: boolean;
  readonly once: (event: "close", listener: () => void) => unknown;
  readonly off: (event: "close", listener: () => void) => unknown;
}

/** What became of asking for a place: there was one, there was none in time, or it is not wanted any more. */
export type Turn = "in" | "late" | "gone";

/** Places of which there are so many, and a line of those who wait for one. */
export interface PlacesLine {
  readonly taken: () => number;
  readonly waiting: () => number;
  /** Whether somebody who came now would get neither a place nor one in the line. */
  readonly isFull: () => boolean;
  readonly take: (who: Waiting) => Turn | Promise<Turn>;
  /** Hands a place to who has waited longest. */
  readonly leave: () => void;
}

interface Limits {
  readonly places: number;
  readonly line: number;
  readonly waitMs: number;
}

/** Free places are given at once, without a promise: that is how nearly every operation gets its own. */
export function createPlacesLine({ places, line, waitMs }: Limits): PlacesLine {
  const waiting = new Set<() => void>();
  let taken = 0;

  const wait = (who: Waiting) =>
    new Promise<Turn>((resolve) => {
      const end = (turn: Turn) => {
        clearTimeout(timer);
        who.off("close", go);
        waiting.delete(come);
        resolve(turn);
      };
      const come = () => end("in");
      const go = () => end("gone");
      const timer = setTimeout(end, waitMs, "late");
      who.once("close", go);
      waiting.add(come);
    });

  return {
    taken: () => taken,
    waiting: () => waiting.size,
    isFull: () => taken >= places && waiting.size >= line,
    take: (who) => {
      if (taken >= places) return who.destroyed ? "gone" : wait(who);
      taken += 1;
      return "in";
    },
    leave: () => {
      const [next] = waiting;
      if (next) next();
      else taken -= 1;
    },
  };
}
