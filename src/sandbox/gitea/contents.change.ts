import { setTimeout as wait } from "node:timers/promises";
import type { ChangeForm, FileOperation } from "./contents.form.ts";
import { checkPath } from "./contents.form.ts";
import type { Commit, Signature } from "./git.objects.ts";
import type { FileChanges } from "./git.repository.ts";
import type { GiteaState } from "./gitea.state.ts";
import { brokenInside, Problem } from "./problem.error.ts";
import { pushed } from "./push.event.ts";
import type { Repository } from "./repository.store.ts";
import type { User } from "./user.store.ts";

/** Makes one commit of these changes of files, the way Gitea does: slowly, and never two at a time on one branch. */
export async function changeFiles(
  state: GiteaState,
  repository: Repository,
  doer: User,
  form: ChangeForm,
  operations: FileOperation[],
): Promise<{ commit: Commit; branch: string }> {
  const { git } = repository;
  const from = form.branch || repository.defaultBranch;
  const branch = form.new_branch || from;
  if (!git.isEmpty && !git.branches.has(from))
    throw new Problem(404, `branch does not exist [name: ${from}]`);
  for (const { path } of operations) checkPath(path);
  // Whoever comes while another write holds the branch loses, even with another file.
  if (git.busy.has(branch)) throw brokenInside();
  git.busy.add(branch);
  try {
    await wait(state.timing.writeMs);
    const head = git.branches.get(from)?.head;
    const changes = changesFrom(head, operations);
    const before = git.branches.get(branch)?.head;
    const listedFrom = state.now().getTime() + state.timing.branchLagMs;
    if (before === undefined && head !== undefined)
      git.branches.set(branch, { name: branch, head, listedFrom });
    const note = { ...signaturesOf(state, doer, form), message: form.message || defaultMessage(operations) };
    const commit = git.commit(branch, changes, note, listedFrom);
    pushed(state, repository, doer, { branch, before, after: commit });
    return { commit, branch };
  } finally {
    git.busy.delete(branch);
  }
}

function changesFrom(head: Commit | undefined, operations: FileOperation[]): FileChanges {
  const changes = new Map<string, Buffer | null>();
  for (const { operation, path, content, sha } of operations) {
    const present = head?.files.get(path);
    if (operation === "create") {
      if (present !== undefined) throw new Problem(422, `repository file already exists [path: ${path}]`);
    } else if (present === undefined) {
      if (operation === "update") throw brokenInside();
      throw new Problem(404, `repository file does not exist [path: ${path}]`);
    } else if (sha !== present) {
      const status = operation === "update" ? 422 : 400;
      throw new Problem(status, `sha does not match [given: ${sha ?? ""}, expected: ${present}]`);
    }
    changes.set(path, operation === "delete" ? null : content);
  }
  return changes;
}

/** Who a commit is by: as the body says, one standing in for the other, or the caller. */
function signaturesOf(
  state: GiteaState,
  doer: User,
  form: ChangeForm,
): { author: Signature; committer: Signature } {
  const date = state.now();
  const sign = (person: ChangeForm["author"]): Signature => ({
    name: person?.name || doer.fullName || doer.login,
    email: person?.email || doer.email,
    date,
  });
  return { author: sign(form.author ?? form.committer), committer: sign(form.committer ?? form.author) };
}

function defaultMessage(operations: FileOperation[]): string {
  const verbs = { create: "Add", update: "Update", delete: "Delete" };
  return Object.entries(verbs)
    .map(([operation, verb]) => ({ verb, files: operations.filter((one) => one.operation === operation) }))
    .filter(({ files }) => files.length > 0)
    .map(({ verb, files }) => `${verb} ${files.map(({ path }) => path).join(", ")}`)
    .join("\n");
}
