import type { Delivery } from "./event.queue.ts";
import { endedWell, ReadySource, type Ending } from "./ready.source.ts";

interface Options<State> {
  /** How it is now; where it is the same for several subscribers, the same object, so that one answer is made of it. */
  readonly read: () => Delivery<State>;
  /** Whether there is something to tell already, as there is unless said otherwise; or only after the first change. */
  readonly isKnown?: boolean;
  /** Called once, when nobody wants more. */
  readonly onEnd: () => void;
}

/** How something is, for one subscriber: each time it is asked for and has changed, the newest, and never more. */
export class Latest<State extends object> extends ReadySource<Delivery<State>> {
  private readonly options: Options<State>;
  private isFresh: boolean;
  private isOver = false;
  private told: Delivery<State> | undefined;
  private listener: (() => void) | undefined;

  constructor(options: Options<State>) {
    super();
    this.options = options;
    this.isFresh = options.isKnown ?? true;
  }

  /** It has changed: who is slow reads it once, however often it has. */
  changed(): void {
    this.isFresh = true;
    this.listener?.();
  }

  /** What is to be told now; undefined where that is what was told last. */
  take(): Delivery<State> | undefined {
    if (this.isOver || !this.isFresh) return undefined;
    this.isFresh = false;
    const now = this.options.read();
    if (now === this.told) return undefined;
    this.told = now;
    return now;
  }

  onReady(listener: () => void): void {
    this.listener = listener;
  }

  ending(): Ending | undefined {
    return this.isOver ? endedWell : undefined;
  }

  /** Ends it, also for who waits for the next. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.options.onEnd();
    this.listener?.();
  }

  leave(): void {
    this.end();
  }
}

/** A subscription to how something is: first as it is now, then as it is after each change that was not read yet. */
export const createLatest = <State extends object>(options: Options<State>): Latest<State> =>
  new Latest(options);
