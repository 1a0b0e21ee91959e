import type { Config, OAuthClient } from "./config.ts";

type Values = Pick<
  Config,
  | "GITEA_URL"
  | "GITEA_OAUTH_CLIENT_ID"
  | "GITEA_OAUTH_CLIENT_SECRET"
  | "GITEA_OAUTH_ISSUER"
  | "PUBLIC_URL"
  | "SESSION_SECRET"
>;

/** Where people sign in, and as what the gateway is known there; undefined where nobody does. */
export function readOAuth(values: Values, problems: string[]): OAuthClient | undefined {
  const {
    GITEA_OAUTH_CLIENT_ID: clientId,
    GITEA_OAUTH_CLIENT_SECRET: clientSecret,
    GITEA_OAUTH_ISSUER: issuer = values.GITEA_URL,
  } = values;
  if (clientId === undefined) {
    for (const name of ["GITEA_OAUTH_CLIENT_SECRET", "GITEA_OAUTH_ISSUER"] as const) {
      if (values[name] !== undefined) problems.push(`${name}: means nothing without GITEA_OAUTH_CLIENT_ID`);
    }
    return undefined;
  }
  const needed = (name: string) => problems.push(`${name}: must be set when GITEA_OAUTH_CLIENT_ID is`);
  if (clientSecret === undefined) needed("GITEA_OAUTH_CLIENT_SECRET");
  if (values.PUBLIC_URL === undefined) needed("PUBLIC_URL");
  // A value with a problem of its own is not there.
  const secrets = values.SESSION_SECRET as readonly string[] | undefined;
  if (secrets?.length === 0) needed("SESSION_SECRET");
  return { issuer: issuer ?? "", clientId, clientSecret: clientSecret ?? "" };
}
