import { randomBytes } from "node:crypto";

/** One who does something now and then, each time with another word that nobody could know before. */
export interface Beating {
  readonly beat: (word: string) => void;
}

/** Calls each of many now and then, by one timer for all of them. */
export interface Beats {
  /** Called once in each interval from now on, until it leaves. */
  readonly join: (member: Beating) => void;
  readonly leave: (member: Beating) => void;
}

/** The interval is cut up, so that not all are called at once; never into less than a timer can tell apart. */
const mostSlots = 16;
const shortestSlotMs = 10;

export function createBeats(everyMs: number): Beats {
  const count = Math.max(1, Math.min(mostSlots, Math.floor(everyMs / shortestSlotMs)));
  const slots = Array.from({ length: count }, () => new Set<Beating>());
  let joined = 0;
  let current = 0;
  let timer: NodeJS.Timeout | undefined;

  const beatNext = () => {
    current = (current + 1) % count;
    const word = randomBytes(8).toString("hex");
    for (const member of slots[current] ?? []) member.beat(word);
  };

  return {
    join: (member) => {
      // The slot that has just been called is the one whose turn is furthest off.
      slots[current]?.add(member);
      joined += 1;
      timer ??= setInterval(beatNext, everyMs / count).unref();
    },
    leave: (member) => {
      if (!slots.some((slot) => slot.delete(member))) return;
      joined -= 1;
      if (joined > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
