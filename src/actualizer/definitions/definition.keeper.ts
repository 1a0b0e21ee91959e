import { setTimeout as wait } from "node:timers/promises";
import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../../services/kubernetes/cluster.connection.ts";
import { ClusterRefusal } from "../../services/kubernetes/cluster.errors.ts";
import { delayAfter, type Delays } from "../../services/http/delay.ts";
import { createTroubleLog } from "../../services/kubernetes/trouble.log.ts";
import { createDefinitionCheck } from "./definition.check.ts";

/** Waits until the cluster has the custom resource definitions that are needed. */
export interface DefinitionKeeper {
  /** Ends once they are there, or the signal does. */
  readonly whenThere: (signal: AbortSignal) => Promise<void>;
  /** What keeps them from being there, in words; nothing once they are. */
  readonly problems: () => readonly string[];
}

interface Means {
  readonly connection: Pick<ClusterConnection, "ask">;
  /** Whether they may be made here. */
  readonly mayApply: boolean;
  readonly delays: Delays;
  readonly log: Log;
}

const notLookedYet = "the custom resource definitions have not been looked at yet";

const isForbidden = (error: unknown) => error instanceof ClusterRefusal && error.status === 403;

export function createDefinitionKeeper({ connection, mayApply, delays, log }: Means): DefinitionKeeper {
  const check = createDefinitionCheck(connection);
  const trouble = createTroubleLog(log, "looking for the custom resource definitions");
  let problems: readonly string[] = [notLookedYet];

  async function look(): Promise<readonly string[]> {
    try {
      const found = await check.problems();
      if (found.length === 0 || !mayApply) return found;
      log.info({ problems: found }, "the custom resource definitions are applied");
      await check.apply();
      return await check.problems();
    } catch (error) {
      // Who may not look at them watches what they define, and hears from that whether they are there.
      if (isForbidden(error) && !mayApply) return [];
      const why = error instanceof Error ? error.message : String(error);
      return [`the custom resource definitions cannot be looked at: ${why}`];
    }
  }

  return {
    problems: () => problems,
    whenThere: async (signal) => {
      for (let failures = 1; !signal.aborted; failures += 1) {
        problems = await look();
        if (problems.length === 0) return trouble.isWell();
        trouble.broke(problems.join("; "), { problems });
        await wait(delayAfter(failures, delays), undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
