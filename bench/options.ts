import { parseArgs } from "node:util";

/** How much is measured. */
export interface Options {
  /** Whether only the answers matter: so few requests say nothing about time. */
  readonly isSmoke: boolean;
  /** Whether only what a canvas does is measured. */
  readonly isCanvasOnly: boolean;
  /** Rounds that count, at most; on a slow machine they end when the time is up. */
  readonly rounds: number;
  readonly fewestRounds: number;
  readonly longestSeconds: number;
  readonly warmUpRounds: number;
  /** Requests of a small answer in one round; large answers take a part of it. */
  readonly requests: number;
  readonly connections: number;
  /** Rounds of a canvas's saves and loads, and loads in each. */
  readonly canvasRounds: number;
  readonly canvasLoads: number;
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
  canvasRounds: 9,
  canvasLoads: 12,
};
const smoke = {
  ...full,
  rounds: 1,
  fewestRounds: 1,
  warmUpRounds: 1,
  requests: 24,
  canvasRounds: 1,
  canvasLoads: 2,
};

/** Reads the command line: nothing for the whole of it, `--smoke` to see within seconds that it works, `--canvas` for a part. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      smoke: { type: "boolean", default: false },
      canvas: { type: "boolean", default: false },
      profile: { type: "string" },
    },
  });
  return {
    ...(values.smoke ? smoke : full),
    isSmoke: values.smoke,
    isCanvasOnly: values.canvas,
    profileFolder: values.profile,
  };
}
