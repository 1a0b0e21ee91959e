import fc from "fast-check";

/** What is drawn by lot, the same for the same seed. */
export interface Choices {
  /** A whole number from 0 up to, but not, this one. */
  readonly below: (count: number) => number;
  readonly pick: <Item>(all: readonly Item[]) => Item;
  /** So many of all, each at most once. */
  readonly some: <Item>(all: readonly Item[], count: number) => readonly Item[];
  /** Whether it happens, in so many of a hundred cases. */
  readonly chance: (percent: number) => boolean;
}

/** Every number as likely as another; arbitraries prefer small ones otherwise. */
const upTo = (most: number) => fc.noBias(fc.nat(most));

export function choicesOf(generate: fc.GeneratorValue): Choices {
  const below = (count: number) => (count <= 1 ? 0 : generate(upTo, count - 1));
  const pick = <Item>(all: readonly Item[]): Item => {
    if (all.length === 0) throw new Error("there is nothing to pick from");
    return all[below(all.length)] as Item;
  };
  return {
    below,
    pick,
    some: (all, count) => {
      const left = [...all];
      return Array.from({ length: Math.min(count, all.length) }, () => {
        const [taken] = left.splice(below(left.length), 1);
        return taken as (typeof all)[number];
      });
    },
    chance: (percent) => below(100) < percent,
  };
}
