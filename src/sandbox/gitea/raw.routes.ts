import type { Reply } from "../http.ts";
import { lastChangeOf, type Commit } from "./git.objects.ts";
import { blobContent } from "./git.repository.ts";
import { brokenInside, notFound } from "./problem.error.ts";
import type { RepositoryCall, RouteTable } from "./route.table.ts";

/** Files as they are, without JSON around them. */
export function addRawRoutes(table: RouteTable): void {
  for (const path of ["/raw/*", "/media/*"]) table.repository("GET", path, {}, read);
}

function read(call: RepositoryCall): Reply {
  if (call.repository.git.isEmpty) throw brokenInside();
  const { commit, path } = wanted(call);
  const sha = commit?.files.get(path);
  const content = sha === undefined ? undefined : blobContent(sha);
  if (commit === undefined || content === undefined) throw notFound();
  const caching = {
    Etag: `"${sha ?? ""}"`,
    "Last-Modified": lastChangeOf(commit, path).committer.date.toUTCString(),
    "X-Gitea-Object-Type": "file",
  };
  if (call.request.headers["if-none-match"] === caching.Etag) return { status: 304, headers: caching };
  const name = path.slice(path.lastIndexOf("/") + 1);
  const headers = {
    "Access-Control-Expose-Headers": "Content-Disposition",
    "Content-Disposition": `inline; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    "Content-Type": content.includes(0) ? "application/octet-stream" : "text/plain; charset=utf-8",
    ...caching,
  };
  return { status: 200, headers, body: content };
}

/** A branch may stand in front of the path; git-api asks that way, with two slashes between them. */
function wanted(call: RepositoryCall): { commit: Commit | undefined; path: string } {
  const { git, defaultBranch } = call.repository;
  const path = call.request.params["*"] ?? "";
  const reference = call.request.query.get("ref");
  if (reference) return { commit: git.resolve(reference), path };
  const parts = path.split("/");
  for (let length = 1; length < parts.length; length += 1) {
    const commit = git.resolve(parts.slice(0, length).join("/"));
    if (commit !== undefined) return { commit, path: parts.slice(length).filter(Boolean).join("/") };
  }
  return { commit: git.resolve(defaultBranch), path };
}
