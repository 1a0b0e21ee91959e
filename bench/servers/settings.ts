import { readConfig, type Config, type UpstreamAddresses } from "../../src/config.ts";

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
  /** How many producers there are on the platform. */
  readonly producers?: number;
}

/** The gateway's own configuration as it comes, but for the port and GraphiQL. */
export function configOf({ environment }: Settings): Config {
  return readConfig({ PORT: "0", EXPLORER: "false", ...environment });
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
