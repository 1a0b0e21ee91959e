/** How events ended: well, unless there is an error. */
export interface Ending {
  readonly error?: unknown;
}

/** The ending of what just ended. */
export const endedWell: Ending = {};

/**
 * Events that are taken when there are any, by one who is called when there may be. Thousands who wait for the same
 * cost no promise each, neither while they wait nor for an event; that is also why these are classes. Whoever likes to
 * ask for one event after the other can.
 */
export abstract class ReadySource<Event> implements AsyncIterableIterator<Event, undefined> {
  private asked: Promise<unknown> | undefined;

  /** The next event, if there is one already. */
  abstract take(): Event | undefined;
  /** Calls when something has come or all has ended; it is one listener's. */
  abstract onReady(listener: () => void): void;
  /** How all ended, once there is nothing left to take. */
  abstract ending(): Ending | undefined;
  /** Whoever took does not want more. */
  abstract leave(): void;

  next(): Promise<IteratorResult<Event, undefined>> {
    const come = () => this.come();
    const step = this.asked ? this.asked.then(come, come) : come();
    this.asked = step;
    return step;
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.leave();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private async come(): Promise<IteratorResult<Event, undefined>> {
    for (;;) {
      const event = this.take();
      if (event !== undefined) return { done: false, value: event };
      const ending = this.ending();
      if (ending && "error" in ending) throw ending.error;
      if (ending) return { done: true, value: undefined };
      await new Promise<void>((resolve) => this.onReady(resolve));
    }
  }
}

/** What a source is made of, where there are not so many of them. */
type Parts<Event> = Pick<ReadySource<Event>, "take" | "onReady" | "ending" | "leave">;

class MadeSource<Event> extends ReadySource<Event> {
  readonly take: () => Event | undefined;
  readonly onReady: (listener: () => void) => void;
  readonly ending: () => Ending | undefined;
  readonly leave: () => void;

  constructor({ take, onReady, ending, leave }: Parts<Event>) {
    super();
    this.take = take;
    this.onReady = onReady;
    this.ending = ending;
    this.leave = leave;
  }
}

/** A source made of functions. */
export const sourceOf = <Event>(parts: Parts<Event>): ReadySource<Event> => new MadeSource(parts);

/** Asks an iterator for the next event whenever the one before has been taken. */
class AskedSource<Event> extends ReadySource<Event> {
  private readonly iterator: AsyncIterator<Event>;
  private listener: (() => void) | undefined;
  private arrived: { readonly event: Event } | undefined;
  private end: Ending | undefined;
  private isAsking = false;

  constructor(events: AsyncIterable<Event>) {
    super();
    this.iterator = events[Symbol.asyncIterator]();
  }

  take(): Event | undefined {
    const { arrived } = this;
    if (!arrived) this.ask();
    this.arrived = undefined;
    return arrived?.event;
  }

  onReady(listener: () => void): void {
    this.listener = listener;
  }

  ending(): Ending | undefined {
    return this.arrived ? undefined : this.end;
  }

  leave(): void {
    // Some can only stop after their next event, which nobody waits for.
    void Promise.resolve(this.iterator.return?.()).catch(() => undefined);
  }

  private ask(): void {
    if (this.isAsking || this.end) return;
    this.isAsking = true;
    const settle = (step: { arrived: { event: Event } } | { end: Ending }) => {
      Object.assign(this, step);
      this.isAsking = false;
      this.listener?.();
    };
    this.iterator.next().then(
      (step) => settle(step.done ? { end: endedWell } : { arrived: { event: step.value } }),
      (error: unknown) => settle({ end: { error } }),
    );
  }
}

/** Takes from any events; at once, where they are kept ready. */
export const takeFrom = <Event>(events: AsyncIterable<Event>): ReadySource<Event> =>
  events instanceof ReadySource ? (events as ReadySource<Event>) : new AskedSource(events);
