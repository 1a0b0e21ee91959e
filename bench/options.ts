import { parseArgs } from "node:util";
import { duration } from "../src/variable-types.ts";

/** What can be measured by itself. */
const parts = [
  "requests",
  "peers",
  "canvas",
  "cluster",
  "live",
  "actualizer",
  "faults",
  "overload",
  "rolling",
] as const;

/** How much is measured. */
export interface Options {
  /** Whether only the answers matter: so few requests say nothing about time. */
  readonly isSmoke: boolean;
  /** The parts that alone are measured; undefined for everything. */
  readonly only: readonly (typeof parts)[number][] | undefined;
  /** Rounds that count, at most; on a slow machine they end when the time is up. */
  readonly rounds: number;
  readonly fewestRounds: number;
  readonly longestSeconds: number;
  readonly warmUpRounds: number;
  /** Requests of a small answer in one round; large answers take a part of it. */
  readonly requests: number;
  readonly connections: number;
  /** The same of the comparison with other servers, whose large answers take longer. */
  readonly peerRounds: Pick<Options, "rounds" | "fewestRounds" | "longestSeconds" | "warmUpRounds">;
  /** Rounds of a canvas's saves and loads, and loads in each. */
  readonly canvasRounds: number;
  readonly canvasLoads: number;
  /** Rounds of watching pods, how many there are in each, and how many changes of them. */
  readonly clusterRounds: number;
  readonly clusterPods: readonly number[];
  readonly clusterChanges: number;
  /** How many producers an actualizer has, saves of one of them, how long it is watched at rest, and producers of the old cycle. */
  readonly actualizerProducers: readonly number[];
  readonly actualizerSaves: number;
  readonly actualizerRestSeconds: number;
  readonly oldCycleProducers: number;
  /** Subscribers at once, and the events that count, one in each interval. */
  readonly subscribers: number;
  readonly events: number;
  readonly eventIntervalMs: number;
  /** How long each fault lasts, how long is asked before them while nothing fails, and how often. */
  readonly faultMs: number;
  readonly faultCalmMs: number;
  readonly faultEveryMs: number;
  /** How long is asked for as much as can be done, and then for how much more than that, and how long. */
  readonly peakMs: number;
  readonly overloadFactor: number;
  readonly overloadMs: number;
  /** Subscribers while replicas are restarted, changes in a second meanwhile, and how often each replica is restarted. */
  readonly rollingSubscribers: number;
  readonly rollingMutations: number;
  readonly rollingRounds: number;
  /** How long clients come and go, if that is all that is done. */
  readonly soakMs: number | undefined;
  /** Where each server leaves its CPU profile, if anywhere. */
  readonly profileFolder: string | undefined;
}

const full = {
  rounds: 21,
  fewestRounds: 5,
  longestSeconds: 75,
  warmUpRounds: 3,
  requests: 600,
  connections: 8,
  peerRounds: { rounds: 15, fewestRounds: 5, longestSeconds: 200, warmUpRounds: 3 },
  canvasRounds: 9,
  canvasLoads: 12,
  clusterRounds: 5,
  clusterPods: [500, 5000],
  clusterChanges: 1000,
  actualizerProducers: [500, 10_000],
  actualizerSaves: 20,
  actualizerRestSeconds: 60,
  oldCycleProducers: 100,
  subscribers: 10_000,
  events: 20,
  eventIntervalMs: 1000,
  faultMs: 3000,
  faultCalmMs: 10_000,
  faultEveryMs: 15,
  peakMs: 8000,
  overloadFactor: 5,
  overloadMs: 20_000,
  rollingSubscribers: 1000,
  rollingMutations: 20,
  rollingRounds: 2,
};
const smoke = {
  ...full,
  rounds: 1,
  fewestRounds: 1,
  warmUpRounds: 1,
  requests: 24,
  peerRounds: { rounds: 1, fewestRounds: 1, longestSeconds: 1, warmUpRounds: 1 },
  canvasRounds: 1,
  canvasLoads: 2,
  clusterRounds: 1,
  clusterPods: [100, 1000],
  clusterChanges: 100,
  actualizerProducers: [30],
  actualizerSaves: 3,
  actualizerRestSeconds: 1,
  oldCycleProducers: 5,
  subscribers: 200,
  events: 5,
  eventIntervalMs: 50,
  faultMs: 600,
  faultCalmMs: 1000,
  faultEveryMs: 15,
  peakMs: 1000,
  overloadMs: 2000,
  rollingSubscribers: 50,
  rollingMutations: 10,
  rollingRounds: 1,
};

/** Reads the command line: nothing for the whole of it, `--smoke` to see within seconds that it works, `--canvas` … for a part. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      smoke: { type: "boolean", default: false },
      peers: { type: "boolean", default: false },
      requests: { type: "boolean", default: false },
      canvas: { type: "boolean", default: false },
      cluster: { type: "boolean", default: false },
      live: { type: "boolean", default: false },
      actualizer: { type: "boolean", default: false },
      faults: { type: "boolean", default: false },
      overload: { type: "boolean", default: false },
      rolling: { type: "boolean", default: false },
      soak: { type: "string" },
      profile: { type: "string" },
    },
  });
  const only = parts.filter((part) => values[part]);
  return {
    ...(values.smoke ? smoke : full),
    isSmoke: values.smoke,
    only: only.length > 0 ? only : undefined,
    soakMs: values.soak === undefined ? undefined : duration.parse(values.soak),
    profileFolder: values.profile,
  };
}
