import { lastChangeOf, type Commit, type TreeEntry } from "./git.objects.ts";
import { blobContent } from "./git.repository.ts";
import type { GiteaState } from "./gitea.state.ts";
import { pathOf } from "./repository.body.ts";
import type { Repository } from "./repository.store.ts";

/** Where a listing was read: the commit, and the name it was asked for by. */
export interface Snapshot {
  commit: Commit;
  reference: string;
}

/** A file or folder of a repository; only a file that was asked for by name comes with its content. */
export function contentsBody(
  state: GiteaState,
  repository: Repository,
  { commit, reference }: Snapshot,
  entry: TreeEntry,
  withContent: boolean,
): Record<string, unknown> {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const html = `${state.baseUrl}/${pathOf(repository)}`;
  const api = `${state.baseUrl}/api/v1/repos/${pathOf(repository)}`;
  const self = `${api}/contents/${path}?ref=${encodeURIComponent(reference)}`;
  const git = `${api}/git/blobs/${entry.sha}`;
  const kind = repository.git.branches.has(reference) ? "branch" : "commit";
  const page = `${html}/src/${kind}/${reference}/${path}`;
  const content = entry.type === "file" ? blobContent(entry.sha) : undefined;
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.sha,
    last_commit_sha: lastChangeOf(commit, entry.path).id,
    type: entry.type,
    size: content?.length ?? 0,
    encoding: withContent ? "base64" : null,
    content: withContent ? (content?.toString("base64") ?? "") : null,
    target: null,
    url: self,
    html_url: page,
    git_url: git,
    download_url: entry.type === "file" ? `${html}/raw/${kind}/${reference}/${path}` : null,
    submodule_git_url: null,
    _links: { self, git, html: page },
  };
}
