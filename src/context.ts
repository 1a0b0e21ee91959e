import type { SettError } from "./errors.ts";
import type { Lookups } from "./loaders/lookups.ts";
import type { Log } from "./log.ts";
import type { Caller } from "./permissions/caller.ts";
import type { PlatformNames } from "./permissions/platform-names.ts";
import type { Policy } from "./permissions/policy.ts";
import type { Services } from "./services/services.ts";

/** What a resolver behind `@Can` works with. */
export interface SignedIn {
  readonly caller: Caller;
  readonly policy: Policy;
  readonly lookups: Lookups;
  readonly services: Services;
  readonly names: PlatformNames;
}

/** What one request carries; made anew for each. */
export interface Context {
  readonly requestId: string;
  readonly log: Log;
  /** Undefined for nobody; a credential that is not accepted is found out when it is first used. */
  readonly signedIn: SignedIn | undefined;
  /** Set when something was shown that no identity strategy can read: never taken for nobody. */
  readonly refusal: SettError | undefined;
}
