import { Routes, text, type Reply, type SandboxRequest } from "../../http.ts";
import type { GiteaState } from "../gitea.state.ts";
import { Problem } from "../problem.error.ts";
import { authorize, grantAccess } from "./authorize.routes.ts";
import {
  browserCall,
  lockedOut,
  signedInUser,
  withSession,
  type BrowserCall,
  type SignedInCall,
} from "./browser.call.ts";
import { discover, introspect, publishKeys, userInfo } from "./metadata.routes.ts";
import { sendOn } from "./page.html.ts";
import { homePage, signIn, signInOnce, signOut } from "./sign-in.routes.ts";
import { giveTokens } from "./token.routes.ts";

type WebHandler = (state: GiteaState, request: SandboxRequest) => Reply | Promise<Reply>;

/** What there is besides the API: people sign in, and say what applications may do for them. */
export function webRoutes(): WebHandler {
  const routes = new Routes<WebHandler>();
  routes.add("GET", "/.well-known/openid-configuration", discover);
  routes.add("GET", "/login/oauth/keys", publishKeys);
  routes.add("GET", "/login/oauth/userinfo", userInfo);
  routes.add("POST", "/login/oauth/introspect", introspect);
  routes.add("POST", "/login/oauth/access_token", giveTokens);
  routes.add("GET", "/login/oauth/authorize", forBrowsers(signedIn(authorize)));
  routes.add("POST", "/login/oauth/grant", forBrowsers(signedIn(grantAccess)));
  routes.add("GET", "/", forBrowsers(homePage));
  routes.add("GET", "/user/login", forBrowsers(signInOnce));
  routes.add("POST", "/user/login", forBrowsers(signIn));
  routes.add("POST", "/user/logout", forBrowsers(signOut));

  return (state, request) => {
    const found = routes.find(request.method, request.path);
    if ("handler" in found) return found.handler(state, request);
    return found.allowed.length === 0
      ? text(404, "Not found.\n")
      : { status: 405, headers: { Allow: found.allowed.join(", ") } };
  };
}

function forBrowsers(handler: (call: BrowserCall) => Reply): WebHandler {
  return (state, request) => {
    const call = browserCall(state, request);
    try {
      const reply = handler(call);
      return reply.headers?.["Set-Cookie"] === undefined ? withSession(reply, call.session) : reply;
    } catch (error) {
      // To a browser a refusal is told in plain words, not in those of the API.
      if (error instanceof Problem) return text(error.status, `${error.message}\n`);
      throw error;
    }
  };
}

/** Lets nobody through who has not signed in, and nobody who may no more. */
function signedIn(handler: (call: SignedInCall) => Reply): (call: BrowserCall) => Reply {
  return (call) => {
    const user = signedInUser(call);
    if (user !== undefined) return lockedOut(user) ?? handler({ ...call, user });
    if (call.request.method === "GET") call.session.returnTo = call.request.url;
    return sendOn("/user/login");
  };
}
