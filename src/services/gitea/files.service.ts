import { createHash } from "node:crypto";
import { Conflict, Forbidden, NotFound, UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { Answer } from "../http/upstream.ts";
import type { WriteQueue } from "../write-queue.ts";
import { refusedToken, rejected, unexpected, type GiteaClient } from "./gitea.client.ts";
import { archivedShape, entryShape, fileShape, writtenFileShape } from "./shapes.ts";

/** A file at some commit. */
export interface RepositoryFile {
  readonly path: string;
  readonly sha: string;
  readonly lastCommitSha: string;
  readonly size: number;
  readonly content: Buffer;
}

/** A file to be written: with the sha it replaces, or without one when it is to be new. */
export interface FileToWrite {
  readonly path: string;
  readonly branch: string;
  readonly content: Buffer;
  readonly message: string;
  readonly sha: string | undefined;
}

/** Files in repositories. */
export interface FilesService {
  readonly file: (
    grant: RepositoryGrant<"read">,
    path: string,
    ref: string | undefined,
  ) => Promise<RepositoryFile | undefined>;
  /** Writes one file; throws Conflict, with what is there now, when that is not what the writer started from. */
  readonly write: (
    grant: RepositoryGrant<"write">,
    file: FileToWrite,
  ) => Promise<{ sha: string; commitSha: string }>;
  /** Reads a file, makes a new one of it and writes that, with nobody else's write in between. */
  readonly edit: (
    grant: RepositoryGrant<"write">,
    path: string,
    message: string,
    change: (current: RepositoryFile | undefined) => Buffer | undefined,
  ) => Promise<void>;
}

/** How often a write is sent when git itself was busy with somebody else's. */
const attempts = 4;

/** The name that git gives to a content. */
export function blobSha(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

export function createFilesService(client: GiteaClient, queue: WriteQueue): FilesService {
  const pathOf = (grant: RepositoryGrant, path: string) => [
    "repos",
    grant.owner,
    grant.name,
    "contents",
    ...path.split("/"),
  ];

  async function file(grant: RepositoryGrant<"read">, path: string, ref: string | undefined) {
    const answer = await client.asCaller({
      method: "GET",
      path: pathOf(grant, path),
      query: { ref },
      caller: grant.caller,
    });
    if (answer.status === 404) return undefined;
    if (answer.status === 403) throw refusedToken("repo:read");
    if (answer.status !== 200) throw unexpected(answer, "GET /contents/…");
    // A folder, or anything in an empty repository, is answered with a list.
    if (answer.text.trimStart().startsWith("[")) return undefined;
    // Links and submodules stand where files do but are none.
    if (answer.as(entryShape).type !== "file") return undefined;
    const found = answer.as(fileShape);
    const content = Buffer.from(found.content ?? "", "base64");
    if (content.length !== found.size) {
      throw new UpstreamRejected("gitea", "The file is too large for Gitea to hand it out.");
    }
    return {
      path: found.path,
      sha: found.sha,
      lastCommitSha: found.last_commit_sha,
      size: found.size,
      content,
    };
  }

  const send = (grant: RepositoryGrant<"write">, { path, branch, content, message, sha }: FileToWrite) =>
    client.asCaller({
      method: sha === undefined ? "POST" : "PUT",
      path: pathOf(grant, path),
      // An empty repository has no branch to name: the first write makes the default one.
      body: {
        content: content.toString("base64"),
        message,
        ...(branch === grant.defaultBranch ? {} : { branch }),
        ...(sha === undefined ? {} : { sha }),
      },
      caller: grant.caller,
      understands: [500],
    });

  const hasBranch = async ({ owner, name, caller }: RepositoryGrant, branch: string) => {
    const path = ["repos", owner, name, "branches", ...branch.split("/")];
    return (await client.asCaller({ method: "GET", path, caller })).status === 200;
  };

  /** Older versions answer a write to an archived repository as if they were broken. */
  const isArchived = async ({ owner, name, caller }: RepositoryGrant) => {
    const answer = await client.asCaller({ method: "GET", path: ["repos", owner, name], caller });
    return answer.status === 200 && answer.as(archivedShape).archived;
  };

  /** What really is there after an answer that said no, and whether the writer's own content is what is there. */
  async function conflictOrRefusal(
    grant: RepositoryGrant<"write">,
    wanted: FileToWrite,
    answer: Answer,
  ): Promise<never> {
    const current = await file(grant, wanted.path, wanted.branch);
    if (answer.status === 404 && !(await hasBranch(grant, wanted.branch))) throw new NotFound("branch");
    if (current?.sha !== wanted.sha) {
      throw new Conflict(
        current ? "The file has changed since you read it." : "The file is no longer there.",
        { sha: current?.sha ?? null, lastCommitSha: current?.lastCommitSha ?? null },
      );
    }
    if (answer.status !== 500) throw rejected(answer);
    throw (await isArchived(grant))
      ? new UpstreamRejected("gitea", "Gitea refuses: the repository is archived.")
      : unexpected(answer, "writing a file");
  }

  async function attempt(
    grant: RepositoryGrant<"write">,
    wanted: FileToWrite,
    left: number,
  ): Promise<{ sha: string; commitSha: string }> {
    const outage: { error?: UpstreamUnavailable } = {};
    const answer = await send(grant, wanted).catch((error: unknown) => {
      if (!(error instanceof UpstreamUnavailable)) throw error;
      outage.error = error;
      return undefined;
    });
    if (answer?.status === 200 || answer?.status === 201) {
      const written = answer.as(writtenFileShape);
      return { sha: written.content.sha, commitSha: written.commit.sha };
    }
    if (answer?.status === 403) throw new Forbidden("repo:write");
    if (!answer || answer.status === 500 || answer.status === 409) {
      // The write may have been done although the answer says otherwise, or never came.
      const current = await file(grant, wanted.path, wanted.branch);
      if (current && current.sha !== wanted.sha && current.sha === blobSha(wanted.content)) {
        return { sha: current.sha, commitSha: current.lastCommitSha };
      }
      if (outage.error) throw outage.error;
      if (current?.sha === wanted.sha && left > 1) return attempt(grant, wanted, left - 1);
    }
    if (!answer) throw new UpstreamUnavailable("gitea", "a write was not answered");
    return conflictOrRefusal(grant, wanted, answer);
  }

  async function edit(
    grant: RepositoryGrant<"write">,
    path: string,
    message: string,
    change: (current: RepositoryFile | undefined) => Buffer | undefined,
    left: number,
  ): Promise<void> {
    const current = await file(grant, path, undefined);
    const content = change(current);
    if (!content) return;
    const wanted = { path, branch: grant.defaultBranch, content, message, sha: current?.sha };
    try {
      await attempt(grant, wanted, attempts);
    } catch (error) {
      // Somebody wrote in between, past this gateway: the change is made anew, of what they wrote.
      if (!(error instanceof Conflict) || left <= 1) throw error;
      await edit(grant, path, message, change, left - 1);
    }
  }

  const alone = <Result>(grant: RepositoryGrant, branch: string, write: () => Promise<Result>) =>
    queue.run(`${grant.owner}/${grant.name}#${branch}`.toLowerCase(), write);

  return {
    file,
    write: (grant, wanted) => alone(grant, wanted.branch, () => attempt(grant, wanted, attempts)),
    edit: (grant, path, message, change) =>
      alone(grant, grant.defaultBranch, () => edit(grant, path, message, change, attempts)),
  };
}
