import type { Delivery } from "./event.queue.ts";

/** What is followed from how it is now to its end. */
interface Followed<State> {
  readonly now: State;
  readonly changes: AsyncIterableIterator<Delivery<State>, undefined>;
  /** Whether nothing more comes after this. */
  readonly isLast: (state: State) => boolean;
  /** Whether a change says what was told already. */
  readonly isSame: (one: State, other: State) => boolean;
}

/** How something is now, then each change of it, ending after its last: no change between the two is lost. */
export function following<State>({
  now,
  changes,
  isLast,
  isSame,
}: Followed<State>): AsyncIterableIterator<Delivery<State>, undefined> {
  let told: State | undefined;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await changes.return?.();
    return { done: true, value: undefined };
  };
  const feed: AsyncIterableIterator<Delivery<State>, undefined> = {
    next: async () => {
      if (told === undefined) {
        told = now;
        return { done: false, value: { event: now, missed: 0 } };
      }
      if (isLast(told)) return end();
      for (;;) {
        const change = await changes.next();
        if (change.done || !isSame(told, change.value.event)) {
          told = change.done ? told : change.value.event;
          return change;
        }
      }
    },
    return: end,
    [Symbol.asyncIterator]: () => feed,
  };
  return feed;
}
