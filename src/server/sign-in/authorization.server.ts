import * as oauth from "openid-client";
import type { OAuthClient } from "../../config.ts";
import { UpstreamUnavailable } from "../../errors.ts";
import { callMeasure } from "../../services/http/call.measure.ts";
import type { Metrics } from "../../metrics.ts";
import type { Tokens } from "./session.record.ts";
import { renewalFailure, signInFailure } from "./sign-in.failure.ts";

/** What was agreed on when somebody was sent to Gitea, and must be the same when they come back. */
export interface Agreed {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Gitea as the place where people sign in. */
export interface AuthorizationServer {
  /** Where to send somebody. */
  readonly begin: (agreed: Agreed, redirectUri: string) => Promise<URL>;
  /** What somebody has brought back is worth this; throws SignInRefused if nothing. */
  readonly exchange: (cameBackTo: URL, agreed: Agreed) => Promise<Tokens>;
  /** Throws SignInRefused only where Gitea itself says that the token is good for nothing more. */
  readonly renew: (refreshToken: string) => Promise<Tokens>;
  /** Gives tokens back, where Gitea takes them back: it has not said so yet. */
  readonly revoke: (refreshToken: string) => Promise<void>;
}

interface Means {
  readonly client: OAuthClient;
  readonly scopes: string;
  readonly timeoutMs: number;
  readonly metrics: Metrics;
}

/** If Gitea does not say how long a token is good for. */
const usualLifeMs = 60 * 60_000;

const withoutSlash = (address: string) => address.replace(/\/+$/, "");

/** Gitea's own words for itself are looked up when they are first needed, and again until they were there. */
export function createAuthorizationServer({
  client,
  scopes,
  timeoutMs,
  metrics,
}: Means): AuthorizationServer {
  const measure = callMeasure("gitea", metrics);
  const issuer = withoutSlash(client.issuer);
  const isPlain = issuer.startsWith("http:");
  const hasIdToken = scopes.split(" ").includes("openid");
  let known: Promise<oauth.Configuration> | undefined;

  const measured: oauth.CustomFetch = async (address, options) => {
    const startedAt = performance.now();
    const observe = (status: string) =>
      measure(options.method, status, (performance.now() - startedAt) / 1000);
    try {
      const response = await fetch(address, options as RequestInit);
      observe(String(response.status));
      return response;
    } catch (error) {
      observe("BROKEN");
      throw error;
    }
  };

  const lookUp = async () => {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Deprecated to stand out: inside a cluster, and in the sandbox, Gitea is spoken to without TLS.
    const execute = [oauth.enableNonRepudiationChecks, ...(isPlain ? [oauth.allowInsecureRequests] : [])];
    const timeout = timeoutMs / 1000;
    const { clientId, clientSecret } = client;
    const found = await oauth.discovery(
      new URL(`${issuer}/.well-known/openid-configuration`),
      ...([clientId, clientSecret, undefined, { execute, timeout, [oauth.customFetch]: measured }] as const),
    );
    // Whether a slash ends its own address has changed with Gitea's versions.
    if (withoutSlash(found.serverMetadata().issuer) !== issuer) {
      throw new UpstreamUnavailable("gitea", "GITEA_OAUTH_ISSUER is not what Gitea calls itself (ROOT_URL)");
    }
    return found;
  };

  const configuration = () => {
    known ??= lookUp().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };

  const asking = async <Answer>(
    ask: (gitea: oauth.Configuration) => Promise<Answer>,
    failure = signInFailure,
  ): Promise<Answer> => {
    try {
      return await ask(await configuration());
    } catch (error) {
      throw failure(error);
    }
  };

  const tokensOf = (
    {
      access_token: accessToken,
      refresh_token: refreshToken,
      expires_in: seconds,
    }: oauth.TokenEndpointResponse,
    before?: string,
  ): Tokens => ({
    accessToken,
    refreshToken: refreshToken ?? before,
    lifeMs: seconds === undefined ? usualLifeMs : seconds * 1000,
  });

  return {
    begin: ({ state, nonce, verifier }, redirectUri) =>
      asking(async (gitea) =>
        oauth.buildAuthorizationUrl(gitea, {
          redirect_uri: redirectUri,
          scope: scopes,
          state,
          ...(hasIdToken ? { nonce } : {}),
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
        }),
      ),
    exchange: (cameBackTo, { state, nonce, verifier }) =>
      asking(async (gitea) =>
        tokensOf(
          await oauth.authorizationCodeGrant(gitea, cameBackTo, {
            expectedState: state,
            pkceCodeVerifier: verifier,
            ...(hasIdToken ? { expectedNonce: nonce, idTokenExpected: true } : {}),
          }),
        ),
      ),
    renew: (refreshToken) =>
      asking(
        async (gitea) => tokensOf(await oauth.refreshTokenGrant(gitea, refreshToken), refreshToken),
        renewalFailure,
      ),
    revoke: (refreshToken) =>
      asking(async (gitea) => {
        if (gitea.serverMetadata().revocation_endpoint === undefined) return;
        await oauth.tokenRevocation(gitea, refreshToken, { token_type_hint: "refresh_token" });
      }),
  };
}
