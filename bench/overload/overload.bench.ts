import { setTimeout as wait } from "node:timers/promises";
import type { Options } from "../options.ts";
import { startServer, type ServerProcess } from "../process/server.process.ts";
import type { FloodTask } from "../servers/flood.server.ts";
import { unstinted, type Settings } from "../servers/settings.ts";
import type { Held, WatchedTask } from "../servers/watched.server.ts";
import type { FloodFigures } from "./flood.ts";
import { watchHealth, type HealthFigures } from "./health.ts";

/** What became of a gateway that was asked for more than it can do. */
export interface OverloadFigures {
  readonly peak: FloodFigures;
  readonly over: FloodFigures;
  /** As at first, as soon as it is over. */
  readonly after: FloodFigures;
  readonly health: readonly HealthFigures[];
  readonly before: Held;
  readonly left: Held;
  readonly mostRssBytes: number;
}

interface Means {
  readonly options: Options;
  readonly complain: (problem: string) => void;
}

const settings = { ...unstinted, PERMISSION_TTL: "60m", VIEWER_TTL: "60m" };
const [peakConnections, mostConnections] = [64, 1000];
/** What is promised on a quiet machine. */
const leastGoodput = 0.7;
const longestHealthMs = 2000;
const mostCut = 0.001;
/** What is promised on any: nobody is to wait for the process to run out of memory. */
const mostRssBytes = 1_500_000_000;

/** Asks a process how much memory it has, until told to stop; answers the most that was seen. */
function watchMemory(gateway: ServerProcess): () => Promise<number> {
  let isOver = false;
  const watch = async () => {
    let most = 0;
    while (!isOver) {
      most = Math.max(most, (await gateway.ask({ what: "rss" } satisfies WatchedTask)) as number);
      await wait(100);
    }
    return most;
  };
  const watching = watch();
  return () => {
    isOver = true;
    return watching;
  };
}

/** Finds what a gateway can do, asks for several times that, and sees whether it is as before afterwards. */
export async function measureOverload({ options, complain }: Means): Promise<OverloadFigures> {
  const started: ServerProcess[] = [];
  const start = async (name: string, address: string, environment: Settings["environment"] = {}) => {
    const wanted = { upstream: address, environment };
    const server = await startServer(name, wanted, options.profileFolder, ["--expose-gc"]);
    started.push(server);
    return server;
  };
  try {
    const upstream = await start("upstream", "");
    const gateway = await start("watched", `http://127.0.0.1:${upstream.port}`, settings);
    const clients = await start("flood", "");
    const flood = (task: FloodTask) => clients.ask(task) as Promise<FloodFigures>;
    const held = () => gateway.ask({ what: "held" } satisfies WatchedTask) as Promise<Held>;
    await clients.ask({ prepare: gateway.port } satisfies FloodTask);
    const closed = { connections: peakConnections, forMs: options.peakMs };
    await flood({ closed });
    const peak = await flood({ closed });
    const before = await held();
    const rate = Math.round((peak.accepted / peak.seconds) * options.overloadFactor);
    const health = await watchHealth(gateway.port, complain);
    const memory = watchMemory(gateway);
    const over = await flood({
      open: { rate, connections: mostConnections, forMs: options.overloadMs },
    });
    const after = await flood({ closed });
    const pages = await health.stop();
    const most = await memory();
    const left = await held();

    for (const [when, { wrong, accepted }] of Object.entries({
      "at its peak": peak,
      overloaded: over,
      afterwards: after,
    })) {
      for (const each of wrong) complain(`${when}: ${each}`);
      if (accepted === 0) complain(`${when}: nothing was answered`);
    }
    if (most > mostRssBytes) complain(`the process had ${most} bytes`);
    if (!options.isSmoke) {
      if (peak.refused > 0) complain(`at its peak: ${peak.refused} were refused`);
      const share = over.accepted / over.seconds / (peak.accepted / peak.seconds);
      if (share < leastGoodput) complain(`overloaded: only ${share.toFixed(2)} of what can be done was done`);
      if (over.cut > over.sent * mostCut) complain(`overloaded: ${over.cut} connections were cut`);
      for (const { path, longestMs } of pages)
        if (longestMs > longestHealthMs) complain(`${path} took ${longestMs.toFixed(0)} ms`);
    }
    return { peak, over, after, health: pages, before, left, mostRssBytes: most };
  } finally {
    for (const each of started) await each.stop();
  }
}
