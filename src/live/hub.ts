import { createEventQueue, type Delivery, type EventQueue } from "./event.queue.ts";

/** How much there is of everything, for the metrics. */
export interface HubCounts {
  readonly topics: number;
  readonly subscribers: number;
  /** Events that wait for subscribers, over all queues. */
  readonly waiting: number;
  /** Events that slow subscribers have lost since the start. */
  readonly lost: number;
}

/** Tells subscribers what happens, by the kind of event and a topic of that kind, such as a project. */
export interface Hub<Events extends object> {
  readonly publish: <Kind extends keyof Events & string>(
    kind: Kind,
    topic: string,
    event: Events[Kind],
  ) => void;
  /** What happens from now on. A queue of the subscriber's own holds what it has not taken yet. */
  readonly subscribe: <Kind extends keyof Events & string>(
    kind: Kind,
    topic: string,
  ) => AsyncIterableIterator<Delivery<Events[Kind]>, undefined>;
  /** Whether anybody would learn of it. */
  readonly isHeard: (kind: keyof Events & string, topic: string) => boolean;
  readonly counts: () => HubCounts;
  /** Ends every subscription. */
  readonly close: () => void;
}

/**
 * A hub within this process. Publishing never waits for a subscriber, and no subscriber for another: a slow one loses
 * the oldest of its own events and is told how many.
 */
export function createHub<Events extends object>({ queueLimit }: { queueLimit: number }): Hub<Events> {
  const topics = new Map<string, Set<EventQueue<unknown>>>();
  let lost = 0;
  const keyOf = (kind: string, topic: string) => `${kind} ${topic}`;
  const queues = () => [...topics.values()].flatMap((subscribers) => [...subscribers]);

  return {
    publish: (kind, topic, event) => {
      // One object for all who are not late: what is made of it can be made once.
      const delivery = { event, missed: 0 };
      for (const queue of topics.get(keyOf(kind, topic)) ?? []) queue.push(delivery);
    },
    subscribe: <Kind extends keyof Events & string>(kind: Kind, topic: string) => {
      const key = keyOf(kind, topic);
      const subscribers = topics.get(key) ?? new Set();
      topics.set(key, subscribers);
      const queue = createEventQueue<Events[Kind]>(queueLimit, {
        onLost: () => {
          lost += 1;
        },
        onEnd: () => {
          subscribers.delete(queue as EventQueue<unknown>);
          if (subscribers.size === 0 && topics.get(key) === subscribers) topics.delete(key);
        },
      });
      subscribers.add(queue as EventQueue<unknown>);
      return queue;
    },
    isHeard: (kind, topic) => topics.has(keyOf(kind, topic)),
    counts: () => {
      const all = queues();
      const waiting = all.reduce((sum, queue) => sum + queue.waiting(), 0);
      return { topics: topics.size, subscribers: all.length, waiting, lost };
    },
    close: () => {
      for (const queue of queues()) queue.end();
    },
  };
}
