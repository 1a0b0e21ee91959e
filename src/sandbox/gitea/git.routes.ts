import { foldersOf, type TreeEntry } from "./git.objects.ts";
import { blobContent, type Branch } from "./git.repository.ts";
import { countHeaders } from "./paging.rule.ts";
import { notFound, Problem } from "./problem.error.ts";
import { pathOf } from "./repository.body.ts";
import { answer, type RepositoryCall, type RouteTable } from "./route.table.ts";

const defaultTreeSize = 1000;

/** What git itself keeps: trees, references and blobs. */
export function addGitRoutes(table: RouteTable): void {
  table.repository("GET", "/git/trees/:sha", {}, (call) => {
    const reference = call.request.params["sha"] ?? "";
    const commit = call.repository.git.resolve(reference);
    if (commit === undefined) throw new Problem(400, `sha not found [${reference}]`);
    const isRecursive = ["1", "true"].includes(call.request.query.get("recursive") ?? "");
    const folders = foldersOf(commit.files);
    const entries = isRecursive ? everythingIn(folders, "") : (folders.get("") ?? []);
    const size = Number(call.request.query.get("per_page")) || defaultTreeSize;
    const number = Math.max(1, Number(call.request.query.get("page")) || 1);
    const body = {
      sha: commit.id,
      url: `${gitUrl(call)}/trees/${commit.id}`,
      tree: entries.slice((number - 1) * size, number * size).map((entry) => treeEntryBody(call, entry)),
      truncated: entries.length > size,
      page: number,
      total_count: entries.length,
    };
    return answer(200, body, countHeaders(entries.length));
  });

  for (const path of ["/git/refs", "/git/refs/*"]) {
    table.repository("GET", path, {}, (call) => {
      const prefix = `refs/${call.request.params["*"] ?? ""}`;
      const branches = [...call.repository.git.branches.values()]
        .filter(({ name }) => `refs/heads/${name}`.startsWith(prefix))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      if (branches.length === 0) throw notFound();
      return answer(
        200,
        branches.map((branch) => referenceBody(call, branch)),
      );
    });
  }

  table.repository("GET", "/git/blobs/:sha", {}, (call) => {
    const sha = call.request.params["sha"] ?? "";
    // Contents are shared between repositories, the right to read them is not.
    const content = call.repository.git.holds(sha) ? blobContent(sha) : undefined;
    if (content === undefined) throw new Problem(400, `object does not exist [id: ${sha}, rel_path: ]`);
    const url = `${gitUrl(call)}/blobs/${sha}`;
    return answer(200, {
      content: content.toString("base64"),
      encoding: "base64",
      url,
      sha,
      size: content.length,
    });
  });
}

function gitUrl(call: RepositoryCall): string {
  return `${call.state.baseUrl}/api/v1/repos/${pathOf(call.repository)}/git`;
}

function everythingIn(folders: ReadonlyMap<string, readonly TreeEntry[]>, path: string): TreeEntry[] {
  return (folders.get(path) ?? []).flatMap((entry) =>
    entry.type === "file" ? [entry] : [entry, ...everythingIn(folders, entry.path)],
  );
}

function treeEntryBody(call: RepositoryCall, { path, type, sha }: TreeEntry): Record<string, unknown> {
  return type === "file"
    ? {
        path,
        mode: "100644",
        type: "blob",
        size: blobContent(sha)?.length ?? 0,
        sha,
        url: `${gitUrl(call)}/blobs/${sha}`,
      }
    : { path, mode: "040000", type: "tree", size: 0, sha, url: `${gitUrl(call)}/trees/${sha}` };
}

function referenceBody(call: RepositoryCall, { name, head }: Branch): Record<string, unknown> {
  return {
    ref: `refs/heads/${name}`,
    url: `${gitUrl(call)}/refs/heads/${name}`,
    object: { type: "commit", sha: head.id, url: `${gitUrl(call)}/commits/${head.id}` },
  };
}
