import { createHash } from "node:crypto";
import { Conflict, Forbidden, NotFound, UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { Answer } from "../http/upstream.ts";
import { contentsPath, type ReadFile } from "./file.reader.ts";
import { rejected, unexpected, type GiteaClient } from "./gitea.client.ts";
import { archivedShape, writtenFileShape } from "./shapes.ts";

/** A file to be written: with the sha it replaces, or without one when it is to be new. */
export interface FileToWrite {
  readonly path: string;
  readonly branch: string;
  readonly content: Buffer;
  readonly message: string;
  readonly sha: string | undefined;
}

/** What a write made: the content's name, and the commit's. */
export interface WrittenFile {
  readonly sha: string;
  readonly commitSha: string;
}

/** Writes one file; throws Conflict, with what is there now, when that is not what the writer started from. */
export type WriteFile = (grant: RepositoryGrant<"write">, file: FileToWrite) => Promise<WrittenFile>;

/** How often a write is sent when git itself was busy with somebody else's. */
const attempts = 4;

/** What Gitea answers while git is busy: 500, and in newer versions 403, which mostly means no and is doubted once. */
const busy = [403, 409, 500];

/** The name that git gives to a content. */
export function blobSha(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}

/** An outage as a value: what became of the write is then looked up. */
function outageOrThrow(error: unknown): UpstreamUnavailable {
  if (error instanceof UpstreamUnavailable) return error;
  throw error;
}

export function createFileWriter(client: GiteaClient, readFile: ReadFile): WriteFile {
  const send = (grant: RepositoryGrant<"write">, { path, branch, content, message, sha }: FileToWrite) =>
    client.asCaller({
      method: sha === undefined ? "POST" : "PUT",
      path: contentsPath(grant, path),
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
    const current = await readFile(grant, wanted.path, wanted.branch);
    if (answer.status === 404 && !(await hasBranch(grant, wanted.branch))) throw new NotFound("branch");
    if (current?.sha !== wanted.sha) {
      throw new Conflict(
        current ? "The file has changed since you read it." : "The file is no longer there.",
        { sha: current?.sha ?? null, lastCommitSha: current?.lastCommitSha ?? null },
      );
    }
    if (answer.status === 403) throw new Forbidden("repo:write");
    if (answer.status !== 500) throw rejected(answer);
    throw (await isArchived(grant))
      ? new UpstreamRejected("gitea", "Gitea refuses: the repository is archived.")
      : unexpected(answer, "writing a file");
  }

  async function attempt(
    grant: RepositoryGrant<"write">,
    wanted: FileToWrite,
    left: number,
  ): Promise<WrittenFile> {
    const answer = await send(grant, wanted).catch(outageOrThrow);
    const isOutage = answer instanceof UpstreamUnavailable;
    if (!isOutage && (answer.status === 200 || answer.status === 201)) {
      const written = answer.as(writtenFileShape);
      return { sha: written.content.sha, commitSha: written.commit.sha };
    }
    if (isOutage || busy.includes(answer.status)) {
      // The write may have been done although the answer says otherwise, or never came.
      const current = await readFile(grant, wanted.path, wanted.branch);
      if (current && current.sha !== wanted.sha && current.sha === blobSha(wanted.content)) {
        return { sha: current.sha, commitSha: current.lastCommitSha };
      }
      if (isOutage) throw answer;
      const patience = answer.status === 403 ? attempts - 1 : 1;
      if (current?.sha === wanted.sha && left > patience) return attempt(grant, wanted, left - 1);
    }
    return conflictOrRefusal(grant, wanted, answer);
  }

  return (grant, wanted) => attempt(grant, wanted, attempts);
}
