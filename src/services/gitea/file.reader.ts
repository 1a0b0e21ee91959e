import { UpstreamRejected } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import { refusedToken, unexpected, type GiteaClient } from "./gitea.client.ts";
import { entryShape, fileShape } from "./shapes.ts";

/** A file at some commit. */
export interface RepositoryFile {
  readonly path: string;
  readonly sha: string;
  readonly lastCommitSha: string;
  readonly size: number;
  readonly content: Buffer;
}

/** Reads a file; undefined when there is none of that name. */
export type ReadFile = (
  grant: RepositoryGrant<"read">,
  path: string,
  ref: string | undefined,
) => Promise<RepositoryFile | undefined>;

/** Where Gitea keeps what stands at a path. */
export function contentsPath({ owner, name }: RepositoryGrant, path: string): string[] {
  return ["repos", owner, name, "contents", ...path.split("/")];
}

export function createFileReader(client: GiteaClient): ReadFile {
  return async (grant, path, ref) => {
    const answer = await client.asCaller({
      method: "GET",
      path: contentsPath(grant, path),
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
  };
}
