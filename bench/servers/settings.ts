import { readConfig, type Config, type UpstreamAddresses } from "../../src/config.ts";

/** What a measured server is told. */
export interface Settings {
  readonly upstream: string;
  /** Variables of the environment that differ from the gateway's defaults. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the unguarded server answers from memory instead of asking. */
  readonly remembers: boolean;
}

/** The gateway's own configuration as it comes, but for the port and GraphiQL. */
export function configOf({ environment }: Settings): Config {
  return readConfig({ PORT: "0", EXPLORER: "false", ...environment });
}

/** Every service of the platform at the one that stands in for them. */
export function addressesOf({ upstream }: Settings): UpstreamAddresses {
  return {
    gitea: upstream,
    giteaToken: "own-token",
    gitApi: upstream,
    configstore: upstream,
    projectApi: `${upstream}/$PRODUCER-$ENV/api`,
    workspaceApi: `${upstream}/$PRODUCER-$ENV/api`,
    openApi: `${upstream}/$PRODUCER-$ENV/explorer/swagger.json`,
  };
}
