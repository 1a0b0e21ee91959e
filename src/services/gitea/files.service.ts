import { Conflict } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { WriteQueue } from "../write-queue.ts";
import { createFileReader, type ReadFile, type RepositoryFile } from "./file.reader.ts";
import { createFileWriter, type WriteFile } from "./file.writer.ts";
import type { GiteaClient } from "./gitea.client.ts";

/** A new content made of the current one; undefined to leave it as it is. */
type Change = (current: RepositoryFile | undefined) => Buffer | undefined;

/** Files in repositories. */
export interface FilesService {
  readonly file: ReadFile;
  readonly write: WriteFile;
  /** Reads a file, makes a new one of it and writes that, with nobody else's write in between. */
  readonly edit: (
    grant: RepositoryGrant<"write">,
    path: string,
    message: string,
    change: Change,
  ) => Promise<void>;
}

/** How often a change is made anew because somebody wrote past this gateway. */
const attempts = 4;

export function createFilesService(client: GiteaClient, queue: WriteQueue): FilesService {
  const file = createFileReader(client);
  const write = createFileWriter(client, file);

  const edit = async (
    grant: RepositoryGrant<"write">,
    path: string,
    message: string,
    change: Change,
    left: number,
  ): Promise<void> => {
    const current = await file(grant, path, undefined);
    const content = change(current);
    if (!content) return;
    try {
      await write(grant, { path, branch: grant.defaultBranch, content, message, sha: current?.sha });
    } catch (error) {
      if (!(error instanceof Conflict) || left <= 1) throw error;
      await edit(grant, path, message, change, left - 1);
    }
  };

  const alone = <Result>(grant: RepositoryGrant, branch: string, work: () => Promise<Result>) =>
    queue.run(`${grant.owner}/${grant.name}#${branch}`.toLowerCase(), work);

  return {
    file,
    write: (grant, wanted) => alone(grant, wanted.branch, () => write(grant, wanted)),
    edit: (grant, path, message, change) =>
      alone(grant, grant.defaultBranch, () => edit(grant, path, message, change, attempts)),
  };
}
