import pLimit from "p-limit";
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

/** A commit that was made, and the one that it was made on: none where the repository was empty. */
export interface MadeCommit {
  readonly sha: string;
  readonly parent: string | undefined;
}

/** Changes that are made at once, and the newest commit that they were thought out for. */
export interface Changes {
  readonly head: string | undefined;
  readonly message: string;
  readonly files: readonly FileChange[];
}

/** Whole commits: which files one has, and making one of changes of many. */
export interface TreesService {
  /** The commit that a reference stands for, the head of the default branch unless said; undefined where there is none. */
  readonly commit: (grant: RepositoryGrant, reference?: string) => Promise<string | undefined>;
  /** All files of a commit, links and submodules among them. */
  readonly files: (grant: RepositoryGrant, commit: string) => Promise<readonly TreeFile[]>;
  readonly content: (grant: RepositoryGrant, sha: string) => Promise<Buffer>;
  /**
   * Makes one commit of all changes on the default branch, or none of any. Throws Conflict where the newest commit or a
   * file is another by now. Gitea cannot be told the commit to build on, so one that came in the very moment is its parent.
   */
  readonly change: (grant: RepositoryGrant<"write">, changes: Changes) => Promise<MadeCommit>;
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
const changedShape = z.object({ commit: commitShape.extend({ parents: z.array(commitShape).nullish() }) });

/** What Gitea hands out at once, whatever is asked for. */
const entriesPerPage = 1000;

/** More files than anybody keeps; each page of a thousand is a call. */
const mostEntries = 20_000;

const pagesAtOnce = 4;

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

  const headOf = async (grant: RepositoryGrant, reference = grant.defaultBranch) => {
    const query = { stat: false, verification: false, files: false };
    const answer = await get(grant, ["commits", reference], query);
    if (answer.status === 200) return answer.as(commitShape).sha;
    // Versions differ in how they say that there is none, in an empty repository above all.
    if ([404, 409, 422].includes(answer.status)) return undefined;
    throw unexpected(answer, "GET /git/commits/…");
  };

  const change: TreesService["change"] = async (grant, { head, message, files }) => {
    const { owner, name, caller } = grant;
    const now = await headOf(grant);
    if (now !== head) throw new Conflict("The files have changed meanwhile.", { commit: now ?? null });
    const answer = await client.asCaller({
      method: "POST",
      path: ["repos", owner, name, "contents"],
      body: { message, files: files.map(operationOf) },
      caller,
      understands: [500],
      timeoutMs: changeTimeoutMs,
    });
    if (answer.status === 201) {
      const { sha, parents } = answer.as(changedShape).commit;
      return { sha, parent: parents?.[0]?.sha };
    }
    if (answer.status === 403) throw refusedToken("repo:write");
    if ([400, 404, 409, 422].includes(answer.status)) {
      throw new Conflict("The files have changed meanwhile.", { reason: rejected(answer).message });
    }
    throw unexpected(answer, "POST /contents");
  };

  return {
    commit: headOf,

    files: async (grant, commit) => {
      const first = await page(grant, commit, 1);
      if (first.total_count > mostEntries) {
        throw new UpstreamRejected("gitea", "The repository has more files than can be looked through.");
      }
      const pages = Math.ceil(first.total_count / entriesPerPage);
      const numbers = Array.from({ length: Math.max(pages - 1, 0) }, (_, index) => index + 2);
      const rest = await pLimit(pagesAtOnce).map(numbers, (number) => page(grant, commit, number));
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

    change: (grant, changes) =>
      queue.run(`${grant.owner}/${grant.name}#${grant.defaultBranch}`.toLowerCase(), () =>
        change(grant, changes),
      ),
  };
}
