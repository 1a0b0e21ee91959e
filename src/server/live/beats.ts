/** Calls each of many now and then, by one timer for all of them. */
export interface Beats {
  /** Called once in each interval from now on, until the returned function is called. */
  readonly join: (beat: () => void) => () => void;
}

/** The interval is cut up, so that not all are called at once; never into less than a timer can tell apart. */
const mostSlots = 16;
const shortestSlotMs = 10;

export function createBeats(everyMs: number): Beats {
  const count = Math.max(1, Math.min(mostSlots, Math.floor(everyMs / shortestSlotMs)));
  const slots = Array.from({ length: count }, () => new Set<() => void>());
  let joined = 0;
  let current = 0;
  let timer: NodeJS.Timeout | undefined;

  const beatNext = () => {
    current = (current + 1) % count;
    for (const beat of slots[current] ?? []) beat();
  };

  return {
    join: (beat) => {
      // The slot that has just been called is the one whose turn is furthest off.
      const slot = slots[current];
      slot?.add(beat);
      joined += 1;
      timer ??= setInterval(beatNext, everyMs / count).unref();
      return () => {
        if (!slot?.delete(beat)) return;
        joined -= 1;
        if (joined > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
