import type { IncomingMessage, ServerResponse } from "node:http";
import { boundless } from "../../budget.ts";
import type { Log } from "../../log.ts";
import type { UsersService } from "../../services/gitea/users.service.ts";
import type { Audit } from "../audit/audit.ts";
import { credentialKey } from "../identity.ts";
import { plainError, type Route } from "../routes.ts";
import type { AuthorizationServer } from "./authorization.server.ts";
import type { SignInCookies } from "./cookies.ts";
import { failedSignIn, unknownSignIn } from "./failed.pages.ts";
import type { OwnOrigin } from "./own.origin.ts";
import { returnPath } from "./return.rule.ts";
import type { Sessions } from "./sessions.ts";
import type { Flow, Flows } from "./sign-in.flow.ts";
import type { SignInLimit } from "./sign-in.limit.ts";
import type { SignInMetrics } from "./sign-in.metrics.ts";
import { answerPage, lead } from "./sign-in.pages.ts";

interface Means {
  readonly cookies: SignInCookies;
  readonly flows: Flows;
  readonly server: AuthorizationServer;
  readonly sessions: Sessions;
  readonly origin: OwnOrigin;
  readonly users: Pick<UsersService, "whoAmI">;
  readonly limit: SignInLimit;
  readonly log: Log;
  readonly metrics: SignInMetrics;
  readonly audit: Pick<Audit, "turnedAway">;
}

/** One who signs in, at the gateway's own address. */
interface SigningIn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly origin: string;
  readonly query: URLSearchParams;
}

const callbackPath = "/login/callback";

const queryOf = ({ url = "" }: IncomingMessage) => {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark === -1 ? "" : url.slice(mark));
};

/** The ways to Gitea and back. */
export function signInRoutes(means: Means): Record<string, Route> {
  const { cookies, flows, server, sessions, users, limit, log, metrics, audit } = means;

  const fail = ({ response, requestId }: SigningIn, error: unknown, returnTo: string) => {
    const failed = failedSignIn(error, returnTo);
    if (!failed) throw error;
    const { outcome, why, page, retryAfter } = failed;
    if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
    metrics.signIns.inc({ outcome });
    if (outcome !== "unavailable") audit.turnedAway("sign-in", requestId, outcome);
    const said = { requestId, outcome, why };
    if (outcome === "unavailable") log.warn(said, "signing in is not possible");
    else log.info(said, "a sign-in was refused");
    answerPage(response, page);
  };

  const begin = async (signingIn: SigningIn) => {
    const { request, response, origin, query } = signingIn;
    const flow = flows.begin(returnPath(query.get("return"), origin));
    try {
      const to = await server.begin(flow, origin + callbackPath);
      response.setHeader("set-cookie", await flows.keep(flow, request.headers));
      lead(response, to.href);
    } catch (error) {
      fail(signingIn, error, flow.returnTo);
    }
  };

  /** Who signs in has a new session, and none that somebody may have given to them before. */
  const admit = async ({ request, requestId, origin, query }: SigningIn, flow: Flow): Promise<string> => {
    const cameBackTo = new URL(origin + callbackPath);
    cameBackTo.search = query.toString();
    const tokens = await server.exchange(cameBackTo, flow);
    const credential = { kind: "token", token: tokens.accessToken } as const;
    const caller = { credential, key: credentialKey(credential), requestId, budget: boundless };
    const { login } = await users.whoAmI(caller);
    const setCookie = await sessions.begin(tokens, login);
    const before = await sessions.opened(request.headers);
    if (before) await sessions.end(before);
    metrics.signIns.inc({ outcome: "done" });
    log.info({ requestId, login }, "signed in");
    return setCookie;
  };

  const comeBack = async (signingIn: SigningIn) => {
    const { request, response, requestId, origin, query } = signingIn;
    const state = query.get("state") ?? "";
    const flow = await flows.find(state, request.headers);
    if (!flow) {
      metrics.signIns.inc({ outcome: "invalid" });
      audit.turnedAway("sign-in", requestId, "invalid");
      log.info({ requestId, outcome: "invalid", why: "not known here" }, "a sign-in was refused");
      return answerPage(response, unknownSignIn);
    }
    // Whatever comes of it, it is over.
    const done = cookies.clearFlow(state);
    try {
      response.setHeader("set-cookie", [done, await admit(signingIn, flow)]);
      return lead(response, origin + flow.returnTo);
    } catch (error) {
      response.setHeader("set-cookie", done);
      return fail(signingIn, error, flow.returnTo);
    }
  };

  const limited =
    (go: (signingIn: SigningIn) => Promise<void>): Route =>
    async (request, response, requestId) => {
      if (request.method !== "GET") {
        response.setHeader("allow", "GET");
        return plainError(response, 405, "Only GET is taken here.");
      }
      const waitSeconds = await limit(request.socket.remoteAddress ?? "");
      if (waitSeconds !== undefined) {
        response.setHeader("retry-after", waitSeconds);
        const text = "Too many sign-ins come from where you are. Wait a minute and try again.";
        return answerPage(response, { status: 429, title: "Too many sign-ins", text });
      }
      const origin = means.origin.of(request.headers);
      if (origin === undefined) {
        const text = "Open the gateway as localhost, or let PUBLIC_URL say where it is to be reached.";
        return answerPage(response, { status: 400, title: "Signing in needs an address", text });
      }
      return go({ request, response, requestId, origin, query: queryOf(request) });
    };

  return { "/login": limited(begin), [callbackPath]: limited(comeBack) };
}
