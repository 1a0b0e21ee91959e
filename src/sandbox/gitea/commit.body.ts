import { changesOf, type Commit, type Signature } from "./git.objects.ts";
import { blobContent } from "./git.repository.ts";
import type { GiteaState } from "./gitea.state.ts";
import { pathOf } from "./repository.body.ts";
import type { Repository } from "./repository.store.ts";
import { noTime, publicBody, timeOf } from "./user.body.ts";

/** What Gitea says of a commit that nobody signed. */
export const unsigned = {
  verified: false,
  reason: "gpg.error.not_signed_commit",
  signature: "",
  signer: null,
  payload: "",
};

/** Which costly parts of a commit the caller wants. */
export interface CommitParts {
  stat: boolean;
  verification: boolean;
  files: boolean;
}

/** A commit as the list of commits shows it. */
export function commitBody(
  state: GiteaState,
  repository: Repository,
  commit: Commit,
  parts: CommitParts = { stat: true, verification: true, files: true },
): Record<string, unknown> {
  const api = apiOf(state, repository);
  const url = `${api}/git/commits/${commit.id}`;
  const created = timeOf(commit.committer.date);
  return {
    url,
    sha: commit.id,
    created,
    html_url: commitPage(state, repository, commit),
    commit: {
      url,
      author: signatureBody(commit.author),
      committer: signatureBody(commit.committer),
      message: commit.message,
      // Gitea names the commit here, not its tree.
      tree: { url: `${api}/git/trees/${commit.id}`, sha: commit.id, created },
      verification: parts.verification ? unsigned : null,
    },
    author: accountOf(state, commit.author),
    committer: accountOf(state, commit.committer),
    parents: parentsOf(api, commit),
    files: parts.files ? filesOf(commit) : null,
    stats: parts.stat ? statsOf(commit) : null,
  };
}

/** A commit as the answer to a change of files shows it. */
export function fileCommitBody(
  state: GiteaState,
  repository: Repository,
  commit: Commit,
): Record<string, unknown> {
  const api = apiOf(state, repository);
  return {
    url: `${api}/git/commits/${commit.id}`,
    sha: commit.id,
    created: noTime,
    html_url: commitPage(state, repository, commit),
    author: signatureBody(commit.author),
    committer: signatureBody(commit.committer),
    parents: parentsOf(api, commit),
    message: commit.message,
    tree: { url: `${api}/git/trees/${commit.treeId}`, sha: commit.treeId, created: noTime },
  };
}

/** A commit as branches and webhooks show it; webhooks list its files instead of a signature. */
export function payloadCommitBody(
  state: GiteaState,
  repository: Repository,
  commit: Commit,
  withFiles: boolean,
): Record<string, unknown> {
  const person = ({ name, email }: Signature): Record<string, unknown> => {
    return { name, email, username: state.users.byEmail(email)?.login ?? "" };
  };
  return {
    id: commit.id,
    message: commit.message,
    url: commitPage(state, repository, commit),
    author: person(commit.author),
    committer: person(commit.committer),
    verification: withFiles ? null : unsigned,
    timestamp: timeOf(commit.committer.date),
    ...(withFiles ? changesOf(commit) : { added: null, removed: null, modified: null }),
  };
}

function apiOf(state: GiteaState, repository: Repository): string {
  return `${state.baseUrl}/api/v1/repos/${pathOf(repository)}`;
}

function commitPage(state: GiteaState, repository: Repository, commit: Commit): string {
  return `${state.baseUrl}/${pathOf(repository)}/commit/${commit.id}`;
}

function signatureBody({ name, email, date }: Signature): Record<string, unknown> {
  return { name, email, date: timeOf(date) };
}

function accountOf(state: GiteaState, { email }: Signature): Record<string, unknown> | null {
  const user = state.users.byEmail(email);
  return user === undefined ? null : publicBody(state, user, false);
}

function parentsOf(api: string, { parent }: Commit): Record<string, unknown>[] {
  if (parent === undefined) return [];
  return [{ url: `${api}/git/commits/${parent.id}`, sha: parent.id, created: noTime }];
}

function filesOf(commit: Commit): Record<string, unknown>[] {
  const list = Object.entries(changesOf(commit)).flatMap(([status, names]) =>
    names.map((filename) => ({ filename, status })),
  );
  return list.sort((a, b) => (a.filename < b.filename ? -1 : 1));
}

function statsOf(commit: Commit): { total: number; additions: number; deletions: number } {
  const { added, removed, modified } = changesOf(commit);
  let additions = 0;
  let deletions = 0;
  for (const path of [...added, ...removed, ...modified]) {
    const before = linesOf(commit.parent?.files.get(path));
    const after = linesOf(commit.files.get(path));
    additions += leftOver(after, before);
    deletions += leftOver(before, after);
  }
  return { total: additions + deletions, additions, deletions };
}

function linesOf(sha: string | undefined): string[] {
  const content = sha === undefined ? "" : (blobContent(sha)?.toString("utf8") ?? "");
  return content === "" ? [] : content.replace(/\n$/, "").split("\n");
}

/** How many lines have no equal among the others; near enough to what git counts. */
function leftOver(lines: string[], others: string[]): number {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  }).length;
}
