import * as oauth from "openid-client";
import { UpstreamUnavailable } from "../../errors.ts";

/** Gitea, or who came back from there, says no; `reason` is one of OAuth2's words for why. */
export class SignInRefused extends Error {
  readonly reason: string;

  constructor(reason: string, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** What is said of answers that are not Gitea's, or none at all; everything else is about what somebody showed. */
const outages = new Set<string | undefined>([
  undefined,
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
  "OAUTH_HTTP_REQUEST_FORBIDDEN",
]);
const outageWords = new Set(["server_error", "temporarily_unavailable", "invalid_client"]);

/** What Gitea says of a code or a refresh token that it does not take. */
const refusalWords = new Set(["invalid_grant", "unauthorized_client"]);

/** Proxies on the way say "no" in JSON as well; OAuth2 does so with one status, but where the client itself is refused. */
const refusalStatus = 400;

const isRefusal = (error: oauth.ResponseBodyError) =>
  error.status === refusalStatus && refusalWords.has(error.error);

/** What an error of the library's says of a renewal: a session ends only by Gitea's own word, as nothing brings it back. */
export function renewalFailure(error: unknown): Error {
  if (error instanceof oauth.ResponseBodyError && isRefusal(error)) {
    return new SignInRefused(error.error, error.error_description ?? "");
  }
  const failure = signInFailure(error);
  if (!(failure instanceof SignInRefused)) return failure;
  return new UpstreamUnavailable("gitea", `renewing failed: ${failure.reason} ${failure.message}`);
}

/** What an error of the library's says: that Gitea refuses, or that it is not to be reached. */
export function signInFailure(error: unknown): Error {
  if (error instanceof SignInRefused || error instanceof UpstreamUnavailable) return error;
  if (error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError) {
    const detail = error.error_description ?? "";
    const isAnothers = "status" in error && error.status !== refusalStatus;
    const isDown = outageWords.has(error.error) || isAnothers;
    return isDown
      ? new UpstreamUnavailable("gitea", `signing in failed: ${error.error} ${detail}`)
      : new SignInRefused(error.error, detail);
  }
  const code = error instanceof oauth.ClientError ? error.code : undefined;
  const why = error instanceof Error ? error.message : "unknown";
  if (outages.has(code)) return new UpstreamUnavailable("gitea", `signing in failed: ${code ?? why}`);
  return new SignInRefused("invalid_response", `${code ?? ""} ${why}`);
}
