import { readdirSync, readlinkSync } from "node:fs";
import { createLog } from "../../src/log.ts";
import { startGateway } from "../../src/server/gateway.ts";
import { stateOf } from "../live/state.ts";
import { serveMeasured } from "../process/measured.ts";
import { addressesOf, configOf } from "./settings.ts";

/** What a process holds. */
export interface Held {
  /** Every socket that is open, whoever opened it. */
  readonly sockets: number;
  /** Timers that would keep the process alive. */
  readonly timers: number;
  /** After collecting garbage. */
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** What it can be asked. */
export interface WatchedTask {
  readonly what: "held" | "rss";
}

const descriptors = "/proc/self/fd";

function openSockets(): number {
  const isSocket = (name: string) => {
    try {
      return readlinkSync(`${descriptors}/${name}`).startsWith("socket:");
    } catch {
      // It was closed while it was looked at.
      return false;
    }
  };
  return readdirSync(descriptors).filter(isSocket).length;
}

/** The gateway as it is shipped, in a process that says what it holds. */
serveMeasured(async (settings) => {
  const config = configOf(settings);
  const gateway = await startGateway(config, {
    addresses: addressesOf(settings),
    log: createLog(config.LOG_LEVEL),
    examples: [],
  });
  return {
    port: gateway.port,
    answer: async ({ what }: WatchedTask): Promise<Held | number> => {
      if (what === "rss") return process.memoryUsage.rss();
      const { heapBytes, rssBytes } = await stateOf(0);
      const timers = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
      return { sockets: openSockets(), timers, heapBytes, rssBytes };
    },
  };
});
