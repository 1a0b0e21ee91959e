import type { Commit } from "./git.objects.ts";
import type { Application } from "./oauth/application.store.ts";
import type { Grant } from "./oauth/grant.store.ts";
import { OauthState } from "./oauth/oauth.state.ts";
import { KeyStore } from "./key.store.ts";
import { RepositoryStore, type Repository } from "./repository.store.ts";
import { TokenStore } from "./token.store.ts";
import { UserStore } from "./user.store.ts";

/** How long things take which take a moment in a real Gitea. */
export interface GiteaTiming {
  /** From making a branch until the list of branches has it. */
  branchLagMs: number;
  /** How long a write holds its branch; a write that comes meanwhile fails. */
  writeMs: number;
  /** From a push until its webhooks are sent. */
  hookDelayMs: number;
}

/** Somebody in this process who hears of every push at once, before its webhooks leave. */
export type PushListener = (push: { repository: Repository; branch: string; after: Commit }) => void;

/** Everything a sandbox Gitea knows. */
export class GiteaState {
  readonly users = new UserStore();
  readonly tokens = new TokenStore();
  readonly repositories = new RepositoryStore();
  readonly keys = new KeyStore();
  readonly oauth = new OauthState();
  readonly timing: GiteaTiming;
  readonly now: () => Date;
  readonly pushListeners = new Set<PushListener>();
  /** The address of the server; it is in most bodies. */
  baseUrl = "";
  #lastHookId = 0;

  constructor(now: () => Date, timing: Partial<GiteaTiming>) {
    this.now = now;
    this.timing = { branchLagMs: 2000, writeMs: 5, hookDelayMs: 50, ...timing };
  }

  /** Takes an application away, with all that it was let do. */
  removeApplication(application: Application): void {
    this.oauth.applications.remove(application);
    for (const grant of this.oauth.grants.to(application)) this.removeGrant(grant);
  }

  /** Takes back what an application was let do, with the tokens that rest on it. */
  removeGrant(grant: Grant): void {
    this.oauth.grants.remove(grant);
    this.tokens.removeGranted(grant.user, grant.id);
  }

  nextHookId(): number {
    return ++this.#lastHookId;
  }
}
