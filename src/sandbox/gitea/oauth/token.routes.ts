import { json, type Reply, type SandboxRequest } from "../../http.ts";
import type { GiteaState } from "../gitea.state.ts";
import { mayReturnTo, type Application } from "./application.store.ts";
import { answersChallenge } from "./grant.store.ts";
import { issueTokens } from "./issued.tokens.ts";
import { postedForm, type PostedForm } from "./posted.form.ts";

/** A refusal in the words of OAuth2, which are always a 400. */
class TokenProblem extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}

/** Gives an application tokens for a code or for a refresh token. */
export async function giveTokens(state: GiteaState, request: SandboxRequest): Promise<Reply> {
  try {
    const form = withBasic(postedForm(request), request);
    const grantType = form("grant_type");
    if (grantType === "authorization_code") return json(200, await exchange(state, form));
    if (grantType === "refresh_token") return json(200, await refresh(state, form));
    const known = "Only refresh_token or authorization_code grant type is supported";
    throw new TokenProblem("unsupported_grant_type", known);
  } catch (error) {
    if (!(error instanceof TokenProblem)) throw error;
    return json(400, { error: error.code, error_description: error.message });
  }
}

async function exchange(state: GiteaState, form: PostedForm): Promise<Record<string, unknown>> {
  const application = applicationOf(state, form, "unauthorized_client");
  const redirectUri = form("redirect_uri");
  if (redirectUri !== "" && !mayReturnTo(application, redirectUri)) {
    throw new TokenProblem("unauthorized_client", "unexpected redirect URI");
  }
  const { grants } = state.oauth;
  const code = grants.code(form("code"));
  if (code === undefined) throw new TokenProblem("unauthorized_client", "client is not authorized");
  if (code.expires <= state.now()) {
    grants.removeCode(form("code"));
    throw new TokenProblem("invalid_grant", "authorization code expired");
  }
  if (!answersChallenge(code, form("code_verifier"))) {
    throw new TokenProblem("unauthorized_client", "failed PKCE code challenge");
  }
  if (redirectUri !== code.redirectUri) {
    throw new TokenProblem("invalid_grant", "redirect_uri differs from the original authorization request");
  }
  if (code.grant.application !== application) throw new TokenProblem("invalid_grant", "invalid grant");
  grants.removeCode(form("code"));
  return issueTokens(state, code.grant);
}

async function refresh(state: GiteaState, form: PostedForm): Promise<Record<string, unknown>> {
  const application = applicationOf(state, form, "invalid_client");
  const { refreshTokens, grants, settings } = state.oauth;
  const token = refreshTokens.get(form("refresh_token"));
  if (token === undefined || token.expires <= state.now()) {
    throw new TokenProblem("unauthorized_client", "unable to parse refresh token");
  }
  const grant = grants.byId(token.grantId);
  if (grant === undefined) throw new TokenProblem("invalid_grant", "grant does not exist");
  if (grant.application !== application) {
    throw new TokenProblem("invalid_grant", "refresh token belongs to a different client");
  }
  if (settings.invalidatesRefreshTokens && token.counter !== grant.counter) {
    throw new TokenProblem("unauthorized_client", "token was already used");
  }
  return issueTokens(state, grant);
}

function applicationOf(state: GiteaState, form: PostedForm, ifSecretIsWrong: string): Application {
  const application = state.oauth.applications.byClientId(form("client_id"));
  if (application === undefined) {
    throw new TokenProblem("invalid_client", `cannot load client with client id: '${form("client_id")}'`);
  }
  if (!application.isConfidential || form("client_secret") === application.clientSecret) return application;
  const description = form("client_secret") === "" ? "invalid empty client secret" : "invalid client secret";
  throw new TokenProblem(ifSecretIsWrong, description);
}

/** What the body does not say of the application, Basic authentication does. */
function withBasic(form: PostedForm, request: SandboxRequest): PostedForm {
  const header = request.headers.authorization;
  if (header === undefined || (form("client_id") !== "" && form("client_secret") !== "")) return form;
  const shown = basicOf(header);
  if (shown === undefined) throw new TokenProblem("invalid_request", "cannot parse basic auth header");
  for (const name of ["client_id", "client_secret"]) {
    if (form(name) !== "" && form(name) !== shown[name]) {
      throw new TokenProblem(
        "invalid_request",
        `${name} in request body inconsistent with Authorization header`,
      );
    }
  }
  return (name) => shown[name] ?? form(name);
}

/** Who an Authorization header says an application is; undefined when it is none of that kind. */
export function basicOf(header: string): Record<string, string> | undefined {
  const [scheme, credential = ""] = header.split(" ");
  const pair = Buffer.from(credential, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (scheme?.toLowerCase() !== "basic" || colon < 0) return undefined;
  return { client_id: pair.slice(0, colon), client_secret: pair.slice(colon + 1) };
}
