import { ApplicationStore } from "./application.store.ts";
import { GrantStore } from "./grant.store.ts";
import type { RefreshToken } from "./issued.tokens.ts";
import { defaultOauthSettings, type OauthSettings } from "./oauth.settings.ts";
import { SessionStore } from "./session.store.ts";
import { SigningKey } from "./signing.key.ts";

/** Somebody who signs in at the sandbox's Gitea by saying who they are: their tokens are known to everybody anyway. */
export interface KnownPerson {
  readonly name: string;
  readonly login: string;
  readonly about: string;
}

/** What a sandbox Gitea knows of applications and of browsers. */
export class OauthState {
  readonly settings: OauthSettings = { ...defaultOauthSettings };
  readonly applications = new ApplicationStore();
  readonly grants = new GrantStore();
  readonly refreshTokens = new Map<string, RefreshToken>();
  readonly sessions = new SessionStore();
  readonly key = new SigningKey();
  people: readonly KnownPerson[] = [];
}
