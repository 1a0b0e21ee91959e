import { z } from "zod";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { commitShape } from "./shapes.ts";

/** From which commit to which a branch was moved. */
export interface Moved {
  /** Undefined for a new branch, and where it is not known. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What came to a repository with a push, as far as it can be told. */
export interface PushedCommits {
  /** Of the newest commit: what it says that its author is called, and the account of that address. */
  readonly authorName: string;
  readonly authorLogin: string | undefined;
  /** The addresses of all who committed any of it. */
  readonly committers: readonly string[];
  /** The files that were touched; none when the branch was put elsewhere, or more came than is looked at. */
  readonly paths: readonly string[];
}

const shape = commitShape.extend({
  parents: z.array(z.object({ sha: z.string() })).nullish(),
  files: z.array(z.object({ filename: z.string() })).nullish(),
});

type Shape = z.output<typeof shape>;

/** How many commits are looked at: Gitea's largest page. */
const window = 50;

/** How long it may take: whoever waits for a push would rather have it without. */
const timeoutMs = 3000;

const parentsOf = ({ parents }: Shape) => (parents ?? []).map(({ sha }) => sha);

/** All commits that one leads back to, itself included, as far as they are known. */
function reachable(from: string, known: ReadonlyMap<string, Shape>): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [from];
  for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
    const commit = known.get(sha);
    if (!commit || found.has(sha)) continue;
    found.add(sha);
    left.push(...parentsOf(commit));
  }
  return found;
}

/** Those of some commits that came with a move; undefined when the one before is not among them. */
function arrived(commits: readonly Shape[], { before, after }: Moved & { before: string }) {
  const known = new Map(commits.map((commit) => [commit.sha, commit]));
  if (!known.has(before)) return undefined;
  const old = reachable(before, known);
  const all = reachable(after, known);
  return commits.filter(({ sha }) => all.has(sha) && !old.has(sha));
}

function toPushed(newest: Shape, commits: readonly Shape[] | undefined): PushedCommits {
  return {
    authorName: newest.commit.author.name,
    authorLogin: newest.author?.login,
    committers: [...new Set((commits ?? [newest]).map(({ commit }) => commit.committer.email))],
    paths: [
      ...new Set((commits ?? []).flatMap(({ files }) => (files ?? []).map(({ filename }) => filename))),
    ],
  };
}

/** Looks up what came with a push: one call for a single commit; undefined when there is no such commit. */
export function createPushedCommits(client: GiteaClient) {
  return async (grant: RepositoryGrant<"read">, moved: Moved): Promise<PushedCommits | undefined> => {
    const { before, after } = moved;
    const { caller, owner, name } = grant;
    const get = (path: readonly string[], query = {}) =>
      client.asCaller({
        method: "GET",
        path: ["repos", owner, name, ...path],
        query: { stat: false, verification: false, ...query },
        caller,
        timeoutMs,
      });

    const one = await get(["git", "commits", after]);
    if (one.status === 404) return undefined;
    if (one.status === 403) throw refusedToken("repo:read");
    if (one.status !== 200) throw unexpected(one, "GET /git/commits/…");
    const newest = one.as(shape);
    const parents = parentsOf(newest);
    if (before === undefined || (parents.length === 1 && parents[0] === before)) {
      return toPushed(newest, [newest]);
    }
    const several = await get(["commits"], { sha: after, limit: window });
    if (several.status !== 200) throw unexpected(several, "GET /commits");
    return toPushed(newest, arrived(several.as(z.array(shape)), { before, after }));
  };
}
