import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { RepositoryGrant } from "../permissions/grant.ts";
import {
  FileEncoding,
  SaveRepoFileInput,
  SaveRepoFilePayload,
  toRepoFile,
} from "../schema/repo-file.type.ts";
import { announceCommit } from "./project-changes.ts";

@Resolver()
export class RepoFileResolver {
  @Mutation(() => SaveRepoFilePayload, {
    nullable: true,
    description:
      "Writes one file. If it is no longer what you read, nothing is written and the answer is CONFLICT with its sha.",
  })
  @Can("repo:write", { on: "input.repo" })
  async saveRepoFile(
    @Granted() grant: RepositoryGrant<"write">,
    @Arg("input", () => SaveRepoFileInput, { description: "The file." }) input: SaveRepoFileInput,
    @Ctx() context: SignedIn,
  ): Promise<SaveRepoFilePayload> {
    const { path } = input;
    const branch = input.branch ?? grant.defaultBranch;
    const message = input.message ?? `Save ${path}`;
    const sha = input.sha ?? undefined;
    const content = readContent(input);
    const written = await context.services.files.write(grant, { path, branch, content, message, sha });
    announceCommit(context, grant, { branch, commit: written.commitSha });
    const file = toRepoFile({ path, sha: written.sha, lastCommitSha: written.commitSha, content });
    return { file, commitSha: written.commitSha };
  }
}

function readContent({ content, encoding }: SaveRepoFileInput): Buffer {
  if (encoding === FileEncoding.UTF8) return Buffer.from(content, "utf8");
  const bytes = Buffer.from(content, "base64");
  if (bytes.toString("base64") === content) return bytes;
  throw new BadUserInput([
    { field: "input.content", message: "must be base64, padded and without line breaks" },
  ]);
}
