import { setTimeout as wait } from "node:timers/promises";
import type { DeploymentTurns } from "./deployment.turns.ts";
import { busyFunction, type FunctionLines } from "./function.lines.ts";

interface Means {
  readonly lines: FunctionLines;
  readonly turns: DeploymentTurns;
  /** How long somebody waits to begin. */
  readonly waitMs: number;
}

/** Turns of those who want a function for themselves, and would not wait for ever to begin. */
export function createLoneTurn({ lines, turns, waitMs }: Means) {
  return async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    let isBegun = false;
    let isTooLate = false;
    const begin = async () => {
      if (isTooLate) throw busyFunction();
      isBegun = true;
      return work();
    };
    const done = lines.lineUp(key, async () => {
      if (isTooLate) throw busyFunction();
      return turns.held(key, () => isTooLate, begin);
    });
    const settled = new AbortController();
    const late = wait(waitMs, undefined, { ref: false, signal: settled.signal }).then(() => {
      isTooLate = !isBegun;
      if (isTooLate) throw busyFunction();
      return done;
    });
    try {
      return await Promise.race([done, late]);
    } finally {
      settled.abort();
    }
  };
}
