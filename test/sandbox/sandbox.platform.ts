import { startConfigstore } from "../../src/sandbox/configstore/configstore.server.ts";
import { startGitApi, type GitApi } from "../../src/sandbox/git-api/git-api.server.ts";
import { startGitea, type GiteaSandbox } from "../../src/sandbox/gitea/gitea.server.ts";
import type { SandboxServer } from "../../src/sandbox/http.ts";

/** Gitea, git-api and configstore, wired to each other as on a cluster. */
export interface Platform {
  gitea: GiteaSandbox;
  gitApi: GitApi;
  configstore: SandboxServer;
  adminToken: string;
  adminPassword: string;
  /** Lets time go by in Gitea. */
  goBy(ms: number): void;
  stop(): Promise<void>;
}

/** Starts the three on free ports; Gitea has nobody but its site admin. */
export async function startPlatform({ keepAliveMs = 20_000 } = {}): Promise<Platform> {
  const adminToken = "a".repeat(40);
  const adminPassword = "admin-password";
  let ahead = 0;
  const gitea = await startGitea({
    clock: () => new Date(Date.now() + ahead),
    // Hooks leave at once; a write holds its branch long enough for the others to meet it.
    timing: { hookDelayMs: 1, writeMs: 200 },
  });
  gitea.platform.addUser({
    login: "lbadmin",
    loginName: "lbadmin",
    email: "lbadmin@lunchbadger.com",
    password: adminPassword,
    isAdmin: true,
  });
  gitea.platform.addToken("lbadmin", adminToken);
  const gitApi = await startGitApi({ giteaUrl: gitea.url, adminToken });
  const configstore = await startConfigstore({ gitApiUrl: gitApi.url, keepAliveMs });
  gitApi.setHookUrl(`${configstore.url}/hook`);
  const goBy = (ms: number): void => void (ahead += ms);
  const stop = async (): Promise<void> => {
    await Promise.all([gitea.stop(), gitApi.stop(), configstore.stop()]);
  };
  return { gitea, gitApi, configstore, adminToken, adminPassword, goBy, stop };
}
