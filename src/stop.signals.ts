import { constants } from "node:os";

const signals = ["SIGTERM", "SIGINT"] as const;

/** What comes again sooner than this is the same signal: a terminal and npm both pass on what was pressed once. */
const sameSignalMs = 1000;

interface Ways {
  /** Ends the process in order. */
  readonly stop: (signal: NodeJS.Signals) => void;
  /** Says that it is not waited for. */
  readonly onImpatience: (signal: NodeJS.Signals) => void;
}

/** Ends the process in order when it is asked to, and at once when it is asked a second time. */
export function heedStopSignals({ stop, onImpatience }: Ways): void {
  let askedAt: number | undefined;
  const heed = (signal: (typeof signals)[number]) => {
    if (askedAt === undefined) {
      askedAt = performance.now();
      return stop(signal);
    }
    if (performance.now() - askedAt < sameSignalMs) return;
    onImpatience(signal);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.on(signal, heed);
}
