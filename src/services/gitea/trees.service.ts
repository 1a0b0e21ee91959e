import { z } from "zod";
import { Conflict, UpstreamRejected } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { WriteQueue } from "../write-queue.ts";
import { refusedToken, rejected, unexpected, type GiteaClient } from "./gitea.client.ts";

/** A file of a commit, without what is in it. */
export interface TreeFile {
  readonly path: string;
  readonly sha: string;
  readonly size: number;
  /** What git keeps it as: `100644` for a plain file. */
  readonly mode: string;
}

/** A change of one file: without the sha that it replaces it is new, without content it goes. */
export interface FileChange {
  readonly path: string;
  readonly sha: string | undefined;
  readonly content: Buffer | undefined;
}

/** Whole commits: which files one has, and making one of changes of many. */
export interface TreesService {
  /** The commit that a reference stands for, the head of the default branch unless said; undefined where there is none. */
  readonly commit: (grant: RepositoryGrant, reference?: string) => Promise<string | undefined>;
  /** All files of a commit, links and submodules among them. */
  readonly files: (grant: RepositoryGrant, commit: string) => Promise<readonly TreeFile[]>;
  readonly content: (grant: RepositoryGrant, sha: string) => Promise<Buffer>;
  /** Makes one commit of all changes on the default branch, or none of any; its sha. Throws Conflict where a file is another by now. */
  readonly change: (
    grant: RepositoryGrant<"write">,
    message: string,
    changes: readonly FileChange[],
  ) => Promise<string>;
}

const commitShape = z.object({ sha: z.string() });
const entryShape = z.object({
  path: z.string(),
  type: z.string(),
  mode: z.string(),
  sha: z.string(),
  size: z.number(),
});
const treeShape = z.object({ tree: z.array(entryShape).nullable(), total_count: z.number() });
const blobShape = z.object({ content: z.string(), size: z.number() });
const changedShape = z.object({ commit: commitShape });

/** What Gitea hands out at once, whatever is asked for. */
const entriesPerPage = 1000;

/** Gitea writes many files one by one before it answers. */
const changeTimeoutMs = 60_000;

function operationOf({ path, sha, content }: FileChange) {
  if (!content) return { operation: "delete", path, sha };
  const operation = sha === undefined ? "create" : "update";
  return { operation, path, content: content.toString("base64"), ...(sha === undefined ? {} : { sha }) };
}

export function createTreesService(client: GiteaClient, queue: WriteQueue): TreesService {
  const get = async (
    { owner, name, caller }: RepositoryGrant,
    path: readonly string[],
    query: Record<string, string | number | boolean> = {},
  ) => {
    const answer = await client.asCaller({
      method: "GET",
      path: ["repos", owner, name, "git", ...path],
      query,
      caller,
      understands: [500],
    });
    if (answer.status === 403) throw refusedToken("repo:read");
    return answer;
  };

  const page = async (grant: RepositoryGrant, commit: string, number: number) => {
    const query = { recursive: true, per_page: entriesPerPage, page: number };
    const answer = await get(grant, ["trees", commit], query);
    if (answer.status !== 200) throw unexpected(answer, "GET /git/trees/…");
    return answer.as(treeShape);
  };

  const change: TreesService["change"] = async ({ owner, name, caller }, message, changes) => {
    const answer = await client.asCaller({
      method: "POST",
      path: ["repos", owner, name, "contents"],
      body: { message, files: changes.map(operationOf) },
      caller,
      understands: [500],
      timeoutMs: changeTimeoutMs,
    });
    if (answer.status === 201) return answer.as(changedShape).commit.sha;
    if (answer.status === 403) throw refusedToken("repo:write");
    if ([400, 404, 409, 422].includes(answer.status)) {
      throw new Conflict("The files have changed meanwhile.", { reason: rejected(answer).message });
    }
    throw unexpected(answer, "POST /contents");
  };

  return {
    commit: async (grant, reference = grant.defaultBranch) => {
      const query = { stat: false, verification: false, files: false };
      const answer = await get(grant, ["commits", reference], query);
      if (answer.status === 200) return answer.as(commitShape).sha;
      // Versions differ in how they say that there is none, in an empty repository above all.
      if ([404, 409, 422].includes(answer.status)) return undefined;
      throw unexpected(answer, "GET /git/commits/…");
    },

    files: async (grant, commit) => {
      const first = await page(grant, commit, 1);
      const pages = Math.ceil(first.total_count / entriesPerPage);
      const rest = await Promise.all(
        Array.from({ length: Math.max(pages - 1, 0) }, (_, index) => page(grant, commit, index + 2)),
      );
      const entries = [first, ...rest].flatMap(({ tree }) => tree ?? []);
      if (entries.length !== first.total_count) {
        throw new UpstreamRejected("gitea", "Gitea does not list all files of the commit.");
      }
      return entries.filter(({ type }) => type !== "tree");
    },

    content: async (grant, sha) => {
      const answer = await get(grant, ["blobs", sha]);
      if (answer.status !== 200) throw unexpected(answer, "GET /git/blobs/…");
      const { content, size } = answer.as(blobShape);
      const bytes = Buffer.from(content, "base64");
      if (bytes.length !== size) {
        throw new UpstreamRejected("gitea", "A file is too large for Gitea to hand it out.");
      }
      return bytes;
    },

    change: (grant, message, changes) =>
      queue.run(`${grant.owner}/${grant.name}#${grant.defaultBranch}`.toLowerCase(), () =>
        change(grant, message, changes),
      ),
  };
}
