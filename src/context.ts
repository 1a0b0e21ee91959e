import type { SettError } from "./errors.ts";
import type { Lookups } from "./loaders/lookups.ts";
import type { Log } from "./log.ts";
import type { AuditNotes } from "./permissions/audit.notes.ts";
import type { Caller } from "./permissions/caller.ts";
import type { Grant } from "./permissions/grant.ts";
import type { PermissionWatches } from "./permissions/permission.watches.ts";
import type { PlatformNames } from "./permissions/platform-names.ts";
import type { Policy } from "./permissions/policy.ts";
import type { LookFor } from "./permissions/sight.ts";
import type { Services } from "./services/services.ts";

/** What a resolver behind `@Can` works with. */
export interface SignedIn {
  readonly caller: Caller;
  readonly policy: Policy;
  readonly lookups: Lookups;
  readonly services: Services;
  readonly names: PlatformNames;
}

/** What the source of a subscription works with: its grant, and a way to look for what else its caller may see. */
export interface Watching<Held> extends SignedIn {
  readonly grant: Held;
  readonly lookFor: LookFor;
}

/** What an operation over a socket or an event stream carries besides: a subscription, which goes on after its request. */
export interface Live {
  /** Whoever shows the same has the same. */
  readonly callerKey: string;
  readonly watches: PermissionWatches;
  /** What the same caller's next request carries: nothing looked up before is in it. */
  readonly renew: () => Promise<Context>;
  /** Why what was shown does not count any more, if so. */
  readonly refusal: () => Promise<SettError | undefined>;
  /** What the subscription's permissions led to when they were last asked for; undefined until it runs. */
  held: { readonly grants: () => readonly Grant[] } | undefined;
}

/** What one request carries; made anew for each, and for each event of a subscription. */
export interface Context {
  readonly requestId: string;
  /** Of the trace that it is in; undefined where there are none. */
  readonly traceId: string | undefined;
  readonly log: Log;
  /** Undefined for nobody; a credential that is not accepted is found out when it is first used. */
  readonly signedIn: SignedIn | undefined;
  /** The way in which somebody said who they are; undefined for nobody. */
  readonly identifiedBy: string | undefined;
  /** Takes note of what is done, and of what is refused. */
  readonly audit: AuditNotes;
  /** Set when something was shown that no identity strategy can read: never taken for nobody. */
  readonly refusal: SettError | undefined;
  /** Undefined for what is answered once and for all. */
  readonly live: Live | undefined;
}
