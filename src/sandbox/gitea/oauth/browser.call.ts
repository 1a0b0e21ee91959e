import { parseCookie, stringifySetCookie } from "cookie";
import type { Reply, SandboxRequest } from "../../http.ts";
import type { GiteaState } from "../gitea.state.ts";
import { Problem } from "../problem.error.ts";
import type { User } from "../user.store.ts";
import { html, page } from "./page.html.ts";
import { postedForm, type PostedForm } from "./posted.form.ts";
import type { Session } from "./session.store.ts";

/** One request of a browser. */
export interface BrowserCall {
  readonly state: GiteaState;
  readonly request: SandboxRequest;
  readonly session: Session;
}

/** A request of a browser in which somebody has signed in. */
export interface SignedInCall extends BrowserCall {
  readonly user: User;
}

/** Cookies are shared by all ports of a host, so a real Gitea on this machine must not find its own changed. */
const cookieName = "sandbox_gitea";

/** The request with its session; a browser that has none is given one with the answer. */
export function browserCall(state: GiteaState, request: SandboxRequest): BrowserCall {
  const id = parseCookie(request.headers.cookie ?? "")[cookieName];
  return { state, request, session: state.oauth.sessions.find(id) ?? state.oauth.sessions.begin() };
}

/** The answer with the cookie of a session. */
export function withSession(reply: Reply, session: Session): Reply {
  const cookie = stringifySetCookie(cookieName, session.id, { path: "/", httpOnly: true, sameSite: "lax" });
  return { ...reply, headers: { ...reply.headers, "Set-Cookie": cookie } };
}

/** Who is signed in, unless the account has gone since. */
export function signedInUser({ state, session }: BrowserCall): User | undefined {
  const { user } = session;
  return user && state.users.byId(user.id) === user ? user : undefined;
}

/** What was posted, if by a page of ours and not by one of somebody else. */
export function ownForm({ request, session }: BrowserCall): PostedForm {
  const form = postedForm(request);
  if (form("_csrf") !== session.csrf) throw new Problem(400, "Invalid CSRF token.");
  return form;
}

/** What somebody is told who may not be signed in; undefined for whoever may. */
export function lockedOut(user: User): Reply | undefined {
  if (!user.active || user.prohibitLogin) {
    const why = "This account is prohibited from signing in, please contact your site administrator.";
    return page(200, "Sign in prohibited", html`<p role="alert" class="error">${why}</p>`);
  }
  if (user.mustChangePassword) {
    const why = "This account has to change its password first, for which the sandbox has no page.";
    return page(200, "Update password", html`<p role="alert" class="error">${why}</p>`);
  }
  return undefined;
}
