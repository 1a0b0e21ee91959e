/** Somebody else may lead by now, so nothing more is to be written. */
export class LeadershipLost extends Error {
  constructor() {
    super("Somebody else may lead by now.");
    this.name = "LeadershipLost";
  }
}

/** The time for which one leads. */
export interface Term {
  /** Ends as soon as somebody else may lead. */
  readonly signal: AbortSignal;
  /** Throws once somebody else may lead: for before each write, since a process that was held up hears late of it. */
  readonly check: () => void;
}

/** The term of one who need not be elected, since nothing is written. */
export const endlessTerm: Term = { signal: new AbortController().signal, check: () => undefined };

/** A term as its holder sees it. */
export interface HeldTerm extends Term {
  /** It lasts until so long after the time at which something was sent that was taken. */
  readonly extend: (sentAtMs: number) => void;
  readonly leftMs: () => number;
  readonly lose: () => void;
  /** It is over in peace. */
  readonly close: () => void;
}

/** A term that lasts for so long unless it is extended, by this process' own clock. */
export function createTerm(sentAtMs: number, lastsMs: number): HeldTerm {
  const lost = new AbortController();
  let untilMs = 0;
  let timer: NodeJS.Timeout | undefined;

  const lose = () => {
    clearTimeout(timer);
    if (!lost.signal.aborted) lost.abort(new LeadershipLost());
  };
  const extend = (fromMs: number) => {
    clearTimeout(timer);
    untilMs = fromMs + lastsMs;
    timer = setTimeout(lose, Math.max(0, untilMs - performance.now())).unref();
  };
  extend(sentAtMs);

  return {
    signal: lost.signal,
    extend: (fromMs) => {
      if (!lost.signal.aborted) extend(fromMs);
    },
    leftMs: () => (lost.signal.aborted ? 0 : Math.max(0, untilMs - performance.now())),
    check: () => {
      if (performance.now() >= untilMs) lose();
      lost.signal.throwIfAborted();
    },
    lose,
    close: lose,
  };
}
