import type { Log } from "../../log.ts";

/** Decides when somebody who is not found any more is gone: what is deleted by mistake costs more than what stays. */
export interface GoneProducers {
  /** A complete listing of all has just been read. Answers who is known and not in it, unless those are too many. */
  readonly listed: (names: ReadonlySet<string>, known: readonly string[]) => readonly string[];
  /** One was asked for by name and is not there. Answers for how long to wait before it is asked for once more; 0: it is gone. */
  readonly absent: (producer: string) => number;
  /** One was asked for by name and is there. */
  readonly present: (producer: string) => void;
  /** Nothing is left of one. */
  readonly forget: (producer: string) => void;
  readonly clear: () => void;
}

interface Parts {
  readonly goneAfterMs: number;
  readonly onRefusal: () => void;
  readonly log: Log;
}

/** However few there are, so many may go in one pass. */
const fewest = 3;
const largestPart = 0.1;

export function createGoneProducers({ goneAfterMs, onRefusal, log }: Parts): GoneProducers {
  /** Since when one has been asked for by name and was not there. */
  const absences = new Map<string, number>();
  let unlisted = new Set<string>();
  let most = fewest;
  let isTold = false;

  /** Whether fewer are missing than could be missing by mistake: what is wrong with many is wrong with the listing. */
  function mayGo(): boolean {
    const missing = new Set([...unlisted, ...absences.keys()]).size;
    if (missing <= most) return true;
    if (!isTold) {
      onRefusal();
      log.error({ missing, most }, "too many producers are missing at once, so none is taken for gone");
    }
    isTold = true;
    return false;
  }

  return {
    listed: (names, known) => {
      unlisted = new Set(known.filter((producer) => !names.has(producer)));
      most = Math.max(fewest, Math.floor(known.length * largestPart));
      isTold = false;
      return mayGo() ? [...unlisted] : [];
    },
    absent: (producer) => {
      const now = performance.now();
      const since = absences.get(producer) ?? now;
      absences.set(producer, since);
      const leftMs = Math.max(0, since + goneAfterMs - now);
      // Who was listed is missing since; the next listing tells.
      if (!unlisted.has(producer) || !mayGo()) return Math.max(leftMs, goneAfterMs);
      return leftMs;
    },
    present: (producer) => {
      absences.delete(producer);
      unlisted.delete(producer);
    },
    forget: (producer) => {
      absences.delete(producer);
    },
    clear: () => {
      absences.clear();
      unlisted.clear();
      isTold = false;
    },
  };
}
