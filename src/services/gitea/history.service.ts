import { z } from "zod";
import { NotFound } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { Answer } from "../http/upstream.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { readPart, type Part } from "./pages.ts";
import { createPushedCommits, type Moved, type PushedCommits } from "./pushed.commits.ts";
import { branchShape, commitShape } from "./shapes.ts";

/** A line of work in a repository. */
export interface Branch {
  readonly name: string;
  readonly commitSha: string;
  readonly committedAt: Date;
  readonly isProtected: boolean;
}

/** A change that somebody made. */
export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly authorName: string;
  readonly authorLogin: string | undefined;
  readonly authoredAt: Date;
  readonly webUrl: string;
}

export interface Window {
  readonly offset: number;
  readonly length: number;
}

/** Branches and commits. */
export interface HistoryService {
  readonly branches: (grant: RepositoryGrant<"read">, window: Window) => Promise<Part<Branch>>;
  readonly commits: (
    grant: RepositoryGrant<"read">,
    of: { path?: string | undefined; ref?: string | undefined },
    window: Window,
  ) => Promise<Part<Commit>>;
  /** What came with a push; undefined when there is no such commit. */
  readonly pushed: (grant: RepositoryGrant<"read">, moved: Moved) => Promise<PushedCommits | undefined>;
}

const toBranch = (branch: z.output<typeof branchShape>): Branch => ({
  name: branch.name,
  commitSha: branch.commit.id,
  committedAt: new Date(branch.commit.timestamp),
  isProtected: branch.protected,
});

const toCommit = (commit: z.output<typeof commitShape>): Commit => ({
  sha: commit.sha,
  message: commit.commit.message,
  authorName: commit.commit.author.name,
  authorLogin: commit.author?.login,
  authoredAt: new Date(commit.commit.author.date),
  webUrl: commit.html_url,
});

const branches = z.array(branchShape).nullable();
const commits = z.array(commitShape).nullable();

export function createHistoryService(client: GiteaClient): HistoryService {
  const read = async (
    grant: RepositoryGrant<"read">,
    what: string,
    query: Record<string, string | number | boolean | undefined>,
  ) =>
    client.asCaller({
      method: "GET",
      path: ["repos", grant.owner, grant.name, what],
      query,
      caller: grant.caller,
      understands: [500],
    });

  // Older versions answer 500 for an unknown reference as they do when they break: this tells which it was.
  const isUnknown = async (grant: RepositoryGrant<"read">, ref: string) => {
    const path = ["repos", grant.owner, grant.name, "git", "commits", ref];
    return (await client.asCaller({ method: "GET", path, caller: grant.caller })).status === 404;
  };

  return {
    pushed: createPushedCommits(client),

    branches: (grant, window) =>
      readPart(
        window,
        async (paging) => {
          const answer = await read(grant, "branches", paging);
          if (answer.status === 404) throw new NotFound("repository");
          if (answer.status === 403) throw refusedToken("repo:read");
          if (answer.status !== 200) throw unexpected(answer, "GET /branches");
          return answer;
        },
        (answer) => (answer.as(branches) ?? []).map(toBranch),
      ),

    commits: (grant, { path, ref }, window) =>
      readPart(
        window,
        async (paging) => {
          const answer = await read(grant, "commits", {
            ...paging,
            sha: ref,
            path,
            stat: false,
            verification: false,
            files: false,
          });
          if (answer.status === 403) throw refusedToken("repo:read");
          if (answer.status === 404 || answer.status === 500) {
            if (ref !== undefined && (await isUnknown(grant, ref))) throw new NotFound("reference");
            if (answer.status === 404) throw new NotFound(path === undefined ? "reference" : "file");
          }
          if (answer.status !== 200 && answer.status !== 409) throw unexpected(answer, "GET /commits");
          return answer;
        },
        // 409 says that the repository has no commits yet.
        (answer: Answer) => (answer.status === 409 ? [] : (answer.as(commits) ?? []).map(toCommit)),
      ),
  };
}
