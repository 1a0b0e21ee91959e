import {
  createEventQueue,
  type Delivery,
  type EventFilter,
  type EventQueue,
  type QueueOptions,
} from "./event.queue.ts";
import type { FarHubs } from "./far.hubs.ts";

/** How much there is of everything, for the metrics. */
export interface HubCounts {
  readonly topics: number;
  readonly subscribers: number;
  /** Events that wait for subscribers, over all queues. */
  readonly waiting: number;
  /** Events that slow subscribers have lost since the start. */
  readonly lost: number;
}

/** Says that something has happened. */
export type Tell<Events extends object> = <Kind extends keyof Events & string>(
  kind: Kind,
  topic: string,
  event: Events[Kind],
) => void;

/** Hears when events of other replicas may go unheard. */
export interface GapListener {
  /** From now on; told with the topics of which somebody here hears. */
  readonly begins?: (topics: readonly string[]) => void;
  /** They are heard again on this topic, and may not have been before. */
  readonly isOver: (topic: string) => void;
}

/** Tells subscribers what happens, by the kind of event and a topic of that kind, such as a project. */
export interface Hub<Events extends object> {
  /** To the subscribers of all replicas. */
  readonly publish: Tell<Events>;
  /** To those of this process alone: what every replica learns by itself. */
  readonly tell: Tell<Events>;
  /**
   * What happens from now on, and the subscriber may have. A queue of the subscriber's own holds what it has not taken
   * yet.
   */
  readonly subscribe: <Kind extends keyof Events & string>(
    kind: Kind,
    topic: string,
    filter?: EventFilter<Events[Kind]>,
  ) => AsyncIterableIterator<Delivery<Events[Kind]>, undefined>;
  /** Done once a topic that is subscribed to is heard from other replicas as well, or cannot be for now. */
  readonly heard: (kind: keyof Events & string, topic: string) => Promise<void>;
  /** Whether other replicas, if there are any, are heard now. */
  readonly hearsOthers: () => boolean;
  /** Calls the gateway's own listener whenever it happens, until the returned function is called. */
  readonly listen: <Kind extends keyof Events & string>(
    kind: Kind,
    topic: string,
    listener: (event: Events[Kind]) => void,
  ) => () => void;
  /** Lets a listener know of times in which events of a kind may have gone unheard. */
  readonly onGap: (kind: keyof Events & string, listener: GapListener) => void;
  /** Whether anybody would learn of it, as far as is known here: who listens at other replicas is not. */
  readonly isHeard: (kind: keyof Events & string, topic: string) => boolean;
  readonly counts: () => HubCounts;
  /** Ends every subscription. */
  readonly close: () => void;
}

interface Options<Events extends object> {
  readonly queueLimit: number;
  /** The other replicas, where there are any. */
  readonly far?: FarHubs<Events> | undefined;
}

/** Who is told of a topic: subscribers in their own time, listeners at once. */
interface Audience {
  readonly queues: Set<EventQueue<unknown>>;
  readonly listeners: Set<(event: unknown) => void>;
  /** What its queues have in common. */
  readonly options: QueueOptions<unknown>;
}

/**
 * A hub within this process. Publishing never waits for a subscriber, and no subscriber for another: a slow one loses
 * the oldest of its own events and is told how many. Nor does it wait for other replicas.
 */
export function createHub<Events extends object>({ queueLimit, far }: Options<Events>): Hub<Events> {
  type Kind = keyof Events & string;
  const audiences = new Map<string, Audience>();
  const gapListeners = new Map<Kind, Set<GapListener>>();
  let lost = 0;
  const keyOf = (kind: string, topic: string) => `${kind} ${topic}`;
  const topicsOf = (kind: string) =>
    [...audiences.keys()].flatMap((key) => (key.startsWith(`${kind} `) ? [key.slice(kind.length + 1)] : []));
  const queues = () => [...audiences.values()].flatMap((audience) => [...audience.queues]);

  const tell: Tell<Events> = (kind, topic, event) => {
    const audience = audiences.get(keyOf(kind, topic));
    if (!audience) return;
    // One object for all who are not late: what is made of it can be made once.
    const delivery = { event, missed: 0 };
    for (const queue of audience.queues) queue.push(delivery);
    for (const listener of [...audience.listeners]) listener(event);
  };

  const open = (kind: Kind, topic: string): Audience => {
    const audience: Audience = {
      queues: new Set(),
      listeners: new Set(),
      options: {
        limit: queueLimit,
        onLost: () => {
          lost += 1;
        },
        onEnd: (queue) => {
          audience.queues.delete(queue);
          left(kind, topic, audience);
        },
      },
    };
    audiences.set(keyOf(kind, topic), audience);
    return audience;
  };

  /** Those who are told of a topic: for whoever comes to be one of them. */
  const joined = (kind: Kind, topic: string): Audience => {
    far?.join(kind, topic);
    return audiences.get(keyOf(kind, topic)) ?? open(kind, topic);
  };

  const left = (kind: Kind, topic: string, { queues, listeners }: Audience): void => {
    far?.leave(kind, topic);
    if (queues.size + listeners.size === 0) audiences.delete(keyOf(kind, topic));
  };

  far?.attach({
    tell,
    deafened: () => {
      for (const [kind, listeners] of gapListeners) {
        const topics = topicsOf(kind);
        for (const { begins } of listeners) begins?.(topics);
      }
    },
    missed: (kind, topic) => {
      for (const { isOver } of gapListeners.get(kind) ?? []) isOver(topic);
    },
  });

  return {
    publish: (kind, topic, event) => {
      tell(kind, topic, event);
      far?.publish(kind, topic, event);
    },
    tell,
    subscribe: <Of extends Kind>(kind: Of, topic: string, filter?: EventFilter<Events[Of]>) => {
      const { queues, options } = joined(kind, topic);
      const queue = createEventQueue(options as QueueOptions<Events[Of]>, filter);
      queues.add(queue as EventQueue<unknown>);
      return queue;
    },
    heard: async (kind, topic) => far?.heard(kind, topic),
    hearsOthers: () => far?.isHearing() ?? true,
    listen: (kind, topic, listener) => {
      const called = listener as (event: unknown) => void;
      let isListening = true;
      const audience = joined(kind, topic);
      audience.listeners.add(called);
      return () => {
        if (!isListening) return;
        isListening = false;
        audience.listeners.delete(called);
        left(kind, topic, audience);
      };
    },
    onGap: (kind, listener) => {
      const listeners = gapListeners.get(kind) ?? new Set();
      gapListeners.set(kind, listeners.add(listener));
    },
    isHeard: (kind, topic) => far !== undefined || audiences.has(keyOf(kind, topic)),
    counts: () => {
      const all = queues();
      const waiting = all.reduce((sum, queue) => sum + queue.waiting(), 0);
      const topics = [...audiences.values()].filter((audience) => audience.queues.size > 0).length;
      return { topics, subscribers: all.length, waiting, lost };
    },
    close: () => {
      for (const queue of queues()) queue.end();
    },
  };
}
