import type { Log } from "../../log.ts";

/** Decides when what is not found any more is gone: what is deleted by mistake costs more than what stays. */
export interface GoneGuard {
  /** A complete listing of all has just been read. Answers what is known and not in it, unless that is too much. */
  readonly listed: (names: ReadonlySet<string>, known: readonly string[]) => readonly string[];
  /** One was asked for by name and is not there. Answers for how long to wait before it is asked for once more; 0: it is gone. */
  readonly absent: (name: string) => number;
  /** One was asked for by name and is there. */
  readonly present: (name: string) => void;
  /** Nothing is left of one. */
  readonly forget: (name: string) => void;
  readonly clear: () => void;
}

interface Parts {
  readonly what: "producers" | "environments";
  readonly goneAfterMs: number;
  /** Whether only what the last listing does not have either can be gone. */
  readonly isUnlisted: boolean;
  readonly onRefusal: () => void;
  readonly log: Log;
}

/** However few there are, so many may go in one pass. */
const fewest = 3;
const largestPart = 0.1;

export function createGoneGuard({ what, goneAfterMs, isUnlisted, onRefusal, log }: Parts): GoneGuard {
  /** Since when one has been asked for by name and was not there. */
  const absences = new Map<string, number>();
  let unlisted = new Set<string>();
  /** What was missing already when few enough were: it may be so for ever, and says nothing of what is missing since. */
  let former = new Set<string>();
  let most = fewest;
  let isTold = false;

  const missing = () => new Set([...unlisted, ...absences.keys()]);

  /** Whether fewer are missing than could be missing by mistake: what is wrong with many is wrong with the listing. */
  function mayGo(): boolean {
    const since = [...missing()].filter((name) => !former.has(name)).length;
    if (since <= most) return true;
    if (!isTold) {
      onRefusal();
      log.error({ missing: since, most }, `too many ${what} are missing at once, so none is taken for gone`);
    }
    isTold = true;
    return false;
  }

  function drop(name: string): void {
    for (const those of [absences, unlisted, former]) those.delete(name);
  }

  return {
    listed: (names, known) => {
      unlisted = new Set(known.filter((name) => !names.has(name)));
      most = Math.max(fewest, Math.floor(known.length * largestPart));
      isTold = false;
      former = new Set([...former].filter((name) => missing().has(name)));
      if (!mayGo()) return [];
      former = missing();
      return [...unlisted];
    },
    absent: (name) => {
      const now = performance.now();
      const since = absences.get(name) ?? now;
      absences.set(name, since);
      const leftMs = Math.max(0, since + goneAfterMs - now);
      // What was listed is missing since; the next listing tells.
      const isListed = isUnlisted && !unlisted.has(name);
      return isListed || !mayGo() ? Math.max(leftMs, goneAfterMs) : leftMs;
    },
    present: drop,
    forget: drop,
    clear: () => {
      absences.clear();
      unlisted.clear();
      former.clear();
      isTold = false;
    },
  };
}
