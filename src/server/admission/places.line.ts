/** Places of which there are so many, and a line of those who wait for one. */
export interface PlacesLine {
  readonly taken: () => number;
  readonly waiting: () => number;
  /** Whether somebody who came now would get neither a place nor one in the line. */
  readonly isFull: () => boolean;
  /** False when there was none in time. */
  readonly take: () => boolean | Promise<boolean>;
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

  const wait = () =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(go);
        resolve(false);
      }, waitMs);
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve(true);
      };
      waiting.add(go);
    });

  return {
    taken: () => taken,
    waiting: () => waiting.size,
    isFull: () => taken >= places && waiting.size >= line,
    take: () => {
      if (taken >= places) return wait();
      taken += 1;
      return true;
    },
    leave: () => {
      const [next] = waiting;
      if (next) next();
      else taken -= 1;
    },
  };
}
