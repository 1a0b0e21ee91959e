import { z } from "zod";
import { empty } from "../http.ts";
import { payloadCommitBody } from "./commit.body.ts";
import { formOf, refuseField } from "./form.parser.ts";
import type { Branch } from "./git.repository.ts";
import { pageHeaders, pageOf, slice } from "./paging.rule.ts";
import { reaches } from "./permission.rule.ts";
import { brokenInside, notFound, Problem } from "./problem.error.ts";
import { branchDeleted, pushed } from "./push.event.ts";
import { answer, type RepositoryCall, type RouteTable } from "./route.table.ts";

const form = z.object({
  new_branch_name: z.string().nullish(),
  old_branch_name: z.string().nullish(),
  old_ref_name: z.string().nullish(),
});

/** The branches of a repository. */
export function addBranchRoutes(table: RouteTable): void {
  table.repository("GET", "/branches", {}, (call) => {
    const page = pageOf(call);
    const branches = listed(call);
    const bodies = slice(branches, page).map((branch) => bodyOf(call, branch));
    return answer(200, call.repository.git.isEmpty ? null : bodies, pageHeaders(call, branches.length, page));
  });

  table.repository("GET", "/branches/*", {}, (call) => answer(200, bodyOf(call, branchOf(call))));

  table.repository("POST", "/branches", { access: "write" }, (call) => {
    const { git } = call.repository;
    const body = formOf(call, form);
    const name = body.new_branch_name ?? "";
    if (name === "") throw refuseField("BranchName");
    if (!isReferenceName(name)) throw refuseField("BranchName", "GitRefName");
    if (git.isEmpty) throw new Problem(404, "Git Repository is empty.");
    const head = git.resolve(body.old_ref_name || body.old_branch_name || call.repository.defaultBranch);
    if (head === undefined) throw new Problem(404, "The old branch does not exist");
    if (git.branches.has(name)) throw new Problem(409, "The branch already exists.");
    const branch = { name, head, listedFrom: call.state.now().getTime() + call.state.timing.branchLagMs };
    git.branches.set(name, branch);
    if (call.user !== undefined) {
      pushed(call.state, call.repository, call.user, { branch: name, before: undefined, after: head });
    }
    return answer(201, bodyOf(call, branch));
  });

  table.repository("DELETE", "/branches/*", { access: "write" }, (call) => {
    const { git, defaultBranch } = call.repository;
    const branch = branchOf(call);
    if (branch.name === defaultBranch) throw new Problem(403, "can not delete default branch");
    // Until the list of branches knows it, Gitea cannot mark it as gone.
    if (!listed(call).includes(branch)) throw brokenInside();
    git.branches.delete(branch.name);
    if (call.user !== undefined) branchDeleted(call.state, call.repository, call.user, branch.name);
    return empty(204);
  });
}

/** What the list of branches knows so far, last changed first. The first branch of all is known at once. */
function listed(call: RepositoryCall): Branch[] {
  const now = call.state.now().getTime();
  const all = [...call.repository.git.branches.values()];
  const known = all.filter((branch) => branch.listedFrom <= now);
  const time = (branch: Branch): number => Math.floor(branch.head.committer.date.getTime() / 1000);
  return (known.length === 0 ? all : known).sort((a, b) => time(b) - time(a) || (a.name < b.name ? -1 : 1));
}

function branchOf(call: RepositoryCall): Branch {
  const name = call.request.params["*"] ?? "";
  const branch = call.repository.git.branches.get(name);
  if (branch === undefined) throw notFound(undefined, [`branch does not exist [name: ${name}]`]);
  return branch;
}

function bodyOf(call: RepositoryCall, branch: Branch): Record<string, unknown> {
  const mayWrite = reaches(call.access, "write");
  return {
    name: branch.name,
    commit: payloadCommitBody(call.state, call.repository, branch.head, false),
    protected: false,
    required_approvals: 0,
    enable_status_check: false,
    status_check_contexts: [],
    user_can_push: mayWrite,
    user_can_merge: mayWrite,
    effective_branch_protection_name: "",
  };
}

function isReferenceName(name: string): boolean {
  return !/[\s~^:?*[\\]|\.\.|@\{|\/\/|^[/.-]|[/.]$|\.lock$/.test(name);
}
