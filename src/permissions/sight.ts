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
    let watch: Watch | undefined;
    let isLeft = false;
    let looking: Promise<void> | undefined;

    const join = async (): Promise<void> => {
      const { callerKey, renew, refusal } = watcher;
      const joined = await watches.join(question, { callerKey, renew, refusal, ended: lost });
      if (isLeft) joined.leave();
      else watch = joined;
    };
    const lost = () => {
      watch = undefined;
      onChange();
    };
    const again = () => {
      if (isLeft || watch) return;
      looking ??= join()
        .then(
          () => {
            if (watch) onChange();
          },
          // It is asked again before long, whatever it was.
          () => undefined,
        )
        .finally(() => {
          looking = undefined;
        });
    };

    try {
      await join();
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    const timer = setInterval(again, watches.intervalMs * calmer).unref();
    const stopListening = watches.rightsChanged.listen(again);
    return {
      held: () => watch !== undefined,
      grant: () => watch?.grant(),
      leave: () => {
        isLeft = true;
        clearInterval(timer);
        stopListening();
        watch?.leave();
        watch = undefined;
      },
    };
  };
}
