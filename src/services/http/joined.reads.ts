import { openSharedBudget, type Budget, type SharedBudget } from "../../budget.ts";
import { failureAfter } from "./call.failure.ts";

interface Joined {
  readonly answer: Promise<unknown>;
  readonly budget: SharedBudget;
}

/**
 * Reads that are under way, shared by all who may read the same: for services that ask nobody who they are. Nobody who
 * begins after a write joins a read that began before the write was over.
 */
export interface JoinedReads {
  readonly join: <Answer>(
    which: { readonly place: string; readonly address: string },
    asker: Budget,
    read: (budget: Budget) => Promise<Answer>,
  ) => Promise<Answer>;
  /** What is written at a place: reads that have begun there may have seen it half done, or not at all. */
  readonly written: <Answer>(place: string, write: Promise<Answer>) => Promise<Answer>;
}

export function createJoinedReads(): JoinedReads {
  const places = new Map<string, Map<string, Joined>>();

  const begin = (place: string, address: string, read: (budget: Budget) => Promise<unknown>): Joined => {
    const budget = openSharedBudget(failureAfter);
    const joined = { answer: read(budget), budget };
    const reads = places.get(place) ?? new Map<string, Joined>();
    places.set(place, reads.set(address, joined));
    const over = () => {
      if (reads.get(address) === joined) reads.delete(address);
      if (reads.size === 0 && places.get(place) === reads) places.delete(place);
    };
    joined.answer.then(over, over);
    return joined;
  };

  const forget = (place: string) => void places.delete(place);

  return {
    join: <Answer>(
      { place, address }: { place: string; address: string },
      asker: Budget,
      read: (budget: Budget) => Promise<Answer>,
    ) => {
      const known = places.get(place)?.get(address);
      const { answer, budget } = known && !known.budget.isLeft() ? known : begin(place, address, read);
      return budget.wait(answer as Promise<Answer>, asker);
    },
    written: (place, write) => write.finally(() => forget(place)),
  };
}
