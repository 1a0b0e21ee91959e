import type { SandboxRequest } from "../http.ts";
import type { GiteaState } from "./gitea.state.ts";
import { noSuchUser, notFound, Problem } from "./problem.error.ts";
import type { Token } from "./token.store.ts";
import type { User } from "./user.store.ts";

/** Who is asking, and what he showed for it. */
export interface Caller {
  /** Undefined for anonymous; after sudo the user who is impersonated. */
  user?: User | undefined;
  /** Undefined when a password was shown. */
  token?: Token | undefined;
  basic: boolean;
}

/** Finds out who asks; a credential which is shown and wrong is a 401 on every route. */
export function authenticate(state: GiteaState, request: SandboxRequest): Caller {
  const caller = identify(state, request);
  if (caller.user !== undefined) refuseLockedOut(state, caller.user);
  const login = request.query.get("sudo") || [request.headers["sudo"]].flat()[0];
  if (!login) return caller;
  if (caller.user?.isAdmin !== true) throw new BareProblem("Only administrators allowed to sudo.");
  const user = state.users.byLogin(login);
  if (user === undefined) throw notFound();
  return { ...caller, user };
}

/** A refusal whose body has no address of the documentation. */
export class BareProblem extends Problem {
  constructor(message: string) {
    super(403, message);
  }
}

function identify(state: GiteaState, request: SandboxRequest): Caller {
  const [scheme = "", credential = "", ...rest] = (request.headers.authorization ?? "")
    .split(/\s+/)
    .filter(Boolean);
  const inHeader = scheme === "token" || scheme.toLowerCase() === "bearer";
  const secret =
    request.query.get("token") ||
    request.query.get("access_token") ||
    (inHeader && rest.length === 0 && credential);
  if (secret) {
    const token = state.tokens.find(secret, state.now());
    if (token === undefined) throw new Problem(401, noSuchUser(""));
    return { user: token.user, token, basic: false };
  }
  // What Gitea cannot parse counts as no credential at all.
  if (scheme.toLowerCase() !== "basic") return { basic: false };
  return fromBasic(state, Buffer.from(credential, "base64").toString("utf8"));
}

function fromBasic(state: GiteaState, pair: string): Caller {
  const colon = pair.indexOf(":");
  if (colon < 0) return { basic: false };
  const login = pair.slice(0, colon);
  const password = pair.slice(colon + 1);
  const secret = password === "" || password === "x-oauth-basic" ? login : password;
  const token = state.tokens.find(secret, state.now());
  if (token !== undefined) return { user: token.user, token, basic: true };
  const user = state.users.byLogin(login);
  if (user === undefined) throw new Problem(401, noSuchUser(login));
  if (user.password === undefined || user.password !== password) {
    throw new Problem(401, `user's password is invalid [uid: ${user.id}, name: ${user.login}]`);
  }
  return { user, basic: true };
}

function refuseLockedOut(state: GiteaState, user: User): void {
  if (!user.active || user.prohibitLogin) {
    throw new BareProblem(
      "This account is prohibited from signing in, please contact your site administrator.",
    );
  }
  if (user.mustChangePassword) {
    throw new BareProblem(
      `You must change your password. Change it at: ${state.baseUrl}//user/change_password`,
    );
  }
}
