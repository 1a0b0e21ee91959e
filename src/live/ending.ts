import { ReadySource, takeFrom, type Ending } from "./ready.source.ts";

/** What is left when its user goes. */
export interface Leavable {
  readonly leave: () => void;
}

class EndingWith<Event> extends ReadySource<Event> {
  private readonly source: ReadySource<Event>;
  private readonly also: Leavable;

  constructor(source: ReadySource<Event>, also: Leavable) {
    super();
    this.source = source;
    this.also = also;
  }

  take(): Event | undefined {
    return this.source.take();
  }

  onReady(listener: () => void): void {
    this.source.onReady(listener);
  }

  ending(): Ending | undefined {
    return this.source.ending();
  }

  leave(): void {
    this.also.leave();
    this.source.leave();
  }
}

/** The same events; when whoever takes them goes, something else is left as well. */
export function endingWith<Event>(
  events: AsyncIterable<Event>,
  also: Leavable,
): AsyncIterableIterator<Event, undefined> {
  return new EndingWith(takeFrom(events), also);
}
