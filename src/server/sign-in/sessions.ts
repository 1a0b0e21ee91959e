import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import { Unauthenticated, UpstreamUnavailable } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { SessionNote, SessionStore } from "../../services/sessions/session.store.ts";
import type { AuthorizationServer } from "./authorization.server.ts";
import { SignInRefused } from "./sign-in.failure.ts";
import { CookieTooLong, type SignInCookies } from "./cookies.ts";
import type { OwnOrigin } from "./own.origin.ts";
import { sessionPart, type Session, type Tokens } from "./session.record.ts";
import type { Seal } from "./seal.ts";
import type { SignInMetrics } from "./sign-in.metrics.ts";

/** A session that a request shows. */
export interface ShownSession {
  readonly session: Session;
  /** The cookie that is to take the place of the one that was shown, if it is not the newest any more. */
  readonly setCookie: string | undefined;
}

/** Sessions of browsers: everything of one is in its cookie, but whether it is over and what was renewed since. */
export interface Sessions {
  /** Sealed with its cookie. */
  readonly begin: (tokens: Tokens, login: string) => Promise<string>;
  /**
   * The session that is shown, renewed if its token would soon end; undefined where none is, or not by the gateway's own
   * pages. Throws Unauthenticated for one that is over, and UpstreamUnavailable where that cannot be known.
   */
  readonly shown: (headers: IncomingHttpHeaders) => Promise<ShownSession | undefined>;
  /** The same as its cookie has it, whoever asks and whether or not it is over. */
  readonly opened: (headers: IncomingHttpHeaders) => Promise<Session | undefined>;
  readonly end: (session: Session) => Promise<void>;
}

interface Means {
  readonly cookies: SignInCookies;
  readonly seal: Seal<Session>;
  readonly store: SessionStore;
  readonly server: AuthorizationServer;
  readonly origin: OwnOrigin;
  readonly lifetimeMs: number;
  readonly log: Log;
  readonly metrics: SignInMetrics;
}

/** What cookies hold that were shown lately, so that not each request opens one. */
const rememberedCookies = 2000;

/** How long Gitea is left alone with a session that it could not be asked to renew, while that is still good. */
const renewalPauseMs = 5000;

/** Whoever renewed it elsewhere notes that a moment later: so often, after these waits, it is looked for. */
const looksElsewhereMs = [0, 100, 400, 1000];

const over = () => new Unauthenticated("The session is over: sign in again.");

export function createSessions(means: Means): Sessions {
  const { cookies, seal, store, server, origin, lifetimeMs, log, metrics } = means;
  const opened = new LRUCache<string, Session>(atMost(rememberedCookies));
  const renewing = new Map<string, Promise<Session>>();
  const paused = new LRUCache<string, true>({ ...atMost(rememberedCookies), ttl: renewalPauseMs });

  const sealedOf = (session: Session) => seal.seal(session, session.endsAtMs);

  const open = async (sealed: string): Promise<Session | undefined> => {
    const session = opened.get(sealed) ?? (await seal.open(sealed));
    if (!session || session.endsAtMs <= Date.now()) return undefined;
    opened.set(sealed, session);
    return session;
  };

  const newestOf = async (session: Session, { renewed }: SessionNote): Promise<Session> => {
    let newest = session;
    for (const sealed of renewed) {
      const other = await open(sealed);
      if (other && other.id === session.id && other.renewals > newest.renewals) newest = other;
    }
    return newest;
  };

  const end = ({ id, endsAtMs }: Session) => store.end(id, endsAtMs);

  /** Somebody else may have renewed it meanwhile, with a token that could be used once. */
  const renewedElsewhere = async (session: Session): Promise<Session> => {
    for (const ms of store.isShared ? looksElsewhereMs : [0]) {
      if (ms > 0) await wait(ms);
      const note = await store.read(session.id, "fresh");
      if (note.isOver) throw over();
      const other = await newestOf(session, note);
      if (other.renewals > session.renewals) return other;
    }
    metrics.renewals.inc({ outcome: "refused" });
    log.info({ login: session.login }, "Gitea does not renew a session: it is over");
    await end(session);
    throw over();
  };

  const renew = async (session: Session): Promise<Session> => {
    if (session.refreshToken === undefined) return session;
    let tokens: Tokens;
    try {
      tokens = await server.renew(session.refreshToken);
    } catch (error) {
      if (error instanceof SignInRefused) return renewedElsewhere(session);
      if (!(error instanceof UpstreamUnavailable)) throw error;
      metrics.renewals.inc({ outcome: "unavailable" });
      log.warn({ login: session.login, reason: error.reason }, "a session could not be renewed");
      paused.set(session.id, true);
      return session;
    }
    metrics.renewals.inc({ outcome: "renewed" });
    const renewed = { ...session, ...sessionPart(tokens), renewals: session.renewals + 1 };
    await store.renew(session.id, await sealedOf(renewed), renewed.endsAtMs);
    // Whoever signed out meanwhile is not to be given it back.
    if ((await store.read(session.id, "fresh")).isOver) throw over();
    return renewed;
  };

  /** Once at a time for each session: others who show it wait for the same. */
  const renewOnce = (session: Session): Promise<Session> => {
    const underway = renewing.get(session.id);
    if (underway) return underway;
    const begun = renew(session).finally(() => renewing.delete(session.id));
    renewing.set(session.id, begun);
    return begun;
  };

  const current = async (session: Session): Promise<Session> => {
    const note = await store.read(session.id);
    if (note.isOver) throw over();
    const newest = await newestOf(session, note);
    const isDue = Date.now() >= newest.renewAtMs;
    const mayWait = paused.has(newest.id) && Date.now() < newest.expiresAtMs;
    const found = isDue && !mayWait ? await renewOnce(newest) : newest;
    if (Date.now() < found.expiresAtMs) return found;
    throw found.refreshToken === undefined
      ? over()
      : new UpstreamUnavailable("gitea", "a session could not be renewed");
  };

  /** What a browser would not keep is found by its older cookie all the same. */
  const cookieOf = async (session: Session): Promise<string | undefined> => {
    try {
      return cookies.setSession(await sealedOf(session), session.endsAtMs);
    } catch (error) {
      if (error instanceof CookieTooLong) return undefined;
      throw error;
    }
  };

  return {
    begin: async (tokens, login) => {
      const endsAtMs = Date.now() + lifetimeMs;
      const id = randomBytes(16).toString("base64url");
      const session = { id, login, ...sessionPart(tokens), endsAtMs, renewals: 0 };
      return cookies.setSession(await sealedOf(session), endsAtMs);
    },
    shown: async (headers) => {
      const sealed = cookies.session(headers);
      if (sealed === undefined || !origin.isAsking(headers)) return undefined;
      const session = await open(sealed);
      if (!session) return undefined;
      const found = await current(session);
      const isNewest = found.renewals === session.renewals;
      return { session: found, setCookie: isNewest ? undefined : await cookieOf(found) };
    },
    opened: async (headers) => {
      const sealed = cookies.session(headers);
      return sealed === undefined ? undefined : open(sealed);
    },
    end,
  };
}
