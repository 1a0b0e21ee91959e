import { LRUCache } from "lru-cache";
import { SettError, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { HistoryService } from "../gitea/history.service.ts";
import type { Moved, PushedCommits } from "../gitea/pushed.commits.ts";

/** What is found out about a push: what came with it, or that there is no such commit, or nothing. */
export type PushDetails = PushedCommits | "absent" | "unknown";

/** Looks a push up, with the right of the first who holds it. */
export type LookUpPush = (grants: Iterable<RepositoryGrant>, moved: Moved) => Promise<PushDetails>;

/** How many pushes are remembered, over all repositories. */
const size = 1000;

/** How many people's rights are tried. */
const tries = 3;

/** A few of those whose credentials are different ones. */
function* distinct(grants: Iterable<RepositoryGrant>): Generator<RepositoryGrant> {
  const seen = new Set<string>();
  for (const grant of grants) {
    if (seen.has(grant.caller.key)) continue;
    seen.add(grant.caller.key);
    yield grant;
    if (seen.size === tries) return;
  }
}

export function createPushDetails({ pushed }: Pick<HistoryService, "pushed">): LookUpPush {
  const known = new LRUCache<string, PushedCommits>({ max: size });

  return async (grants, { before, after }) => {
    let outcome: PushDetails = "unknown";
    for (const grant of distinct(grants)) {
      const key = `${grant.owner}/${grant.name} ${before ?? ""} ${after}`.toLowerCase();
      const found = known.get(key);
      if (found) return found;
      try {
        const details = await pushed(grant, { before, after });
        if (details) {
          known.set(key, details);
          return details;
        }
        // It may also be that this one can read the repository no longer.
        outcome = "absent";
      } catch (error) {
        if (!(error instanceof SettError)) throw error;
        // An outage is the same for everybody; a refusal is one person's.
        if (error instanceof UpstreamUnavailable) return "unknown";
      }
    }
    return outcome;
  };
}
