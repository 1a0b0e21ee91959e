import { setTimeout as wait } from "node:timers/promises";
import { delayAfter, type Delays } from "../../http/delay.ts";

/** What is done after one try. */
export type Outcome = "AGAIN" | "LATER" | "OVER";

interface Parts {
  readonly attempt: () => Promise<Outcome>;
  /** What a failure means; one that is thrown again ends it all. */
  readonly failed: (error: unknown) => Outcome;
  /** How often in a row nothing has come of it, this time included. */
  readonly idle: () => number;
  /** News that make another try worth while. */
  readonly listen: (listener: () => void) => () => void;
  readonly delays: Delays;
  readonly signal: AbortSignal;
}

/** Tries until it is over: later each time, unless there is news, and never in a hot loop. */
export async function tryUntilOver({ attempt, failed, idle, listen, delays, signal }: Parts): Promise<void> {
  const pause = async (): Promise<void> => {
    const woken = new AbortController();
    const stopListening = listen(() => woken.abort());
    const either = AbortSignal.any([signal, woken.signal]);
    await wait(delays.firstDelayMs / 2, undefined, { signal }).catch(() => undefined);
    await wait(delayAfter(idle(), delays), undefined, { signal: either }).catch(() => undefined);
    stopListening();
  };
  for (;;) {
    const outcome = await attempt().catch((error: unknown) => (signal.aborted ? "OVER" : failed(error)));
    if (outcome === "OVER" || signal.aborted) return;
    if (outcome === "LATER") await pause();
  }
}
