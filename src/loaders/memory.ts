import type { Config } from "../config.ts";
import { createSignal, type Signal } from "../live/signal.ts";
import type { Caller, Viewer } from "../permissions/caller.ts";
import type { RepositoryName } from "../permissions/subject.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";
import type { Services } from "../services/services.ts";
import { createSharedAnswers, type SharedAnswers } from "./shared-answers.ts";

/** What the process remembers between requests, for as long as the permission rules allow. */
export interface Memory {
  readonly viewers: SharedAnswers<Caller, Viewer>;
  readonly repositories: SharedAnswers<{ caller: Caller; name: RepositoryName }, Repository>;
  readonly mine: SharedAnswers<Caller, readonly Repository[]>;
  /** Told when somebody has changed, through the gateway, what people may do with a repository. */
  readonly rightsChanged: Signal<RepositoryName>;
}

type Limits = Pick<Config, "PERMISSION_TTL" | "PERMISSION_CACHE_SIZE" | "VIEWER_TTL" | "VIEWER_CACHE_SIZE">;

export function createMemory(limits: Limits, services: Services): Memory {
  const viewers = { timeToLiveMs: limits.VIEWER_TTL, size: limits.VIEWER_CACHE_SIZE };
  // What was answered to a token is kept no longer than the token is taken for its owner's: it may be revoked.
  const timeToLiveMs = Math.min(limits.PERMISSION_TTL, limits.VIEWER_TTL);
  const permissions = { timeToLiveMs, size: limits.PERMISSION_CACHE_SIZE };
  return {
    viewers: createSharedAnswers(viewers, (caller) => services.users.whoAmI(caller)),
    repositories: createSharedAnswers(permissions, ({ caller, name }) =>
      services.repositories.repository(caller, name),
    ),
    mine: createSharedAnswers({ ...permissions, weigh: (repositories) => repositories.length }, (caller) =>
      services.repositories.mine(caller),
    ),
    rightsChanged: createSignal(),
  };
}
