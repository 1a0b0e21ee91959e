import type { GiteaState } from "../gitea.state.ts";
import { isKnownScope } from "../scope.rule.ts";
import { avatarUrl } from "../user.body.ts";
import type { Grant } from "./grant.store.ts";

/** What a refresh token stands for. */
export interface RefreshToken {
  readonly grantId: number;
  readonly counter: number;
  readonly expires: Date;
}

/** What is said of who somebody is, and is no part of the API. */
const identityScopes = new Set(["openid", "profile", "email", "groups"]);

/** Gives an application new tokens for what it was let do, in the form in which Gitea answers. */
export async function issueTokens(state: GiteaState, grant: Grant): Promise<Record<string, unknown>> {
  const { settings, key, refreshTokens } = state.oauth;
  const { accessTokenSeconds, refreshTokenSeconds } = settings;
  if (settings.invalidatesRefreshTokens) grant.counter += 1;
  const now = state.now();
  const iat = Math.floor(now.getTime() / 1000);
  const exp = iat + accessTokenSeconds;
  const gnt = grant.id;
  const cnt = grant.counter;

  const accessToken = await key.sign({ gnt, tt: 0, exp, iat });
  const refreshToken = await key.sign({ gnt, tt: 1, cnt, exp: iat + refreshTokenSeconds, iat });
  state.tokens.addGranted(grant.user, now, {
    secret: accessToken,
    scopes: scopesOf(grant),
    expires: new Date(exp * 1000),
    grantId: grant.id,
  });
  refreshTokens.set(refreshToken, {
    grantId: grant.id,
    counter: cnt,
    expires: new Date((iat + refreshTokenSeconds) * 1000),
  });
  return {
    access_token: accessToken,
    token_type: "bearer",
    expires_in: accessTokenSeconds,
    refresh_token: refreshToken,
    ...(words(grant).includes("openid") && {
      id_token: await key.sign(identityClaims(state, grant, iat, exp)),
    }),
  };
}

/** Scopes of the API limit a token; without any, or with one that Gitea does not know, it may do everything. */
function scopesOf(grant: Grant): readonly string[] {
  const scopes = words(grant).filter((scope) => !identityScopes.has(scope));
  return scopes.length > 0 && scopes.every(isKnownScope) ? scopes : ["all"];
}

function identityClaims(state: GiteaState, grant: Grant, iat: number, exp: number): Record<string, unknown> {
  const { user, application, nonce } = grant;
  const scopes = words(grant);
  return {
    iss: `${state.baseUrl}/`,
    sub: String(user.id),
    aud: [application.clientId],
    exp,
    iat,
    ...(nonce !== "" && { nonce }),
    ...(scopes.includes("profile") && {
      name: user.fullName || user.login,
      preferred_username: user.login,
      profile: `${state.baseUrl}/${user.login}`,
      picture: avatarUrl(state, user),
      ...(user.website !== "" && { website: user.website }),
      locale: "en-US",
      updated_at: Math.floor(user.created.getTime() / 1000),
    }),
    ...(scopes.includes("email") && { email: user.email, email_verified: user.active }),
  };
}

function words(grant: Grant): readonly string[] {
  return grant.scope.split(" ").filter(Boolean);
}
