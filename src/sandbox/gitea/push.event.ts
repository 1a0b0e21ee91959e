import type { Commit } from "./git.objects.ts";
import type { GiteaState } from "./gitea.state.ts";
import { deliver } from "./hook.delivery.ts";
import { createPayload, deletePayload, pushPayload } from "./hook.payload.ts";
import type { Repository } from "./repository.store.ts";
import type { User } from "./user.store.ts";

/** A branch which has moved; one that did not exist has no commit before. */
export interface Push {
  branch: string;
  before: Commit | undefined;
  after: Commit;
}

/** Tells the webhooks of a push; a new branch is told of twice, as created and as pushed. */
export function pushed(state: GiteaState, repository: Repository, doer: User, push: Push): void {
  repository.updated = state.now();
  // Where nobody waits no payload is made: it looks through the whole history.
  if (repository.hooks.length > 0) tellHooks(state, repository, doer, push);
  for (const listener of state.pushListeners)
    listener({ repository, branch: push.branch, after: push.after });
}

function tellHooks(state: GiteaState, repository: Repository, doer: User, push: Push): void {
  if (push.before === undefined) {
    const payload = createPayload(state, repository, doer, push.branch, push.after);
    deliver(state, repository, { event: "create", branch: push.branch, payload });
  }
  const payload = pushPayload(state, repository, doer, push);
  deliver(state, repository, { event: "push", branch: push.branch, payload });
}

/** Tells the webhooks that a branch is gone. */
export function branchDeleted(state: GiteaState, repository: Repository, doer: User, branch: string): void {
  repository.updated = state.now();
  const payload = deletePayload(state, repository, doer, branch);
  deliver(state, repository, { event: "delete", branch, payload });
}
