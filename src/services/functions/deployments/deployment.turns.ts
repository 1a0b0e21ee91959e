import PQueue from "p-queue";
import { RateLimited } from "../../../errors.ts";
import type { WorkspaceLock } from "../../workspace/lock/workspace.lock.ts";
import { createFunctionLines } from "./function.lines.ts";

/** Turns of those who do something to functions: alone with one, and no more of them side by side than may be. */
export interface DeploymentTurns {
  /** The place of this process at a function, among the replicas, for as long as it takes to get one. */
  readonly held: <Result>(
    key: string,
    isGivenUp: () => boolean,
    work: () => Promise<Result>,
  ) => Promise<Result>;
  /** A place among those that run side by side, of which one producer cannot have all. */
  readonly placed: <Result>(producer: string, work: () => Promise<Result>) => Promise<Result>;
  /** Settles when nothing runs and no place is held. */
  readonly idle: () => Promise<unknown>;
}

/** Without a limit whoever has a function has a place: then it is somebody else who does the work. */
export function createDeploymentTurns(lock: WorkspaceLock, limit: number | undefined): DeploymentTurns {
  const all = new PQueue({ concurrency: limit ?? Infinity });
  const shares = createFunctionLines(Infinity, Math.max(1, Math.floor((limit ?? Infinity) / 2)));
  const holding = new Set<Promise<unknown>>();

  const noted = async <Result>(work: Promise<Result>): Promise<Result> => {
    holding.add(work);
    try {
      return await work;
    } finally {
      holding.delete(work);
    }
  };

  return {
    held: async (key, isGivenUp, work) => {
      for (;;) {
        const hold = await lock.write(key).catch((error: unknown) => {
          if (error instanceof RateLimited && !isGivenUp()) return undefined;
          throw error;
        });
        if (!hold) continue;
        const withHold = async () => {
          try {
            return await work();
          } finally {
            await hold.release();
          }
        };
        return noted(withHold());
      }
    },
    placed: (producer, work) => shares.lineUp(producer, () => all.add(work)),
    idle: async () => {
      await all.onIdle();
      await Promise.allSettled(holding);
    },
  };
}
