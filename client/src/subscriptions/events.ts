import type { SettError } from "../errors/sett.error.ts";
import type { Subscriber } from "./subscriber.ts";

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** The events of a subscription one after the other; leaving the loop leaves the subscription. */
export function eventsOf<Data>(
  subscribe: (subscriber: Subscriber<Data>) => () => void,
): AsyncIterableIterator<Data, undefined> {
  const come: Data[] = [];
  let over: { readonly error?: SettError } | undefined;
  let wake: (() => void) | undefined;
  let leave: (() => void) | undefined;
  const end = (error?: SettError) => {
    over = error ? { error } : {};
    wake?.();
  };
  const events: AsyncIterableIterator<Data, undefined> = {
    next: async () => {
      leave ??= subscribe({
        next: (data) => {
          come.push(data);
          wake?.();
        },
        error: end,
        complete: end,
      });
      while (come.length === 0 && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const [value] = come.splice(0, 1);
      if (value !== undefined) return { done: false, value };
      const error = over?.error;
      over = {};
      if (error) throw error;
      return done;
    },
    return: async () => {
      come.length = 0;
      leave?.();
      leave = () => undefined;
      end();
      return done;
    },
    [Symbol.asyncIterator]: () => events,
  };
  return events;
}
