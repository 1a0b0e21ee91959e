/** How much time an operation has left, and whether anybody still waits for what comes of it. */
export interface Budget {
  /** Told once when nobody waits any more, until it is let go of; never where somebody always does. */
  readonly onLeft: (listener: () => void) => () => void;
  readonly remainingMs: () => number;
  /** Whether nobody waits any more. */
  readonly isLeft: () => boolean;
  /** It changes something: from now on it is done whole, however long that takes and whoever goes. */
  readonly keep: () => void;
}

/** The budget of one operation, which its asker may leave. */
export interface OpenBudget extends Budget {
  readonly leave: () => void;
}

/** For what nobody asked for in particular, and what goes on after its request. */
export const boundless: Budget = {
  onLeft: () => () => undefined,
  remainingMs: () => Infinity,
  isLeft: () => false,
  keep: () => undefined,
};

/** A budget of so much time, from now. */
export function openBudget(timeMs: number): OpenBudget {
  const endsAt = performance.now() + timeMs;
  let listeners: Set<() => void> | undefined;
  let state: "open" | "kept" | "left" = "open";
  return {
    onLeft: (listener) => {
      listeners ??= new Set();
      listeners.add(listener);
      return () => void listeners?.delete(listener);
    },
    remainingMs: () => (state === "left" ? 0 : state === "kept" ? Infinity : endsAt - performance.now()),
    isLeft: () => state === "left",
    keep: () => {
      if (state === "open") state = "kept";
    },
    leave: () => {
      if (state !== "open") return;
      state = "left";
      for (const listener of [...(listeners ?? [])]) listener();
      listeners = undefined;
    },
  };
}

/** Why something is not waited for any longer: its own patience ran out, or its asker's time did, or its asker went. */
export type Ending = "late" | "spent" | "left";

const longestTimerMs = 2 ** 31 - 1;

/**
 * Tells once when something has taken too long or is not wanted any more; what is answered stops that. A budget that is
 * kept in the meantime never ends.
 */
export function heed(budget: Budget, onEnd: (ending: Ending) => void, patienceMs = Infinity): () => void {
  const endsAt = performance.now() + patienceMs;
  let timer: NodeJS.Timeout | undefined;
  const letGo = budget.onLeft(() => end("left"));
  const stop = () => {
    clearTimeout(timer);
    letGo();
  };
  const end = (ending: Ending) => {
    stop();
    onEnd(ending);
  };
  const look = () => {
    const patientMs = endsAt - performance.now();
    const remainingMs = budget.remainingMs();
    const leftMs = Math.min(patientMs, remainingMs);
    if (leftMs <= 0) return end(remainingMs < patientMs ? "spent" : "late");
    if (leftMs < Infinity) timer = setTimeout(look, Math.min(leftMs, longestTimerMs));
  };
  look();
  return stop;
}

/** The budget of something that several wait for: it goes on as long as one of them does, and nobody joins after that. */
export interface SharedBudget extends Budget {
  /** Waits for it no longer than the asker's own budget lasts. */
  readonly wait: <Result>(work: Promise<Result>, asker: Budget) => Promise<Result>;
}

/** A shared budget; who has to go before there is an answer is told so by the error. */
export function openSharedBudget(whyGone: (ending: Ending) => Error): SharedBudget {
  const shared = openBudget(Infinity);
  let waiting = 0;
  let isLeft = false;
  const leave = () => {
    waiting -= 1;
    if (waiting > 0) return;
    isLeft = true;
    shared.leave();
  };
  return {
    onLeft: shared.onLeft,
    remainingMs: shared.remainingMs,
    keep: shared.keep,
    isLeft: () => isLeft,
    wait: async (work, asker) => {
      waiting += 1;
      let stop: (() => void) | undefined;
      const gone = new Promise<never>((_resolve, reject) => {
        stop = heed(asker, (ending) => {
          leave();
          reject(whyGone(ending));
        });
      });
      return Promise.race([work, gone]).finally(() => stop?.());
    },
  };
}
