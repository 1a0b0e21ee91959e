import type { SettError } from "../errors/sett.error.ts";
import type { Subscriber } from "./subscriber.ts";

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

interface Waiter<Data> {
  readonly resolve: (result: IteratorResult<Data, undefined>) => void;
  readonly reject: (error: SettError) => void;
}

/** The events of a subscription one after the other; leaving the loop leaves the subscription. */
export function eventsOf<Data>(
  /** `left` is called once nothing comes any more, also where nobody is told of it otherwise. */
  subscribe: (subscriber: Subscriber<Data>, left: () => void) => () => void,
): AsyncIterableIterator<Data, undefined> {
  const come: Data[] = [];
  const waiting: Waiter<Data>[] = [];
  let isOver = false;
  let failure: SettError | undefined;
  let leave: (() => void) | undefined;

  /** Gives those who wait, the first of them first, what there is. */
  const settle = () => {
    for (const waiter of waiting.splice(0, isOver ? waiting.length : come.length)) {
      const [value] = come.splice(0, 1);
      if (value !== undefined) waiter.resolve({ done: false, value });
      else if (failure) {
        waiter.reject(failure);
        failure = undefined;
      } else waiter.resolve(done);
    }
  };
  const end = (error?: SettError) => {
    if (isOver) return;
    isOver = true;
    failure = error;
    settle();
  };
  const events: AsyncIterableIterator<Data, undefined> = {
    next: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        leave ??= subscribe(
          {
            next: (data) => {
              come.push(data);
              settle();
            },
            error: end,
            complete: end,
          },
          end,
        );
        settle();
      }),
    return: async () => {
      come.length = 0;
      failure = undefined;
      leave?.();
      leave = () => undefined;
      end();
      return done;
    },
    [Symbol.asyncIterator]: () => events,
  };
  return events;
}
