import type { IncomingHttpHeaders } from "node:http";
import { parseCookie, stringifySetCookie } from "cookie";

/** The cookies of sign-in: one for the session, and one for each sign-in that is under way. */
export interface SignInCookies {
  readonly session: (headers: IncomingHttpHeaders) => string | undefined;
  readonly setSession: (sealed: string, untilMs: number) => string;
  readonly clearSession: () => string;
  readonly flow: (headers: IncomingHttpHeaders, state: string) => string | undefined;
  readonly setFlow: (state: string, sealed: string) => string;
  readonly clearFlow: (state: string) => string;
  /** What removes the oldest of those that are under way in this browser, so that one more is not too many. */
  readonly makeRoom: (headers: IncomingHttpHeaders) => readonly string[];
}

/** How long somebody has at Gitea's pages. */
export const flowMs = 10 * 60_000;

/** How many tabs of a browser may be there at once. */
const mostFlows = 5;

/** Browsers keep no cookie that is longer, everything that stands with it included. */
const longestCookie = 4096;

/** So much of a state tells a flow from others; the rest is only in its cookie. */
const markLength = 16;

/** A session that no browser would keep. */
export class CookieTooLong extends Error {}

/**
 * Over TLS the names themselves see to it that no other host, not a sibling of the same site either, and no plain HTTP
 * has set them: browsers hold them to this host and to the whole of it.
 */
export function createSignInCookies(isSecure: boolean): SignInCookies {
  const sessionName = isSecure ? "__Host-sett_session" : "sett_session";
  const flowPrefix = isSecure ? "__Host-sett_login_" : "sett_login_";
  const flowName = (state: string) => flowPrefix + state.slice(0, markLength);

  const write = (name: string, value: string, lifeMs: number) => {
    const maxAge = Math.max(0, Math.ceil(lifeMs / 1000));
    const attributes = { path: "/", maxAge, httpOnly: true, sameSite: "lax", secure: isSecure } as const;
    const text = stringifySetCookie({ name, value, ...attributes });
    if (text.length > longestCookie) throw new CookieTooLong();
    return text;
  };
  const read = ({ cookie }: IncomingHttpHeaders, name: string) =>
    cookie?.includes(name) ? parseCookie(cookie)[name] || undefined : undefined;
  const clearFlowNamed = (name: string) => write(name, "", 0);

  return {
    session: (headers) => read(headers, sessionName),
    setSession: (sealed, untilMs) => write(sessionName, sealed, untilMs - Date.now()),
    clearSession: () => write(sessionName, "", 0),
    flow: (headers, state) => read(headers, flowName(state)),
    setFlow: (state, sealed) => write(flowName(state), sealed, flowMs),
    clearFlow: (state) => clearFlowNamed(flowName(state)),
    makeRoom: ({ cookie = "" }) => {
      // Browsers send what they were given first before the rest.
      const underway = Object.keys(parseCookie(cookie)).filter((name) => name.startsWith(flowPrefix));
      return underway.slice(0, Math.max(0, underway.length - mostFlows + 1)).map(clearFlowNamed);
    },
  };
}
