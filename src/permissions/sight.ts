import type { Grant } from "./grant.ts";
import type { PermissionWatches, Question, Watch, Watcher } from "./permission.watches.ts";
import { isRefusal } from "./permission.watches.ts";

/** Whether somebody holds a permission that a subscription does not rest on, but shows more with. */
export interface Sight {
  readonly held: () => boolean;
  /** What it led to when it was last asked for; undefined while it is not held. */
  readonly grant: () => Grant | undefined;
  readonly leave: () => void;
}

/** Looks whether a permission is held, and goes on looking; `onChange` is told each time that has become another. */
export type LookFor = (question: Question, onChange: () => void) => Promise<Sight>;

/** Who lacks a permission is asked for again this much less often than who holds one: nothing is lost meanwhile. */
const calmer = 6;

interface Means {
  readonly watches: Pick<PermissionWatches, "join" | "intervalMs" | "rightsChanged">;
  readonly watcher: Omit<Watcher, "ended">;
}

/** Opens a sight: an outage at its beginning is thrown, a later one counts as the loss only when it outlasts the grace. */
export function createLookFor({ watches, watcher }: Means): LookFor {
  return async (question, onChange) => {
    const sight = new HeldSight(watches, watcher, question, onChange);
    await sight.look();
    return sight;
  };
}

/** A class, for there may be as many as there are subscriptions; who holds the permission costs no timer. */
class HeldSight implements Sight {
  readonly #watches: Means["watches"];
  readonly #watcher: Means["watcher"];
  readonly #question: Question;
  readonly #onChange: () => void;
  #watch: Watch | undefined;
  #isLeft = false;
  #isLooking = false;
  /** Ends the waiting for a chance to look again, while the permission is not held. */
  #stopWaiting: (() => void) | undefined;

  constructor(
    watches: Means["watches"],
    watcher: Means["watcher"],
    question: Question,
    onChange: () => void,
  ) {
    this.#watches = watches;
    this.#watcher = watcher;
    this.#question = question;
    this.#onChange = onChange;
  }

  readonly held = (): boolean => this.#watch !== undefined;

  readonly grant = (): Grant | undefined => this.#watch?.grant();

  readonly leave = (): void => {
    this.#isLeft = true;
    this.#stopWaiting?.();
    this.#watch?.leave();
    this.#watch = undefined;
  };

  /** Looks for the first time. */
  async look(): Promise<void> {
    try {
      await this.#join();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#wait();
    }
  }

  async #join(): Promise<void> {
    const { callerKey, renew, refusal } = this.#watcher;
    const joined = await this.#watches.join(this.#question, {
      callerKey,
      renew,
      refusal,
      ended: () => {
        this.#watch = undefined;
        this.#wait();
        this.#onChange();
      },
    });
    if (this.#isLeft) joined.leave();
    else this.#watch = joined;
  }

  #wait(): void {
    if (this.#isLeft || this.#stopWaiting) return;
    const again = () => void this.#lookAgain();
    const timer = setInterval(again, this.#watches.intervalMs * calmer).unref();
    const stopListening = this.#watches.rightsChanged.listen(again);
    this.#stopWaiting = () => {
      clearInterval(timer);
      stopListening();
      this.#stopWaiting = undefined;
    };
  }

  async #lookAgain(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.#join();
    } catch {
      // It is asked again before long, whatever it was.
      return;
    } finally {
      this.#isLooking = false;
    }
    this.#stopWaiting?.();
    if (this.#watch) this.#onChange();
  }
}
