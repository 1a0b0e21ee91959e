import pLimit, { type LimitFunction } from "p-limit";

/** Lets what is asked over sockets run when its turn comes. */
export interface Turns {
  readonly running: () => number;
  readonly run: <Answer>(owner: string, work: () => Promise<Answer>) => Promise<Answer>;
}

/** So many run at once, and so many of one owner: their others wait behind their own, and in nobody's way. */
export function createTurns(total: number, perOwner: number): Turns {
  const all = pLimit(total);
  const owners = new Map<string, { readonly limit: LimitFunction; asking: number }>();
  return {
    running: () => all.activeCount,
    run: async (owner, work) => {
      const own = owners.get(owner) ?? { limit: pLimit(perOwner), asking: 0 };
      owners.set(owner, own);
      own.asking += 1;
      try {
        return await own.limit(() => all(work));
      } finally {
        own.asking -= 1;
        if (own.asking === 0) owners.delete(owner);
      }
    },
  };
}
