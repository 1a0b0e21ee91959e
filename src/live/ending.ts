import { ReadySource, takeFrom, type Ending } from "./ready.source.ts";

class EndingWith<Event> extends ReadySource<Event> {
  private readonly source: ReadySource<Event>;
  private readonly alsoLeave: () => void;

  constructor(source: ReadySource<Event>, alsoLeave: () => void) {
    super();
    this.source = source;
    this.alsoLeave = alsoLeave;
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
    this.alsoLeave();
    this.source.leave();
  }
}

/** The same events; when whoever takes them goes, something else is left as well. */
export function endingWith<Event>(
  events: AsyncIterable<Event>,
  leave: () => void,
): AsyncIterableIterator<Event, undefined> {
  return new EndingWith(takeFrom(events), leave);
}
