import { randomUUID } from "node:crypto";
import { startConfigstore } from "./configstore/configstore.server.ts";
import { startGitApi, type GitApi } from "./git-api/git-api.server.ts";
import type { GiteaTiming } from "./gitea/gitea.state.ts";
import { startGitea, type GiteaSandbox } from "./gitea/gitea.server.ts";
import type { SandboxServer } from "./http.ts";
import { examples } from "./examples.ts";
import { sandboxPeople, seed } from "./seed.ts";

/** A whole platform in this process, on loopback ports of its own. */
export interface Sandbox {
  readonly addresses: { gitea: string; giteaToken: string; gitApi: string; configstore: string };
  readonly gitea: GiteaSandbox;
  readonly gitApi: GitApi;
  readonly configstore: SandboxServer;
  /** What to try on it, for the explorer. */
  readonly examples: typeof examples;
  /** What to tell somebody who has just started it. */
  readonly banner: readonly string[];
  readonly stop: () => Promise<void>;
}

interface SandboxOptions {
  readonly PRODUCER_PREFIX: string;
  readonly ENVIRONMENTS: readonly string[];
  readonly FUNCTIONS_REPOSITORY: string;
  readonly timing?: Partial<GiteaTiming>;
}

/** Starts Gitea, git-api and configstore, with people, projects and tokens in them. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const prefix = options.PRODUCER_PREFIX;
  const ownToken = randomUUID();
  const gitea = await startGitea({ timing: options.timing ?? {} });
  seed(gitea.platform, {
    prefix,
    environments: options.ENVIRONMENTS,
    functionsRepository: options.FUNCTIONS_REPOSITORY,
    ownToken,
  });
  const gitApi = await startGitApi({ giteaUrl: gitea.url, adminToken: ownToken });
  const configstore = await startConfigstore({ gitApiUrl: gitApi.url, prefix });
  gitApi.setHookUrl(`${configstore.url}/hook`);
  const people = sandboxPeople(prefix);
  return {
    addresses: { gitea: gitea.url, giteaToken: ownToken, gitApi: gitApi.url, configstore: configstore.url },
    gitea,
    gitApi,
    configstore,
    examples,
    banner: [
      "",
      "On a sandbox platform in this process, gone when it stops. Send `Authorization: token <token>` as",
      ...people.map(({ name, token, about }) => `  ${name.padEnd(6)} ${token.padEnd(12)} ${about}`),
      "",
    ],
    stop: async () => {
      await Promise.all([gitea.stop(), gitApi.stop(), configstore.stop()]);
    },
  };
}
