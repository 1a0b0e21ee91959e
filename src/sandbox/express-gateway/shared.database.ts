import { ConsumerStore } from "./consumer.store.ts";
import { CredentialStore } from "./credential.store.ts";
import { ScopeStore } from "./scope.store.ts";

/** What all gateways of one project share, and what outlives them: users, applications, credentials and scopes. */
export class SharedDatabase {
  readonly consumers = new ConsumerStore();
  readonly scopes = new ScopeStore();
  readonly credentials = new CredentialStore(this.scopes);
}
