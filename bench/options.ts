import { parseArgs } from "node:util";

/** How much is measured. */
export interface Options {
  readonly rounds: number;
  readonly warmUpRounds: number;
  /** Requests of a small answer in one round; large answers take a part of it. */
  readonly requests: number;
  readonly connections: number;
  /** Where each server leaves its CPU profile, if anywhere. */
  readonly profileFolder: string | undefined;
}

const full = { rounds: 11, warmUpRounds: 3, requests: 1200, connections: 8 };
const smoke = { rounds: 1, warmUpRounds: 1, requests: 48, connections: 8 };

/** Reads the command line: nothing for the whole of it, `--smoke` to see within seconds that it works. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: { smoke: { type: "boolean", default: false }, profile: { type: "string" } },
  });
  return { ...(values.smoke ? smoke : full), profileFolder: values.profile };
}
