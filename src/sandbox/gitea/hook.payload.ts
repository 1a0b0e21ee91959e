import { payloadCommitBody } from "./commit.body.ts";
import { historyOf, type Commit } from "./git.objects.ts";
import type { GiteaState } from "./gitea.state.ts";
import type { Push } from "./push.event.ts";
import { pathOf, repositoryBody } from "./repository.body.ts";
import type { Repository } from "./repository.store.ts";
import { publicBody } from "./user.body.ts";
import type { User } from "./user.store.ts";

/** How many commits a push tells of; `total_commits` counts them all. */
const commitsShown = 5;

const nothing = "0".repeat(40);

/** The body of a push event. The permissions in it are the owner's, whoever pushed. */
export function pushPayload(
  state: GiteaState,
  repository: Repository,
  doer: User,
  push: Push,
): Record<string, unknown> {
  const isFirst = push.before === undefined && push.branch === repository.defaultBranch;
  const base = isFirst
    ? undefined
    : (push.before ?? repository.git.branches.get(repository.defaultBranch)?.head);
  const commits = newCommits(push.after, base);
  return {
    ref: `refs/heads/${push.branch}`,
    before: push.before?.id ?? nothing,
    after: push.after.id,
    compare_url: `${state.baseUrl}/${pathOf(repository)}/compare/${base?.id ?? nothing}...${push.after.id}`,
    commits: commits
      .slice(0, commitsShown)
      .map((commit) => payloadCommitBody(state, repository, commit, true)),
    total_commits: commits.length,
    head_commit: payloadCommitBody(state, repository, push.after, true),
    repository: repositoryBody(state, repository, "owner"),
    pusher: publicBody(state, doer, false),
    sender: publicBody(state, doer, false),
  };
}

/** The body of the push event which trying a hook sends: from the head to the head. */
export function trialPayload(
  state: GiteaState,
  repository: Repository,
  doer: User,
  head: Commit,
): Record<string, unknown> {
  const commit = payloadCommitBody(state, repository, head, false);
  return {
    ref: `refs/heads/${repository.defaultBranch}`,
    before: head.id,
    after: head.id,
    compare_url: `${state.baseUrl}/${pathOf(repository)}/compare/${head.id}...${head.id}`,
    commits: [commit],
    total_commits: 1,
    head_commit: commit,
    repository: repositoryBody(state, repository, "none"),
    pusher: publicBody(state, doer, false),
    sender: publicBody(state, doer, false),
  };
}

/** The body of the event of a new branch; its permissions are all false. */
export function createPayload(
  state: GiteaState,
  repository: Repository,
  doer: User,
  branch: string,
  head: Commit,
): Record<string, unknown> {
  return {
    sha: head.id,
    ref: branch,
    ref_type: "branch",
    repository: repositoryBody(state, repository, "none"),
    sender: publicBody(state, doer, false),
  };
}

/** The body of the event of a branch that is gone. */
export function deletePayload(
  state: GiteaState,
  repository: Repository,
  doer: User,
  branch: string,
): Record<string, unknown> {
  return {
    ref: branch,
    ref_type: "branch",
    pusher_type: "user",
    repository: repositoryBody(state, repository, "owner"),
    sender: publicBody(state, doer, false),
  };
}

/** The commits a head has on top of a base, newest first. */
function newCommits(head: Commit, base: Commit | undefined): Commit[] {
  const known = new Set(base === undefined ? [] : [...historyOf(base)].map((commit) => commit.id));
  const commits: Commit[] = [];
  for (const commit of historyOf(head)) {
    if (known.has(commit.id)) break;
    commits.push(commit);
  }
  return commits;
}
