import { createEventQueue, type Delivery, type EventQueue } from "../../live/event.queue.ts";
import type { ObjectChange, ObjectIndex } from "./object.index.ts";
import type { PodRecord } from "./pod.record.ts";

/** What became of a pod. */
export type PodChange = ObjectChange<PodRecord>;

/** Tells of each pod that comes, changes or goes. */
export interface PodChanges {
  /** From now on, for one subscriber; of what he is not to be told not even that he was too slow for it. */
  readonly follow: (key: string, isTold: (pod: PodRecord) => boolean) => EventQueue<PodChange>;
  /** Ends it for all. */
  readonly close: () => void;
}

interface Options {
  readonly index: ObjectIndex<PodRecord>;
  /** How many changes wait for a subscriber; the oldest is lost then. */
  readonly queueLimit: number;
}

/** Changes as the index tells them: each is one object for all who are not late. */
export function createPodChanges({ index, queueLimit }: Options): PodChanges {
  const queues = new Set<EventQueue<PodChange>>();
  const deliveries = new WeakMap<PodChange, Delivery<PodChange>>();
  const deliveryOf = (event: PodChange) => {
    const delivery = deliveries.get(event) ?? { event, missed: 0 };
    deliveries.set(event, delivery);
    return delivery;
  };

  return {
    follow: (key, isTold) => {
      const queue = createEventQueue<PodChange>(
        {
          limit: queueLimit,
          onLost: () => undefined,
          onEnd: (ended) => {
            stop();
            queues.delete(ended);
          },
        },
        { mayHave: ({ item }) => isTold(item) },
      );
      const stop = index.listen(key, (changes) =>
        changes.forEach((change) => queue.push(deliveryOf(change))),
      );
      queues.add(queue);
      return queue;
    },
    close: () => {
      for (const queue of [...queues]) queue.end();
    },
  };
}
