import { readConfig, type Config, type UpstreamAddresses } from "../../src/config.ts";
import type { Asked } from "../comparison/workloads.ts";

/** What a measured server is told. */
export interface Settings {
  readonly upstream: string;
  /** Variables of the environment that differ from the gateway's defaults. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the unguarded server answers from memory instead of asking. */
  readonly remembers?: boolean;
  /** Where the services are that do not all stand at the upstream. */
  readonly addresses?: UpstreamAddresses;
  /** Whether the sandbox's workspaces take as long as real ones. */
  readonly takesTime?: boolean;
  /** How many more tokens the sandbox's demo has: `live-token-0` and so on. */
  readonly tokens?: number;
  /** What the bare proxy asks the upstream for, by the path that it is asked for. */
  readonly proxied?: Readonly<Record<string, Asked>>;
  /** The file of a server that is not ours, and whether it is to compile what it is asked. */
  readonly peer?: string;
  readonly compiles?: boolean;
  /** How many producers there are on the platform. */
  readonly producers?: number;
}

/** One credential asks for what many do: its allowance is counted, and never used up. */
const boundless = { OPERATIONS_PER_MINUTE: "1000000000", COST_PER_MINUTE: "1000000000" };

/** What one credential may ask for in a minute is counted, but never used up: a few of them ask as fast as they can. */
export const unstinted = { OPERATIONS_PER_MINUTE: "1000000000", COST_PER_MINUTE: "1000000000" };

/** The gateway's own configuration as it comes, but for the port, GraphiQL and what one credential may have in a minute. */
export function configOf({ environment }: Settings): Config {
  return readConfig({ PORT: "0", EXPLORER: "false", ...boundless, ...environment });
}

/** Every service of the platform that is asked at the one that stands in for them, or where it is said to be. */
export function addressesOf({ upstream, addresses }: Settings): UpstreamAddresses {
  if (addresses) return addresses;
  const { upstreams } = readConfig({
    GITEA_URL: upstream,
    GITEA_TOKEN: "own-token",
    GIT_API_URL: upstream,
    CONFIGSTORE_URL: upstream,
  });
  if (!upstreams) throw new Error("There is no upstream.");
  return upstreams;
}
