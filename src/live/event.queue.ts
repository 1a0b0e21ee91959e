import { endedWell, ReadySource, type Ending } from "./ready.source.ts";

/** An event as it reaches one subscriber. */
export interface Delivery<Event> {
  readonly event: Event;
  /** How many earlier events this subscriber was too slow for. */
  readonly missed: number;
}

/** What queues have in common: one object for all of a topic's. */
export interface QueueOptions<Event> {
  /** How many events wait in a queue; the oldest is lost then. */
  readonly limit: number;
  readonly onLost: () => void;
  readonly onEnd: (queue: EventQueue<Event>) => void;
}

/** Whether the subscriber may have an event: asked when it comes, and again when it leaves the queue. */
export interface EventFilter<Event> {
  readonly mayHave: (event: Event) => boolean;
}

/** What waits for one subscriber: it ends when either side ends it. */
export class EventQueue<Event> extends ReadySource<Delivery<Event>> {
  private readonly options: QueueOptions<Event>;
  private readonly filter: EventFilter<Event> | undefined;
  /** The oldest; who reads has seldom more than one waiting, and thousands read. */
  private first: Delivery<Event> | undefined;
  private others: Delivery<Event>[] | undefined;
  private missed = 0;
  private ended = false;
  private listener: (() => void) | undefined;

  constructor(options: QueueOptions<Event>, filter: EventFilter<Event> | undefined) {
    super();
    this.options = options;
    this.filter = filter;
  }

  push(delivery: Delivery<Event>): void {
    const { options, filter } = this;
    if (this.ended || (filter && !filter.mayHave(delivery.event))) return;
    if (this.first === undefined) this.first = delivery;
    else (this.others ??= []).push(delivery);
    if (this.waiting() > options.limit) {
      this.shift();
      this.missed += 1;
      options.onLost();
    }
    this.listener?.();
  }

  take(): Delivery<Event> | undefined {
    const { filter } = this;
    let delivery = this.shift();
    while (delivery && filter && !filter.mayHave(delivery.event)) delivery = this.shift();
    if (!delivery || this.missed === 0) return delivery;
    const late = { ...delivery, missed: delivery.missed + this.missed };
    this.missed = 0;
    return late;
  }

  onReady(listener: () => void): void {
    this.listener = listener;
  }

  ending(): Ending | undefined {
    return this.ended && this.first === undefined ? endedWell : undefined;
  }

  waiting(): number {
    return this.first === undefined ? 0 : 1 + (this.others?.length ?? 0);
  }

  /** Ends it; what waits is still delivered, unless the subscriber itself goes. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.options.onEnd(this);
    this.listener?.();
  }

  leave(): void {
    this.first = undefined;
    this.others = undefined;
    this.end();
  }

  private shift(): Delivery<Event> | undefined {
    const { first } = this;
    this.first = this.others?.shift();
    // The room that it took is given back once its reader has caught up.
    if (this.first === undefined) this.others = undefined;
    return first;
  }
}

/**
 * A queue of one subscriber's own, of at most so many events. One that is full loses its oldest event, and the next
 * one that is delivered says how many were lost.
 */
export const createEventQueue = <Event>(
  options: QueueOptions<Event>,
  filter?: EventFilter<Event>,
): EventQueue<Event> => new EventQueue(options, filter);
