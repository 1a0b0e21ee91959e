/** An event as it reaches one subscriber. */
export interface Delivery<Event> {
  readonly event: Event;
  /** How many earlier events this subscriber was too slow for. */
  readonly missed: number;
}

/** What waits for one subscriber: it ends when either side ends it. */
export interface EventQueue<Event> extends AsyncIterableIterator<Delivery<Event>, undefined> {
  readonly push: (delivery: Delivery<Event>) => void;
  readonly waiting: () => number;
  /** Ends it; what waits is still delivered, unless the subscriber itself goes. */
  readonly end: () => void;
  readonly return: () => Promise<IteratorReturnResult<undefined>>;
}

const done: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * A queue of one subscriber's own, of at most so many events. One that is full loses its oldest event, and the next
 * one that is delivered says how many were lost.
 */
export function createEventQueue<Event>(
  limit: number,
  { onLost, onEnd }: { onLost: () => void; onEnd: () => void },
): EventQueue<Event> {
  let events: Delivery<Event>[] = [];
  let asking: ((result: IteratorResult<Delivery<Event>, undefined>) => void)[] = [];
  let missed = 0;
  let ended = false;

  const end = () => {
    if (ended) return;
    ended = true;
    const left = asking;
    asking = [];
    for (const answer of left) answer(done);
    onEnd();
  };

  const take = (): Delivery<Event> | undefined => {
    const delivery = events.shift();
    if (!delivery || missed === 0) return delivery;
    const late = { ...delivery, missed: delivery.missed + missed };
    missed = 0;
    return late;
  };

  const queue: EventQueue<Event> = {
    push: (delivery) => {
      if (ended) return;
      const answer = asking.shift();
      if (answer) return answer({ done: false, value: delivery });
      events.push(delivery);
      if (events.length <= limit) return;
      events.shift();
      missed += 1;
      onLost();
    },
    waiting: () => events.length,
    end,
    next: () => {
      const delivery = take();
      if (delivery) return Promise.resolve({ done: false, value: delivery });
      if (ended) return Promise.resolve(done);
      return new Promise((resolve) => asking.push(resolve));
    },
    return: () => {
      events = [];
      end();
      return Promise.resolve(done);
    },
    [Symbol.asyncIterator]: () => queue,
  };
  return queue;
}
