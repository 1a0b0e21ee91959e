import type { Config } from "../config.ts";
import { everywhere } from "../live/live-events.ts";
import { createSignal, type Signal } from "../live/signal.ts";
import type { Caller, Viewer } from "../permissions/caller.ts";
import type { RepositoryName } from "../permissions/subject.ts";
import type { Repository } from "../services/gitea/repositories.service.ts";
import type { Services } from "../services/services.ts";
import { createSharedAnswers, type AnswerSource, type SharedAnswers } from "./shared-answers.ts";

/** What the process remembers between requests, for as long as the permission rules allow. */
export interface Memory {
  readonly viewers: SharedAnswers<Caller, Viewer>;
  readonly repositories: SharedAnswers<{ caller: Caller; name: RepositoryName }, Repository>;
  readonly mine: SharedAnswers<Caller, readonly Repository[]>;
  /** Told when somebody has changed, through any replica of the gateway, what people may do with a repository. */
  readonly rightsChanged: Signal<RepositoryName>;
}

/** Told of each question that a request has, what it is about and where its answer comes from. */
export type NoteLookup = (about: "viewer" | "repository" | "repositories", source: AnswerSource) => void;

type Limits = Pick<Config, "PERMISSION_TTL" | "PERMISSION_CACHE_SIZE" | "VIEWER_TTL" | "VIEWER_CACHE_SIZE">;

export function createMemory(limits: Limits, services: Services, note: NoteLookup = () => undefined): Memory {
  const viewers = { timeToLiveMs: limits.VIEWER_TTL, size: limits.VIEWER_CACHE_SIZE };
  // What was answered to a token is kept no longer than the token is taken for its owner's: it may be revoked.
  const timeToLiveMs = Math.min(limits.PERMISSION_TTL, limits.VIEWER_TTL);
  const permissions = { timeToLiveMs, size: limits.PERMISSION_CACHE_SIZE };
  const repositories = createSharedAnswers<{ caller: Caller; name: RepositoryName }, Repository>(
    permissions,
    "gitea",
    ({ caller, name }, budget) => services.repositories.repository({ ...caller, budget }, name),
    (source) => note("repository", source),
  );
  const mine = createSharedAnswers<Caller, readonly Repository[]>(
    { ...permissions, weigh: (list) => list.length },
    "gitea",
    (caller, budget) => services.repositories.mine({ ...caller, budget }),
    (source) => note("repositories", source),
  );

  const { hub } = services;
  const heard = createSignal<RepositoryName>();
  /** First nothing older is kept, then whoever holds a right asks again. */
  hub.listen("rightsChanged", everywhere, (name) => {
    repositories.forget(` ${repositoryKey(name)}`);
    mine.forget("");
    heard.tell(name);
  });
  // What was changed elsewhere meanwhile is nobody's to know; who holds a right asks again before long.
  hub.onGap("rightsChanged", {
    isOver: () => {
      repositories.forget("");
      mine.forget("");
    },
  });

  return {
    viewers: createSharedAnswers(
      viewers,
      "gitea",
      (caller, budget) => services.users.whoAmI({ ...caller, budget }),
      (source) => note("viewer", source),
    ),
    repositories,
    mine,
    rightsChanged: {
      tell: ({ owner, name }) => hub.publish("rightsChanged", everywhere, { owner, name }),
      listen: heard.listen,
    },
  };
}

/** What tells a repository from others, at the end of a key. */
export const repositoryKey = ({ owner, name }: RepositoryName) =>
  `${owner.toLowerCase()}/${name.toLowerCase()}`;
