import { SettError } from "../errors.ts";
import type { ConfigstoreService } from "./configstore.service.ts";
import type { GitApiService } from "./git-api.service.ts";
import type { UsersService } from "./gitea/users.service.ts";

/** Whether each service that the whole platform shares answers; a producer's own are no matter of everybody's. */
export type Readiness = Record<"gitea" | "git-api" | "configstore", boolean>;

export interface ReadinessService {
  readonly check: (requestId: string) => Promise<Readiness>;
}

interface Parts {
  readonly users: UsersService;
  readonly gitApi: GitApiService;
  readonly configstore: ConfigstoreService;
}

/** Shorter than the probes' own patience, so that they get an answer. */
const timeoutMs = 2000;

export function createReadinessService({ users, gitApi, configstore }: Parts): ReadinessService {
  const answers = async (check: Promise<unknown>) => {
    try {
      await check;
      return true;
    } catch (error) {
      if (error instanceof SettError) return false;
      throw error;
    }
  };

  async function check(requestId: string): Promise<Readiness> {
    const [forGitea, forGitApi, forConfigstore] = await Promise.all([
      answers(users.ping(requestId, timeoutMs)),
      answers(gitApi.ping(requestId, timeoutMs)),
      answers(configstore.ping(requestId, timeoutMs)),
    ]);
    return { gitea: forGitea, "git-api": forGitApi, configstore: forConfigstore };
  }

  // Anybody may ask, so however many do at once, each service is asked once.
  let underway: Promise<Readiness> | undefined;
  return {
    check: (requestId) => (underway ??= check(requestId).finally(() => (underway = undefined))),
  };
}
