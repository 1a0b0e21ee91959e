import type { Options } from "../options.ts";
import { startServer } from "../process/server.process.ts";
import { unstinted } from "../servers/settings.ts";
import { failings, targets } from "./failings.ts";
import { createTrials, type FaultRow } from "./fault.trials.ts";
import { heldBy, leftBy } from "./held.ts";
import { watchLife } from "./life.ts";
import { listen } from "./listeners.ts";
import { operations } from "./operations.ts";
import { openSteadyLoad } from "./steady.load.ts";

/** What came of all of them. */
export interface FaultFigures {
  readonly rows: readonly FaultRow[];
  readonly lines: readonly string[];
}

const patient = {
  ...unstinted,
  UPSTREAM_TIMEOUT: "1500ms",
  WORKSPACE_TIMEOUT: "1500ms",
  FUNCTION_TIMEOUT: "1500ms",
  PERMISSION_TTL: "1s",
  VIEWER_TTL: "1s",
  KUBERNETES_RETRY: "500ms",
  // However slow the machine is: that is for the run with too much to do.
  LOOP_DELAY_LIMIT: "0ms",
};
/** What an unrelated answer may take, on a quiet machine, as a multiple of a calm one's time, or in all. */
const [worstFactor, alwaysFineMs] = [3, 100];

/** Which ways to fail are tried on the nth target: all, or in a smoke run one after the other. */
function waysFor(index: number, { isSmoke }: Options): readonly string[] {
  const all = Object.keys(failings);
  return isSmoke ? all.slice(index % all.length, (index % all.length) + 1) : all;
}

interface Means {
  readonly options: Options;
  readonly complain: (problem: string) => void;
}

/** Lets every service fail in every way, one at a time, under a steady load; complains of every answer that is wrong. */
export async function measureFaults({ options, complain }: Means): Promise<FaultFigures> {
  const started: { readonly stop: () => Promise<void> | void }[] = [];
  const begun = <Part extends (typeof started)[number]>(part: Part): Part => {
    started.unshift(part);
    return part;
  };
  try {
    const platform = begun(await startServer("faulty", { upstream: "", environment: {} }, undefined));
    const { addresses } = platform;
    if (!addresses) throw new Error("The platform does not say where it is.");
    const settings = { upstream: "", environment: patient, addresses };
    const gateway = begun(await startServer("watched", settings, options.profileFolder, ["--expose-gc"]));
    const load = begun(openSteadyLoad({ port: gateway.port, operations, everyMs: options.faultEveryMs }));
    const listeners = begun(listen(gateway.port));
    const life = begun(watchLife(gateway.port, complain));

    await load.learn();
    // Code that runs for the first time is slower than ever after.
    await load.run(options.faultCalmMs / 2, undefined);
    const calm = await load.run(options.faultCalmMs, undefined);
    await load.rest();
    const before = await heldBy(gateway, platform);
    const trials = createTrials({ platform, gateway, load, calm, before, complain });
    trials.check(calm, "while nothing fails");

    const rows: FaultRow[] = [];
    for (const [index, target] of targets.entries()) {
      for (const how of waysFor(index, options)) {
        const row = await trials.letFail(target, how, options.faultMs);
        rows.push(row);
        // A whole run takes minutes: whoever waits sees how far it is, and one that hangs says where.
        if (!options.isSmoke)
          process.stderr.write(`${target.name} ${how}: ${row.unrelatedP99Ms.toFixed(0)} ms\n`);
        const isSlow = row.unrelatedP99Ms > Math.max(worstFactor * row.calmP99Ms, alwaysFineMs);
        if (!options.isSmoke && isSlow)
          complain(`${target.name} ${how}: what does not need it took ${row.unrelatedP99Ms.toFixed(0)} ms`);
      }
    }
    const after = await leftBy(gateway, platform, before);
    for (const each of listeners.ended) complain(`a subscription has ended: ${each}`);
    const { longestMs, asked } = life.figures();
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
    return {
      rows,
      lines: [
        `${rows.length} times something failed, ${options.faultMs} ms each; an operation every ${options.faultEveryMs} ms.`,
        `Left: ${after.sockets} sockets and ${after.timers} timers, before ${before.sockets} and ${before.timers};`,
        `heap ${megabytes(after.heapBytes)} MB, before ${megabytes(before.heapBytes)} MB. ${listeners.events()} events were told.`,
        `/livez was asked ${asked} times and answered within ${longestMs.toFixed(0)} ms.`,
      ],
    };
  } finally {
    for (const part of started) await part.stop();
  }
}
