import { commitBody } from "./commit.body.ts";
import { historyOf, type Commit } from "./git.objects.ts";
import { commitHeaders, pageOf, slice } from "./paging.rule.ts";
import { brokenInside, notFound, Problem } from "./problem.error.ts";
import { answer, type RepositoryCall, type RouteTable } from "./route.table.ts";

/** The commits of a repository. */
export function addCommitRoutes(table: RouteTable): void {
  table.repository("GET", "/commits", {}, (call) => {
    const { repository, request, state } = call;
    if (repository.git.isEmpty) throw new Problem(409, "Git Repository is empty.");
    const head = repository.git.resolve(request.query.get("sha") || repository.defaultBranch);
    if (head === undefined) throw brokenInside();
    const path = request.query.get("path") ?? "";
    const commits = [...historyOf(head, path)];
    if (commits.length === 0) throw notFound("FileCommitsCount");
    const page = pageOf(call);
    const wants = (name: string): boolean => request.query.get(name) !== "false";
    const parts = { stat: wants("stat"), verification: wants("verification"), files: wants("files") };
    const bodies = slice(commits, page).map((commit) => commitBody(state, repository, commit, parts));
    return answer(200, bodies, commitHeaders(call, commits.length, page));
  });

  table.repository("GET", "/git/commits/:sha", {}, (call) =>
    answer(200, commitBody(call.state, call.repository, commitOf(call))),
  );
}

function commitOf(call: RepositoryCall): Commit {
  const reference = call.request.params["sha"] ?? "";
  const commit = call.repository.git.resolve(reference);
  if (commit === undefined) throw notFound(reference);
  return commit;
}
