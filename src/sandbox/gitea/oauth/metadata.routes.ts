import { json, text, type Reply, type SandboxRequest } from "../../http.ts";
import type { GiteaState } from "../gitea.state.ts";
import { avatarUrl } from "../user.body.ts";
import { postedForm } from "./posted.form.ts";
import { basicOf } from "./token.routes.ts";

const plainJson = { "Content-Type": "application/json" };

/** Tells where everything is. There is no address at which a token could be given back. */
export function discover({ baseUrl }: GiteaState): Reply {
  const at = (path: string): string => `${baseUrl}/login/oauth/${path}`;
  const document = {
    issuer: `${baseUrl}/`,
    authorization_endpoint: at("authorize"),
    token_endpoint: at("access_token"),
    jwks_uri: at("keys"),
    userinfo_endpoint: at("userinfo"),
    introspection_endpoint: at("introspect"),
    response_types_supported: ["code", "id_token"],
    id_token_signing_alg_values_supported: ["RS256"],
    subject_types_supported: ["public"],
    scopes_supported: ["openid", "profile", "email", "groups"],
    claims_supported: [
      ...["aud", "exp", "iat", "iss", "sub", "name", "preferred_username", "profile", "picture"],
      ...["website", "locale", "updated_at", "email", "email_verified", "groups"],
    ],
    code_challenge_methods_supported: ["plain", "S256"],
    grant_types_supported: ["authorization_code", "refresh_token"],
  };
  return json(200, document, plainJson);
}

/** The key that signatures are checked with. */
export async function publishKeys(state: GiteaState): Promise<Reply> {
  return json(200, { keys: [await state.oauth.key.published()] }, plainJson);
}

/** Who a token belongs to. */
export function userInfo(state: GiteaState, request: SandboxRequest): Reply {
  const [scheme = "", secret = ""] = (request.headers.authorization ?? "").split(" ");
  if (!["bearer", "token"].includes(scheme.toLowerCase())) return unauthorized("Bearer");
  const user = state.tokens.find(secret, state.now())?.user;
  if (user === undefined || !user.active || user.prohibitLogin) return text(401, "Verify\n");
  return json(200, {
    sub: String(user.id),
    name: user.fullName,
    preferred_username: user.login,
    email: user.email,
    picture: avatarUrl(state, user),
    groups: null,
  });
}

/** Tells an application what a token is good for. One that is good for nothing is taken for a caller's own and refused. */
export function introspect(state: GiteaState, request: SandboxRequest): Reply {
  const shown = basicOf(request.headers.authorization ?? "");
  const application = state.oauth.applications.byClientId(shown?.["client_id"] ?? "");
  if (application === undefined || application.clientSecret !== shown?.["client_secret"]) {
    return unauthorized("Basic");
  }
  const token = state.tokens.find(postedForm(request)("token"), state.now());
  if (token === undefined) return text(401, "Verify\n");
  const grant = state.oauth.grants.byId(token.grantId ?? 0);
  if (grant === undefined) return json(200, { active: false });
  return json(200, {
    active: true,
    ...(grant.scope !== "" && { scope: grant.scope }),
    iss: `${state.baseUrl}/`,
    sub: String(grant.user.id),
    aud: [grant.application.clientId],
  });
}

function unauthorized(scheme: string): Reply {
  return text(401, "no valid authorization", { "WWW-Authenticate": `${scheme} realm=""` });
}
