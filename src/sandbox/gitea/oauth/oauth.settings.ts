/** What a Gitea's administrator sets of OAuth2, and what its versions differ in. */
export interface OauthSettings {
  accessTokenSeconds: number;
  refreshTokenSeconds: number;
  /** How long a code may be exchanged; the recorded version never forgot one. */
  codeSeconds: number;
  /** Whether a refresh token is good for one refresh only. */
  invalidatesRefreshTokens: boolean;
  /** Whether the page of consent loses the challenge, as in the recorded version: then any verifier does. */
  forgetsChallenge: boolean;
}

/** What a Gitea has that nobody has configured, but for the mistake of the recorded version. */
export const defaultOauthSettings: Readonly<OauthSettings> = {
  accessTokenSeconds: 3600,
  refreshTokenSeconds: 730 * 3600,
  codeSeconds: 600,
  invalidatesRefreshTokens: false,
  forgetsChallenge: false,
};
