import type { ServerProcess } from "../process/server.process.ts";
import { quantile } from "../report/statistics.ts";
import type { Held } from "../servers/watched.server.ts";
import type { FaultyTask, Target } from "./failings.ts";
import { leaks, leftBy } from "./held.ts";
import { isRelated } from "./right.answer.ts";
import type { Judged, SteadyLoad } from "./steady.load.ts";

/** What was seen while one service failed in one way. */
export interface FaultRow {
  readonly target: string;
  readonly how: string;
  /** Of what does not need it: how many were answered, all of them right. */
  readonly unrelated: number;
  readonly unrelatedP99Ms: number;
  /** The same while nothing fails. */
  readonly calmP99Ms: number;
  readonly related: number;
  /** How many of those that need it were answered whole all the same. */
  readonly whole: number;
  readonly relatedP99Ms: number;
  /** How long after it was mended the last answer lacked something. */
  readonly backMs: number | undefined;
}

interface Means {
  readonly platform: ServerProcess;
  readonly gateway: ServerProcess;
  readonly load: SteadyLoad;
  /** What was answered while nothing failed, and what the gateway held after that. */
  readonly calm: readonly Judged[];
  readonly before: Held;
  readonly complain: (problem: string) => void;
}

const longestBackMs = 30_000;
const times = (judged: readonly Judged[]) => judged.map(({ sentAt, doneAt }) => doneAt - sentAt);
const p99 = (judged: readonly Judged[]) => quantile(times(judged), 0.99);

/** Lets services fail, and complains of what is wrong meanwhile and of what is left afterwards. */
export function createTrials({ platform, gateway, load, calm, before, complain }: Means) {
  const check = (judged: readonly Judged[], when: string) => {
    const wrong = judged.flatMap(({ verdict }) => (typeof verdict === "object" ? [verdict.wrong] : []));
    for (const each of wrong.slice(0, 2)) complain(`${when}: ${each}`);
  };

  const letFail = async (target: Target, how: string, forMs: number): Promise<FaultRow> => {
    const { services, producer } = target;
    const task = { services, how, ...(producer === undefined ? {} : { producer }) };
    const when = `${target.name} ${how}`;
    await platform.ask({ what: "begin", ...task } satisfies FaultyTask);
    const judged = await load.run(forMs, target);
    await platform.ask({ what: "end", ...task } satisfies FaultyTask);
    const { backMs, judged: after } = await load.untilWhole(longestBackMs, target);
    check([...judged, ...after], when);
    if (backMs === undefined)
      complain(`${when}: not everything was answered ${longestBackMs} ms after it was back`);
    await load.rest();
    const left = leaks(await leftBy(gateway, platform, before), before);
    if (left !== undefined) complain(`${when}: left are ${left}`);

    const needsIt = ({ operation }: Judged) => isRelated(operation, target);
    const isOther = (each: Judged) => !needsIt(each) && !each.operation.isMutation;
    const related = judged.filter(needsIt);
    const others = judged.filter(isOther);
    return {
      target: target.name,
      how,
      unrelated: others.length,
      unrelatedP99Ms: p99(others),
      calmP99Ms: p99(calm.filter(isOther)),
      related: related.length,
      whole: related.filter(({ verdict }) => verdict === "whole").length,
      relatedP99Ms: p99(related),
      backMs,
    };
  };

  return { check, letFail };
}
