import type { GiteaState } from "../gitea.state.ts";
import type { Application, NewApplication } from "./application.store.ts";
import type { OauthSettings } from "./oauth.settings.ts";
import type { KnownPerson } from "./oauth.state.ts";

/** What a sandbox Gitea knows of applications, for seeding and tests: every function is immediate, and none asks who may. */
export class OauthPlatform {
  readonly #state: GiteaState;

  constructor(state: GiteaState) {
    this.#state = state;
  }

  /** What was changed here holds for what is given from then on. */
  get settings(): OauthSettings {
    return this.#state.oauth.settings;
  }

  addApplication(wanted: NewApplication): Application {
    return this.#state.oauth.applications.add(wanted, this.#state.now());
  }

  /** Takes an application away with all that it was let do, as the one who has registered it would. */
  removeApplication(application: Application): void {
    this.#state.removeApplication(application);
  }

  /** Who signs in by a press of a button. */
  letIn(people: readonly KnownPerson[]): void {
    this.#state.oauth.people = people;
  }

  /** Takes back all that somebody lets applications do, as on the page of settings: their tokens die at once. */
  revokeGrant(login: string): void {
    const user = this.#state.users.byLogin(login);
    for (const grant of user ? this.#state.oauth.grants.of(user) : []) this.#state.removeGrant(grant);
  }

  /** Signs somebody out in all browsers. */
  signOut(login: string): void {
    const user = this.#state.users.byLogin(login);
    if (user) this.#state.oauth.sessions.endAllOf(user);
  }
}
