import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { delayAfter } from "../../services/http/delay.ts";
import type { ProjectingMetrics } from "./projecting.metrics.ts";
import type { ProjectingPatience } from "./projecting.patience.ts";

/** How the last look at everybody went. */
export interface LastPass {
  readonly at: Date;
  readonly ok: boolean;
  /** How many producers were listed. */
  readonly producers: number;
}

/** Lists everybody again and again. */
export interface PassLoop {
  /** Goes on until the signal ends. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /** Has another pass begin now; ends when it has been made, and throws where it could not be. */
  readonly now: () => Promise<void>;
  readonly last: () => LastPass | undefined;
}

/** Somebody who waits for a pass. */
interface Asker {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Parts {
  /** Answers how many there are. */
  readonly pass: (signal: AbortSignal) => Promise<number>;
  readonly patience: ProjectingPatience;
  readonly metrics: ProjectingMetrics;
  readonly log: Log;
}

export function createPassLoop({ pass, patience, metrics, log }: Parts): PassLoop {
  let asked: Asker[] = [];
  let pausing = new AbortController();
  let last: LastPass | undefined;

  /** Whether it was made. */
  async function once(signal: AbortSignal): Promise<boolean> {
    const askers = asked;
    asked = [];
    const end = metrics.passSeconds.startTimer();
    try {
      const producers = await pass(signal);
      last = { at: new Date(), ok: true, producers };
      for (const { resolve } of askers) resolve();
      return true;
    } catch (error) {
      for (const { reject } of askers) reject(error);
      if (signal.aborted) return false;
      last = { at: new Date(), ok: false, producers: last?.producers ?? 0 };
      log.warn({ err: error }, "not all producers could be listed, so nothing is concluded from it");
      return false;
    } finally {
      end();
      if (!signal.aborted) metrics.passes.inc({ outcome: last?.ok === true ? "ok" : "failed" });
    }
  }

  return {
    run: async (signal) => {
      let failures = 0;
      while (!signal.aborted) {
        failures = (await once(signal)) ? 0 : failures + 1;
        const { passMs, longestDelayMs } = patience;
        const delays = { ...patience, longestDelayMs: Math.min(passMs, longestDelayMs) };
        const delayMs = failures > 0 ? delayAfter(failures, delays) : passMs * (0.9 + Math.random() * 0.2);
        pausing = new AbortController();
        if (asked.length === 0) {
          const ending = AbortSignal.any([signal, pausing.signal]);
          await wait(delayMs, undefined, { signal: ending, ref: false }).catch(() => undefined);
        }
      }
      for (const { reject } of asked) reject(new Error("Nobody is to be listed any more."));
      asked = [];
    },
    now: () =>
      new Promise((resolve, reject) => {
        asked.push({ resolve, reject });
        pausing.abort();
      }),
    last: () => last,
  };
}
