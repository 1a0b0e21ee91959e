import { z } from "zod";
import { UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { branchShape } from "./shapes.ts";

/** Something in a commit: a file, a folder, a link or another repository. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: "file" | "folder" | "other";
  readonly sha: string;
}

/** A repository as it is at one moment. */
export interface SnapshotService {
  /** The commit that the default branch is at; undefined only where the repository has none at all. */
  readonly head: (grant: RepositoryGrant, isEmpty: boolean) => Promise<string | undefined>;
  /** What is in a commit: all of it, or only what is at the top. A part is never answered. */
  readonly tree: (
    grant: RepositoryGrant,
    commit: string,
    depth: "all" | "top",
  ) => Promise<readonly TreeEntry[]>;
}

/** More files than anybody keeps; each page of a thousand is a call. */
const mostEntries = 20_000;

const branchesShape = z.array(branchShape).nullable();
const entryShape = z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string() });
const treeShape = z.object({ tree: z.array(entryShape).nullish(), total_count: z.number() });

function kindOf({ type, mode }: z.output<typeof entryShape>): TreeEntry["kind"] {
  if (type === "tree") return "folder";
  return type === "blob" && mode.startsWith("100") ? "file" : "other";
}

export function createSnapshotService(client: GiteaClient): SnapshotService {
  const get = async (
    { owner, name, caller }: RepositoryGrant,
    path: readonly string[],
    query: Readonly<Record<string, string | number | boolean>> = {},
  ) => {
    const answer = await client.asCaller({
      method: "GET",
      path: ["repos", owner, name, ...path],
      query,
      caller,
    });
    if (answer.status === 403) throw refusedToken("repo:read");
    if (answer.status !== 200) throw unexpected(answer, `GET /${path[0] ?? ""}/…`);
    return answer;
  };

  return {
    head: async (grant, isEmpty) => {
      if (!isEmpty) {
        const answer = await get(grant, ["branches", ...grant.defaultBranch.split("/")]);
        return answer.as(branchShape).commit.id;
      }
      const branches = (await get(grant, ["branches"], { limit: 1 })).as(branchesShape) ?? [];
      if (branches.length === 0) return undefined;
      throw new UpstreamUnavailable("gitea", "a repository that is said to be empty has branches");
    },

    tree: async (grant, commit, depth) => {
      const entries = new Map<string, TreeEntry>();
      for (let page = 1; ; page++) {
        const query = { ...(depth === "all" ? { recursive: true } : {}), page };
        const answer = (await get(grant, ["git", "trees", commit], query)).as(treeShape);
        if (answer.total_count > mostEntries) {
          throw new UpstreamRejected("gitea", "The repository has more files than can be looked through.");
        }
        const before = entries.size;
        for (const entry of answer.tree ?? []) {
          entries.set(entry.path, { path: entry.path, kind: kindOf(entry), sha: entry.sha });
        }
        if (entries.size === answer.total_count) return [...entries.values()];
        // A page that brings nothing new, or too much, brings no end either.
        if (entries.size === before || entries.size > answer.total_count) {
          throw new UpstreamUnavailable("gitea", "GET /git/trees/… leaves some entries out");
        }
      }
    },
  };
}
