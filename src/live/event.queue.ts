import { endedWell, ReadySource, type Ending } from "./ready.source.ts";

/** An event as it reaches one subscriber. */
export interface Delivery<Event> {
  readonly event: Event;
  /** How many earlier events this subscriber was too slow for. */
  readonly missed: number;
}

/** What a queue does besides keeping events. */
export interface QueueOptions<Event> {
  readonly onLost: () => void;
  readonly onEnd: () => void;
  /** Whether the subscriber may have an event: asked when it comes, and again when it leaves the queue. */
  readonly mayHave?: ((event: Event) => boolean) | undefined;
}

/** What waits for one subscriber: it ends when either side ends it. */
export class EventQueue<Event> extends ReadySource<Delivery<Event>> {
  private readonly limit: number;
  private readonly options: QueueOptions<Event>;
  private events: Delivery<Event>[] = [];
  private missed = 0;
  private ended = false;
  private listener: (() => void) | undefined;

  constructor(limit: number, options: QueueOptions<Event>) {
    super();
    this.limit = limit;
    this.options = options;
  }

  push(delivery: Delivery<Event>): void {
    const { mayHave, onLost } = this.options;
    if (this.ended || (mayHave && !mayHave(delivery.event))) return;
    this.events.push(delivery);
    if (this.events.length > this.limit) {
      this.events.shift();
      this.missed += 1;
      onLost();
    }
    this.listener?.();
  }

  take(): Delivery<Event> | undefined {
    const { mayHave } = this.options;
    let delivery = this.events.shift();
    while (delivery && mayHave && !mayHave(delivery.event)) delivery = this.events.shift();
    if (!delivery || this.missed === 0) return delivery;
    const late = { ...delivery, missed: delivery.missed + this.missed };
    this.missed = 0;
    return late;
  }

  onReady(listener: () => void): void {
    this.listener = listener;
  }

  ending(): Ending | undefined {
    return this.ended && this.events.length === 0 ? endedWell : undefined;
  }

  waiting(): number {
    return this.events.length;
  }

  /** Ends it; what waits is still delivered, unless the subscriber itself goes. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.options.onEnd();
    this.listener?.();
  }

  leave(): void {
    this.events = [];
    this.end();
  }
}

/**
 * A queue of one subscriber's own, of at most so many events. One that is full loses its oldest event, and the next
 * one that is delivered says how many were lost.
 */
export const createEventQueue = <Event>(limit: number, options: QueueOptions<Event>): EventQueue<Event> =>
  new EventQueue(limit, options);
