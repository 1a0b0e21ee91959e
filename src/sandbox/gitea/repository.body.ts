import type { GiteaState } from "./gitea.state.ts";
import { permissionFlags, type Access } from "./permission.rule.ts";
import type { Repository } from "./repository.store.ts";
import { noTime, publicBody, timeOf } from "./user.body.ts";

/** Where a repository lives below the server's address. */
export function pathOf(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`;
}

/** A repository as somebody with this access sees it. */
export function repositoryBody(
  state: GiteaState,
  repository: Repository,
  access: Access,
): Record<string, unknown> {
  const path = pathOf(repository);
  const html = `${state.baseUrl}/${path}`;
  const api = `${state.baseUrl}/api/v1/repos/${path}`;
  return {
    id: repository.id,
    // Gitea shows the owner's address to whoever may read the repository, signed in or not.
    owner: publicBody(state, repository.owner, access !== "none"),
    name: repository.name,
    full_name: path,
    description: repository.description,
    empty: repository.git.isEmpty,
    private: repository.private,
    fork: false,
    template: false,
    parent: null,
    mirror: false,
    size: Math.max(25, 24 + repository.git.commits),
    language: "",
    languages_url: `${api}/languages`,
    html_url: html,
    url: api,
    link: "",
    ssh_url: `ssh://git@127.0.0.1:3022/${path}.git`,
    clone_url: `${html}.git`,
    original_url: "",
    website: repository.website,
    stars_count: 0,
    forks_count: 0,
    watchers_count: 1,
    open_issues_count: 0,
    open_pr_counter: 0,
    release_counter: 0,
    default_branch: repository.defaultBranch,
    archived: repository.archivedAt !== undefined,
    created_at: timeOf(repository.created),
    updated_at: timeOf(repository.updated),
    archived_at: timeOf(repository.archivedAt ?? new Date(0)),
    permissions: permissionFlags(access),
    has_issues: repository.hasIssues,
    ...(repository.hasIssues ? { internal_tracker: tracker } : {}),
    has_wiki: repository.hasWiki,
    has_pull_requests: true,
    has_projects: true,
    has_releases: true,
    has_packages: true,
    has_actions: false,
    ignore_whitespace_conflicts: false,
    allow_merge_commits: true,
    allow_rebase: true,
    allow_rebase_explicit: true,
    allow_squash_merge: true,
    allow_rebase_update: true,
    default_delete_branch_after_merge: false,
    default_merge_style: "merge",
    default_allow_maintainer_edit: false,
    avatar_url: "",
    internal: false,
    mirror_interval: "",
    mirror_updated: noTime,
    repo_transfer: null,
  };
}

const tracker = {
  enable_time_tracker: true,
  allow_only_contributors_to_track_time: true,
  enable_issue_dependencies: true,
};
