import { Field, InputType, Int, ObjectType } from "type-graphql";
import { BadUserInput, type Problem } from "../errors.ts";
import type { WantedFile } from "../services/workspace/files/file.rule.ts";
import type { ReadFile } from "../services/workspace/files/files.service.ts";
import { Project, ProjectInput } from "./project.type.ts";
import { FilePath, Revision } from "./scalars.ts";

@ObjectType("WorkspaceFile", {
  description: "A file of a project, as it is in the workspace.",
  simpleResolvers: true,
})
export class WorkspaceFile {
  @Field(() => FilePath, { description: "Where it is in the project." })
  path!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "What is in it. The secrets in `server/datasources.json` are taken out; it is null where they cannot be told from the rest.",
  })
  text?: string | undefined;

  @Field(() => Int, { nullable: true, description: "The length of its text in bytes." })
  size?: number | undefined;

  @Field(() => Revision, { description: "What tells this text from others." })
  revision!: string;
}

class ShownFile implements WorkspaceFile {
  readonly #read: ReadFile;

  constructor(read: ReadFile) {
    this.#read = read;
  }

  get path() {
    return this.#read.path;
  }

  get text() {
    return this.#read.text;
  }

  get size() {
    const { text } = this.#read;
    return text === undefined ? undefined : Buffer.byteLength(text);
  }

  get revision() {
    return this.#read.revision;
  }
}

/** A file as the graph shows it. */
export const toWorkspaceFile = (read: ReadFile): WorkspaceFile => new ShownFile(read);

@InputType("FileToSave", { description: "A file to write or to delete." })
export class FileToSave {
  @Field(() => FilePath, { description: "Where in the project." })
  path!: string;

  @Field(() => String, { nullable: true, description: "What is to be in it; null deletes it." })
  text?: string | null;

  @Field(() => Revision, {
    nullable: true,
    description: "Of the text it replaces, as you read it; left out, the last write wins.",
  })
  revision?: string | null;
}

@InputType("SaveFilesInput", { description: "Files to write and to delete, all at once." })
export class SaveFilesInput extends ProjectInput {
  @Field(() => [FileToSave], {
    description:
      "Which, each once. `server/datasources.json` is written by `saveDataSource`, and what the workspace keeps to itself by nobody.",
  })
  files!: readonly FileToSave[];
}

/** What an input says of files; a text that is left out is taken for a mistake, since null deletes. */
export function toWantedFiles({ files }: SaveFilesInput): readonly WantedFile[] {
  const problems = files.flatMap(({ text }, index): Problem[] =>
    text === undefined ? [{ field: `input.files.${index}.text`, message: "must be said; null deletes" }] : [],
  );
  if (problems.length > 0) throw new BadUserInput(problems);
  return files.map(({ path, text, revision }) => ({
    path,
    text: text ?? undefined,
    revision: revision ?? undefined,
  }));
}

@ObjectType("SaveFilesPayload", { description: "Files after they were saved.", simpleResolvers: true })
export class SaveFilesPayload {
  @Field(() => [WorkspaceFile], { description: "Those that were to be written, as they now are." })
  files!: readonly WorkspaceFile[];

  @Field(() => [FilePath], { description: "Those that were deleted." })
  deleted!: readonly string[];

  @Field(() => Project, { description: "The project they are in." })
  project!: Project;
}
