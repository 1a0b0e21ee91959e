import type { GiteaState } from "./gitea.state.ts";
import type { User } from "./user.store.ts";

/** Removes a user with all he has: repositories, keys, tokens and his place among collaborators. */
export function removeUser(state: GiteaState, user: User): void {
  for (const repository of [...state.repositories.heldBy(user)]) {
    if (repository.owner === user) state.repositories.remove(repository);
    else state.repositories.removeCollaborator(repository, user);
  }
  for (const key of [...state.keys.of(user)]) state.keys.remove(key);
  for (const application of state.oauth.applications.of(user)) state.removeApplication(application);
  for (const grant of state.oauth.grants.of(user)) state.removeGrant(grant);
  state.oauth.sessions.endAllOf(user);
  state.tokens.removeAllOf(user);
  state.users.remove(user);
}
