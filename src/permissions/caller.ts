import type { Budget } from "../budget.ts";

/** What somebody showed to be let in. A `sudo` identity has no credential of Gitea's own: the gateway's stands in. */
export type Credential = { readonly kind: "token"; readonly token: string } | SudoCredential;

/** Somebody whom another than Gitea vouches for. */
export interface SudoCredential {
  readonly kind: "sudo";
  readonly login: string;
  /** Whether it lets in a site admin of Gitea's as well. */
  readonly mayAdminister?: boolean;
  /** Until when they are vouched for; without an end if not said. */
  readonly expiresAtMs?: number;
}

/** Who a call to an upstream is made for, and in which request. */
export interface Caller {
  readonly credential: Credential;
  /** Hash of the credential: tells people apart in caches without keeping what they showed. */
  readonly key: string;
  readonly requestId: string;
  /** How long its operation may still take. */
  readonly budget: Budget;
}

/** The signed-in person. */
export interface Viewer {
  readonly id: number;
  readonly login: string;
  readonly fullName: string;
  readonly email: string;
  readonly avatarUrl: string;
  readonly isAdmin: boolean;
}
