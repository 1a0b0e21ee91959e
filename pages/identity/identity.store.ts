import type { PagePerson } from "../../src/server/pages.configuration.ts";
import { loadPages } from "./pages.configuration.ts";
import { noteSession, onOtherSession, sessionLogin } from "./session.tabs.ts";
import { headerOf, keepToken, readToken, tokenIn } from "./token.storage.ts";
import { askSession, askWho, endSession, SessionUnknown, type Session } from "./who.questions.ts";

/** Who one is in this tab, as far as that is known. */
export interface Identity {
  /** By a token of this tab, which stands over a session; by a session; not at all; or the gateway does not answer. */
  readonly state: "loading" | "nobody" | "token" | "session" | "unreachable";
  /** Undefined while it is not known, or not accepted. */
  readonly login?: string;
  readonly token?: string;
  /** Whose session there is underneath a token, as far as that is known. */
  readonly beneath?: string;
  /** What is wrong, in words for the person. */
  readonly problem?: string;
  /** Whom one can become by a click: the sandbox's people. */
  readonly people: readonly PagePerson[];
  readonly canSignIn: boolean;
}

/** How long a look at the session is good for, at most and at least. */
const longestLookMs = 5 * 60_000;
const shortestLookMs = 30_000;

/** Coming back to a page is told to it twice, within less than this. */
const sameReturnMs = 500;

/** A session is looked at, and so renewed, this long before it ends. */
const beforeEndMs = 2 * 60_000;

let identity: Identity = { state: "loading", people: [], canSignIn: false };
let endpoint = "/graphql";
/** Where nobody can sign in, nobody is asked for a session. */
let hasSessions = true;
let started = false;
/** Counts what was asked, so that an answer that comes late changes nothing. */
let asked = 0;
let lookedAt = 0;
let nextLook: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Puts together anew who one is: what is not named is not so any more, but for what holds whoever one is. */
function tell(next: Omit<Identity, "people" | "canSignIn">): void {
  const { people, canSignIn } = identity;
  identity = { ...next, people, canSignIn };
  for (const listener of listeners) listener();
}

/** Who one is now. */
export const currentIdentity = (): Identity => identity;

/** The Authorization header to send, over HTTP or when a socket is opened; a session needs none. */
export function authorization(): string | undefined {
  // What was kept counts before anything was drawn, too.
  const token = identity.state === "loading" ? readToken() : identity.token;
  return token === undefined ? undefined : headerOf(token);
}

/**
 * Whom the page takes its session to be of, also while that cannot be asked: told with all that rests on the session, so
 * that nothing is done as somebody else who has signed in since.
 */
export function sessionOf(): string | undefined {
  return identity.state === "session" || identity.state === "unreachable" ? sessionLogin() : undefined;
}

/** Calls the listener after each change of who one is. */
export function onIdentity(listener: () => void): () => void {
  listeners.add(listener);
  if (!started) start();
  return () => listeners.delete(listener);
}

function start(): void {
  started = true;
  document.addEventListener("visibilitychange", lookOnReturn);
  addEventListener("focus", lookOnReturn);
  onOtherSession((told) => {
    if (identity.state !== "token") return lookAgain();
    const { beneath: _past, ...shown } = identity;
    tell({ ...shown, ...(told === undefined ? {} : { beneath: told }) });
  });
  retryIdentity();
}

/** Asks everything anew. */
export function retryIdentity(): void {
  void learn();
}

async function learn(): Promise<void> {
  const turn = ++asked;
  try {
    const pages = await loadPages();
    endpoint = pages.endpoint;
    hasSessions = pages.signIn.gitea;
    identity = { ...identity, people: pages.people, canSignIn: pages.signIn.gitea };
  } catch {
    // Who one is can be known without it.
  }
  if (turn !== asked) return;
  const token = readToken();
  if (token === undefined) await look(turn);
  else await show(token, turn);
}

async function show(token: string, turn: number): Promise<void> {
  const known = identity.people.find((person) => person.token === token);
  const beneath = sessionLogin();
  const shown = { state: "token", token, ...(beneath === undefined ? {} : { beneath }) } as const;
  tell({ ...shown, ...(known ? { login: known.login } : {}) });
  if (known) return;
  const whose = await askWho(endpoint, headerOf(token));
  if (turn === asked) tell({ ...shown, ...whose });
}

/** Looks whether there is a session, and again before it ends. */
async function look(turn: number): Promise<void> {
  clearTimeout(nextLook);
  if (!hasSessions) {
    tell({ state: "nobody" });
    return;
  }
  lookedAt = Date.now();
  try {
    const session = await askSession();
    if (turn !== asked) return;
    noteSession(session.signedIn ? session.login : undefined);
    tell(session.signedIn ? { state: "session", login: session.login } : { state: "nobody" });
    nextLook = setTimeout(lookAgain, untilNextLook(session));
  } catch (error) {
    if (turn !== asked) return;
    const isAway = !(error instanceof SessionUnknown);
    tell({ state: "unreachable", problem: isAway ? "The gateway does not answer." : error.message });
    nextLook = setTimeout(retryIdentity, shortestLookMs);
  }
}

function untilNextLook(session: Session): number {
  if (!session.signedIn) return longestLookMs;
  const leftMs = Date.parse(session.expiresAt) - Date.now() - beforeEndMs;
  return Math.min(longestLookMs, Math.max(shortestLookMs, leftMs || 0));
}

/** Looks again whose session it is: after a refusal, or a break in which it may have become another's. */
export function lookAgain(): void {
  // A token stands over whatever session there is.
  if (identity.state !== "token") void look(++asked);
}

/** Somebody comes back to the page: the session may have begun or ended in another tab. */
function lookOnReturn(): void {
  if (document.visibilityState === "visible" && Date.now() - lookedAt > sameReturnMs) lookAgain();
}

/** Shows a token from now on, in this tab alone. */
export function become(pasted: string): void {
  const token = tokenIn(pasted);
  if (token === undefined) {
    tell({ ...identity, problem: "This cannot be a token." });
    return;
  }
  clearTimeout(nextLook);
  keepToken(token);
  void show(token, ++asked);
}

/** Shows the token no more; without one, signs out. */
export async function leave(): Promise<void> {
  const turn = ++asked;
  if (readToken() === undefined) {
    try {
      await endSession();
    } catch {
      if (turn === asked)
        tell({ ...identity, problem: "Signing out did not work: you may still be signed in." });
      return;
    }
    noteSession(undefined);
    if (turn !== asked) return;
  }
  keepToken(undefined);
  tell({ state: "nobody" });
  await look(turn);
}

/** Goes to Gitea to sign in, and comes back to this page. */
export function signIn(): void {
  // A token would stand over the session that is to be.
  keepToken(undefined);
  const here = `${location.pathname}${location.search}${location.hash}`;
  location.assign(`./login?${new URLSearchParams({ return: here }).toString()}`);
}
