import type { ServerResponse } from "node:http";
import Negotiator from "negotiator";
import { boundless } from "../../budget.ts";
import { SettError } from "../../errors.ts";
import type { Memory } from "../../loaders/memory.ts";
import type { Log } from "../../log.ts";
import { credentialKey } from "../identity.ts";
import { plainError, type Route } from "../routes.ts";
import type { AuthorizationServer } from "./authorization.server.ts";
import type { SignInCookies } from "./cookies.ts";
import { waysOn } from "./failed.pages.ts";
import type { OwnOrigin } from "./own.origin.ts";
import { lapsesAtMs, type Session } from "./session.record.ts";
import type { Sessions } from "./sessions.ts";
import { answerPage } from "./sign-in.pages.ts";

interface Means {
  readonly cookies: SignInCookies;
  readonly server: AuthorizationServer;
  readonly sessions: Sessions;
  readonly origin: OwnOrigin;
  readonly viewers: Memory["viewers"];
  readonly log: Log;
}

const isUnauthenticated = (error: unknown) => error instanceof SettError && error.code === "UNAUTHENTICATED";

function answerJson(response: ServerResponse, body: object): void {
  const text = JSON.stringify(body);
  response
    .writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": Buffer.byteLength(text),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    })
    .end(text);
}

function refuseMethod(response: ServerResponse, allowed: string): void {
  response.setHeader("allow", allowed);
  plainError(response, 405, `Only ${allowed} is taken here.`);
}

/** What a browser that has signed in can ask about that, and how it ends. */
export function sessionRoutes(means: Means): Record<string, Route> {
  const { cookies, server, sessions, origin, viewers, log } = means;

  /** A session whose token Gitea takes no more is over; throws while Gitea is away, as nobody can say that then. */
  const isTaken = async (session: Session, requestId: string): Promise<boolean> => {
    const credential = { kind: "token", token: session.accessToken } as const;
    const key = credentialKey(credential);
    try {
      await viewers.recent(key, { credential, key, requestId, budget: boundless }, boundless);
      return true;
    } catch (error) {
      if (!isUnauthenticated(error)) throw error;
      log.info({ requestId, login: session.login }, "Gitea does not take a session any more: it is over");
      await sessions.end(session);
      return false;
    }
  };

  const session: Route = async (request, response, requestId) => {
    if (request.method !== "GET") return refuseMethod(response, "GET");
    const { headers } = request;
    try {
      const shown = await sessions.shown(headers);
      if (shown?.setCookie !== undefined) response.setHeader("set-cookie", shown.setCookie);
      if (shown && (await isTaken(shown.session, requestId))) {
        const expiresAt = new Date(lapsesAtMs(shown.session)).toISOString();
        return answerJson(response, { signedIn: true, login: shown.session.login, expiresAt });
      }
    } catch (error) {
      if (!(error instanceof SettError)) throw error;
      if (!isUnauthenticated(error)) {
        return plainError(response, 503, "Whether the session still holds cannot be found out just now.");
      }
    }
    // Whoever asks from elsewhere is not to sign anybody out by that, and what cannot be opened here another replica may open.
    if (origin.isAsking(headers) && (await sessions.opened(headers))) {
      response.setHeader("set-cookie", cookies.clearSession());
    }
    return answerJson(response, { signedIn: false });
  };

  const leave: Route = async (request, response, requestId) => {
    request.resume();
    if (!origin.isAsking(request.headers)) {
      return plainError(response, 403, "Only the gateway's own pages may sign somebody out.");
    }
    const left = await sessions.opened(request.headers);
    if (left) {
      await sessions.end(left);
      log.info({ requestId, login: left.login }, "signed out");
      // It is over here in any case.
      if (left.refreshToken !== undefined) void server.revoke(left.refreshToken).catch(() => undefined);
    }
    response.setHeader("set-cookie", cookies.clearSession());
    response.setHeader("cache-control", "no-store");
    const type = new Negotiator(request).mediaType(["application/json", "text/html"]);
    if (type !== "text/html") return void response.writeHead(204).end();
    return answerPage(response, {
      status: 200,
      title: "You are signed out",
      text: "Here, that is: at Gitea you may still be signed in.",
      links: waysOn(),
    });
  };

  const logout: Route = (request, response, requestId) => {
    if (request.method === "POST") return leave(request, response, requestId);
    if (request.method !== "GET") return refuseMethod(response, "GET, POST");
    // An address that signs out whoever opens it could be put anywhere.
    return answerPage(response, {
      status: 200,
      title: "Sign out",
      text: "This ends your session here, in all tabs and windows of this browser.",
      links: [{ to: "/", name: "To the first page" }],
      button: { to: "/logout", name: "Sign out" },
    });
  };

  return { "/session": session, "/logout": logout };
}
