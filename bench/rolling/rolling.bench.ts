import { fileURLToPath } from "node:url";
import { openStand } from "../../test/redis/replicas/stand.ts";
import { affordable } from "../live/open-files.ts";
import type { Options } from "../options.ts";
import { restartInTurn, rollingEnvironment, type RollingReport } from "./rolling.restart.ts";

/** The gateway as it is compiled for what is measured. */
const built = fileURLToPath(new URL("../../src/", import.meta.url));

/** Each subscriber has a socket here, and two at the balancer, which is in this process. */
const filesEach = 3;

/** What a rolling restart did, and how many were there. */
export interface RollingFigures extends RollingReport {
  readonly subscribers: number;
  readonly lines: readonly string[];
}

interface Means {
  readonly options: Options;
  readonly complain: (problem: string) => void;
}

/** Restarts both of two replicas under load; complains of whatever failed or went unheard. */
export async function measureRolling({ options, complain }: Means): Promise<RollingFigures> {
  const { count, lines } = affordable(options.rollingSubscribers * filesEach);
  const subscribers = Math.floor(count / filesEach);
  const stand = await openStand(built, { ...rollingEnvironment, LOG_LEVEL: "warn" });
  try {
    const report = await restartInTurn(stand, {
      subscribers,
      mutationsPerSecond: options.rollingMutations,
      rounds: options.rollingRounds,
    });
    for (const problem of report.wrong) complain(problem);
    return { ...report, subscribers, lines };
  } finally {
    await stand.close();
  }
}
