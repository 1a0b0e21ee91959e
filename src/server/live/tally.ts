/** How many each has of something, up to a limit that is the same for all. */
export interface Tally {
  /** False when they have as many as they may. */
  readonly add: (owner: string) => boolean;
  readonly remove: (owner: string) => void;
}

export function createTally(limit: number): Tally {
  const held = new Map<string, number>();
  return {
    add: (owner) => {
      const has = held.get(owner) ?? 0;
      if (has >= limit) return false;
      held.set(owner, has + 1);
      return true;
    },
    remove: (owner) => {
      const has = (held.get(owner) ?? 1) - 1;
      if (has > 0) held.set(owner, has);
      else held.delete(owner);
    },
  };
}
