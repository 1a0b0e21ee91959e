import { randomUUID } from "node:crypto";
import { startConfigstore } from "./configstore/configstore.server.ts";
import { startGitApi, type GitApi } from "./git-api/git-api.server.ts";
import type { GiteaTiming } from "./gitea/gitea.state.ts";
import { startGitea, type GiteaSandbox } from "./gitea/gitea.server.ts";
import type { SandboxServer } from "./http.ts";
import { examples } from "./examples.ts";
import { addHooks, sandboxPeople, seed } from "./seed.ts";
import type { WorkspaceTiming } from "./workspace/workspace.timing.ts";
import { startWorkspaces, type Workspaces } from "./workspace/workspaces.ts";

/** Where the platform's services are; in the addresses of workspaces, $PRODUCER and $ENV say whose is meant. */
export interface SandboxAddresses {
  readonly gitea: string;
  readonly giteaToken: string;
  readonly gitApi: string;
  readonly configstore: string;
  readonly projectApi: string;
  readonly workspaceApi: string;
  readonly openApi: string;
}

/** A whole platform in this process, on loopback ports of its own. */
export interface Sandbox {
  readonly addresses: SandboxAddresses;
  readonly gitea: GiteaSandbox;
  readonly gitApi: GitApi;
  readonly configstore: SandboxServer;
  readonly workspaces: Workspaces;
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
  readonly workspaceTiming?: Partial<WorkspaceTiming>;
  /** Whether calls to a workspace that overlap do damage, as they do in reality and unless told otherwise. */
  readonly damage?: boolean;
}

/** Starts Gitea, git-api, configstore and the workspaces, with people, projects and tokens in them. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const prefix = options.PRODUCER_PREFIX;
  const ownToken = randomUUID();
  const gitea = await startGitea({ timing: options.timing ?? {} });
  const wanted = {
    prefix,
    environments: options.ENVIRONMENTS,
    functionsRepository: options.FUNCTIONS_REPOSITORY,
  };
  seed(gitea.platform, { ...wanted, ownToken });
  const gitApi = await startGitApi({ giteaUrl: gitea.url, adminToken: ownToken });
  const configstore = await startConfigstore({ gitApiUrl: gitApi.url, prefix });
  const hookUrl = `${configstore.url}/hook`;
  gitApi.setHookUrl(hookUrl);
  addHooks(gitea.platform, { ...wanted, url: hookUrl });
  const workspaces = await startWorkspaces({
    platform: gitea.platform,
    prefix,
    environments: options.ENVIRONMENTS,
    timing: options.workspaceTiming ?? {},
    damage: options.damage ?? true,
  });
  const people = sandboxPeople(prefix);
  return {
    addresses: {
      gitea: gitea.url,
      giteaToken: ownToken,
      gitApi: gitApi.url,
      configstore: configstore.url,
      projectApi: `${workspaces.projectApi.url}/$PRODUCER-$ENV/api`,
      workspaceApi: `${workspaces.workspaceApi.url}/$PRODUCER-$ENV/api`,
      openApi: `${workspaces.runningProjects.url}/$PRODUCER-$ENV/explorer/swagger.json`,
    },
    gitea,
    gitApi,
    configstore,
    workspaces,
    examples,
    banner: [
      "",
      "On a sandbox platform in this process, gone when it stops. Send `Authorization: token <token>` as",
      ...people.map(({ name, token, about }) => `  ${name.padEnd(6)} ${token.padEnd(12)} ${about}`),
      "",
    ],
    stop: async () => {
      await Promise.all([gitea.stop(), gitApi.stop(), configstore.stop(), workspaces.stop()]);
    },
  };
}
