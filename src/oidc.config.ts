import type { Config } from "./config.ts";

/** An issuer of identity tokens, and for whom its tokens must be to count here. */
export interface OidcIssuer {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Where its keys are; undefined where it says so itself. */
  readonly jwksUrl?: string | undefined;
}

type Values = Pick<
  Config,
  | "OIDC_ISSUER"
  | "OIDC_AUDIENCE"
  | "OIDC_JWKS_URL"
  | "OIDC_LOGIN_CLAIM"
  | "OIDC_EMAIL_DOMAINS"
  | "OIDC_ADMINS"
>;

/** Whose identity tokens are taken; undefined when nobody's are. */
export function readOidc(values: Values, problems: string[]): OidcIssuer | undefined {
  const { OIDC_ISSUER: issuer, OIDC_JWKS_URL: jwksUrl, OIDC_LOGIN_CLAIM: claim } = values;
  // A value with a problem of its own is not there.
  const audience = (values.OIDC_AUDIENCE as readonly string[] | undefined) ?? [];
  const domains = (values.OIDC_EMAIL_DOMAINS as readonly string[] | undefined) ?? [];
  if (claim === "email" && domains.length === 0) {
    problems.push("OIDC_EMAIL_DOMAINS: must be set when OIDC_LOGIN_CLAIM is email");
  }
  if (issuer !== undefined) {
    if (audience.length === 0) problems.push("OIDC_AUDIENCE: must be set when OIDC_ISSUER is");
    return { issuer, audience, jwksUrl };
  }
  const meaningless = { OIDC_AUDIENCE: audience.length > 0, OIDC_JWKS_URL: jwksUrl !== undefined };
  for (const [name, isSet] of Object.entries(meaningless)) {
    if (isSet) problems.push(`${name}: means nothing without OIDC_ISSUER`);
  }
  return undefined;
}
