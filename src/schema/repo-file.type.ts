import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { RepoRef } from "./repo.type.ts";
import { BlobSha, CommitMessage, FilePath, GitReference } from "./scalars.ts";

/** How a file's content is written in a query. */
export enum FileEncoding {
  UTF8 = "utf8",
  BASE64 = "base64",
}

registerEnumType(FileEncoding, {
  name: "FileEncoding",
  description: "How a file's content is written down.",
  valuesConfig: {
    UTF8: { description: "As text." },
    BASE64: { description: "As base64, for content that is no text." },
  },
});

@ObjectType("RepoFile", { description: "A file in a repository.", simpleResolvers: true })
export class RepoFile {
  @Field(() => FilePath, { description: "Where it is in the repository." })
  path!: string;

  @Field(() => BlobSha, {
    description: "The name git gives to this content; pass it to `saveRepoFile` to replace it.",
  })
  sha!: string;

  @Field(() => String, { description: "The sha of the commit that last changed it." })
  lastCommitSha!: string;

  @Field(() => Int, { description: "Its length in bytes." })
  size!: number;

  @Field(() => String, { nullable: true, description: "Its content, if it is text." })
  text?: string;

  @Field(() => String, { description: "Its content in base64, whatever it is." })
  base64!: string;
}

/** A file as the graph shows it; content that is not UTF-8 has no text. */
export function toRepoFile(file: {
  path: string;
  sha: string;
  lastCommitSha: string;
  content: Buffer;
}): RepoFile {
  const { content, ...rest } = file;
  const text = content.toString("utf8");
  const isText = !content.includes(0) && Buffer.from(text, "utf8").equals(content);
  return { ...rest, size: content.length, base64: content.toString("base64"), ...(isText ? { text } : {}) };
}

@InputType("SaveRepoFileInput", { description: "A file to write, and what it replaces." })
export class SaveRepoFileInput {
  @Field(() => RepoRef, { description: "In which repository." })
  repo!: RepoRef;

  @Field(() => FilePath, { description: "Where in the repository." })
  path!: string;

  @Field(() => String, { description: "What is to be in the file." })
  content!: string;

  @Field(() => FileEncoding, {
    defaultValue: FileEncoding.UTF8,
    description: "How `content` is written down.",
  })
  encoding!: FileEncoding;

  @Field(() => BlobSha, {
    nullable: true,
    description: "The sha of the content it replaces, as you read it; leave it out to make a new file.",
  })
  sha?: string | null;

  @Field(() => GitReference, {
    nullable: true,
    description: "On which branch; the default one when left out.",
  })
  branch?: string | null;

  @Field(() => CommitMessage, { nullable: true, description: "What the commit says it does." })
  message?: string | null;
}

@ObjectType("SaveRepoFilePayload", { description: "The file after it was written.", simpleResolvers: true })
export class SaveRepoFilePayload {
  @Field(() => RepoFile, { description: "The file as it now is." })
  file!: RepoFile;

  @Field(() => String, { description: "The sha of the commit that wrote it." })
  commitSha!: string;
}
