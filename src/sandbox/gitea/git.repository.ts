import { blobId, historyOf, newCommit, type Commit, type Signature } from "./git.objects.ts";

/** A branch, and since when the list of branches knows of it. */
export interface Branch {
  readonly name: string;
  head: Commit;
  listedFrom: number;
}

/** New contents by path; null takes the file away. */
export type FileChanges = ReadonlyMap<string, Buffer | null>;

/** What makes a commit besides its files. */
export interface CommitNote {
  author: Signature;
  committer?: Signature;
  message: string;
}

/** Contents by blob id; repositories share them, as most hold the same few files. */
const blobs = new Map<string, Buffer>();

/** The branches and commits of one repository. */
export class GitRepository {
  readonly branches = new Map<string, Branch>();
  /** Branches which a write holds at this moment. */
  readonly busy = new Set<string>();
  /** How many commits were ever made here. */
  commits = 0;

  get isEmpty(): boolean {
    return this.branches.size === 0;
  }

  /** The commit which a branch name, a full or a shortened id stands for. */
  resolve(reference: string): Commit | undefined {
    const branch = this.branches.get(reference.replace(/^refs\/heads\//, ""));
    if (branch !== undefined) return branch.head;
    if (!/^[0-9a-f]{7,40}$/.test(reference)) return undefined;
    for (const { head } of this.branches.values()) {
      for (const commit of historyOf(head)) if (commit.id.startsWith(reference)) return commit;
    }
    return undefined;
  }

  /** Puts a commit on a branch, which it makes when there is none. */
  commit(branchName: string, changes: FileChanges, note: CommitNote, listedFrom = 0): Commit {
    const branch = this.branches.get(branchName);
    const files = new Map(branch?.head.files);
    for (const [path, content] of changes) {
      if (content === null) files.delete(path);
      else files.set(path, keepBlob(content));
    }
    const commit = newCommit({
      files,
      parent: branch?.head,
      author: note.author,
      committer: note.committer ?? note.author,
      message: `${note.message.trimEnd()}\n`,
    });
    if (branch === undefined) this.branches.set(branchName, { name: branchName, head: commit, listedFrom });
    else branch.head = commit;
    this.commits += 1;
    return commit;
  }

  /** Whether some commit of this repository has a file with these contents. */
  holds(sha: string): boolean {
    for (const { head } of this.branches.values()) {
      for (const { files } of historyOf(head)) if ([...files.values()].includes(sha)) return true;
    }
    return false;
  }
}

/** The contents of a blob. */
export function blobContent(sha: string): Buffer | undefined {
  return blobs.get(sha);
}

function keepBlob(content: Buffer): string {
  const sha = blobId(content);
  if (!blobs.has(sha)) blobs.set(sha, content);
  return sha;
}
