import type { Grant } from "./grant.ts";
import type { Holder, Watcher } from "./permission.group.ts";
import { isRefusal, questionKey, type Question } from "./permission.question.ts";
import type { Found, Waiter } from "./permission.waits.ts";
import type { PermissionWatches, Watch } from "./permission.watches.ts";

/** Whether somebody holds a permission that a subscription does not rest on, but shows more with. */
export interface Sight {
  readonly held: () => boolean;
  /** What it led to when it was last asked for; undefined while it is not held. */
  readonly grant: () => Grant | undefined;
  readonly leave: () => void;
}

/** Looks whether a permission is held, and goes on looking; `onChange` is told each time that has become another. */
export type LookFor = (question: Question, onChange: () => void) => Promise<Sight>;

/** One whose permissions are looked at, and those who look. */
export interface Looking extends Holder {
  readonly watches: Pick<PermissionWatches, "join" | "waits">;
}

/** Opens a sight: an outage at its beginning is thrown, a later one counts as the loss only when it outlasts the grace. */
export function createLookFor(looking: Looking): LookFor {
  return async (question, onChange) => {
    const sight = new HeldSight(looking, question, onChange);
    await sight.open();
    return sight;
  };
}

/** A class, for there may be as many as there are subscriptions. */
class HeldSight implements Sight, Waiter, Watcher {
  readonly holder: Looking;
  readonly #question: Question;
  readonly #onChange: () => void;
  #watch: Watch | undefined;
  #isLeft = false;
  /** Ends the waiting, while the permission is not held. */
  #stopWaiting: (() => void) | undefined;

  constructor(holder: Looking, question: Question, onChange: () => void) {
    this.holder = holder;
    this.#question = question;
    this.#onChange = onChange;
  }

  held(): boolean {
    return this.#watch !== undefined;
  }

  grant(): Grant | undefined {
    return this.#watch?.grant();
  }

  leave(): void {
    this.#isLeft = true;
    this.#waitNoMore();
    this.#watch?.leave();
    this.#watch = undefined;
  }

  /** The permission is gone: it is waited for. */
  ended(): void {
    this.#watch = undefined;
    this.#wait();
    this.#onChange();
  }

  /** Looks for the first time. */
  async open(): Promise<void> {
    const askedAt = performance.now();
    if (this.holder.watches.waits.isLacking(this.#key())) return this.#wait();
    try {
      await this.#join();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#wait(askedAt);
    }
  }

  async look(): Promise<Found> {
    try {
      await this.#join();
    } catch (error) {
      return isRefusal(error) ? "lacking" : "unknown";
    }
    // One that was left meanwhile has found it for the others.
    if (!this.#watch) return this.#isLeft ? "held" : "lacking";
    this.#waitNoMore();
    this.#onChange();
    return "held";
  }

  #key(): string {
    return questionKey(this.holder.callerKey, this.#question);
  }

  async #join(): Promise<void> {
    const joined = await this.holder.watches.join(this.#question, this);
    if (this.#isLeft) joined.leave();
    else if (joined.isHeld()) this.#watch = joined;
  }

  #wait(refusedAt?: number): void {
    if (this.#isLeft || this.#stopWaiting) return;
    const { waits } = this.holder.watches;
    this.#stopWaiting = waits.enter(this.#key(), this.#question, this, refusedAt);
  }

  #waitNoMore(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }
}
