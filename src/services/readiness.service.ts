import { SettError } from "../errors.ts";
import type { ConfigstoreService } from "./configstore.service.ts";
import type { GitApiService } from "./git-api.service.ts";
import type { UsersService } from "./gitea/users.service.ts";

/** What every answer rests on: without one of these the gateway is not ready. A producer's own are no matter of everybody's. */
type Needed = "gitea" | "git-api" | "configstore";

/** What the gateway goes on without, with less. */
export type Helpful = "redis" | "kubernetes";

/** Which of the services that the whole platform shares answer. */
export interface Readiness {
  readonly needed: Readonly<Record<Needed, boolean>>;
  /** Those that are there to be asked. */
  readonly helpful: Readonly<Partial<Record<Helpful, boolean>>>;
}

export interface ReadinessService {
  readonly check: (requestId: string) => Promise<Readiness>;
}

/** Fails with one of our errors unless a service answers. */
export type ReadinessCheck = (timeoutMs: number) => Promise<unknown>;

interface Parts {
  readonly users: UsersService;
  readonly gitApi: GitApiService;
  readonly configstore: ConfigstoreService;
  readonly helpful: Readonly<Partial<Record<Helpful, ReadinessCheck | undefined>>>;
}

/** Shorter than the probes' own patience, so that they get an answer. */
const timeoutMs = 2000;

async function answers(check: Promise<unknown>): Promise<boolean> {
  try {
    await check;
    return true;
  } catch (error) {
    if (error instanceof SettError) return false;
    throw error;
  }
}

export function createReadinessService({ users, gitApi, configstore, helpful }: Parts): ReadinessService {
  const ofHelpful = async () => {
    const asked = Object.entries(helpful).flatMap(([name, check]) =>
      check ? [answers(check(timeoutMs)).then((isReady) => [name, isReady] as const)] : [],
    );
    return Object.fromEntries(await Promise.all(asked));
  };

  async function check(requestId: string): Promise<Readiness> {
    const [forGitea, forGitApi, forConfigstore, forHelpful] = await Promise.all([
      answers(users.ping(requestId, timeoutMs)),
      answers(gitApi.ping(requestId, timeoutMs)),
      answers(configstore.ping(requestId, timeoutMs)),
      ofHelpful(),
    ]);
    return {
      needed: { gitea: forGitea, "git-api": forGitApi, configstore: forConfigstore },
      helpful: forHelpful,
    };
  }

  // Anybody may ask, so however many do at once, each service is asked once.
  let underway: Promise<Readiness> | undefined;
  return {
    check: (requestId) => (underway ??= check(requestId).finally(() => (underway = undefined))),
  };
}
