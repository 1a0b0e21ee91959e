import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Config, OAuthClient } from "../../config.ts";
import { SettError } from "../../errors.ts";
import type { Memory } from "../../loaders/memory.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { Services } from "../../services/services.ts";
import type { Audit } from "../audit/audit.ts";
import type { IdentityStrategy } from "../identity.ts";
import type { Route } from "../routes.ts";
import { createAuthorizationServer } from "./authorization.server.ts";
import { createSignInCookies } from "./cookies.ts";
import { createOwnOrigin } from "./own.origin.ts";
import { createSeal } from "./seal.ts";
import { sessionIdentity } from "./session.identity.ts";
import { sessionShape } from "./session.record.ts";
import { sessionRoutes } from "./session.routes.ts";
import { createSessions } from "./sessions.ts";
import { createFlows } from "./sign-in.flow.ts";
import { createSignInLimit } from "./sign-in.limit.ts";
import { measureSignIns } from "./sign-in.metrics.ts";
import { signInRoutes } from "./sign-in.routes.ts";

/** Signing in with a browser, and the sessions that come of it. */
export interface SignIn {
  readonly identity: IdentityStrategy;
  readonly routes: Readonly<Record<string, Route>>;
  /**
   * Has the answer to a request hand over the newest cookie of its session; nothing to wait for without one. That of
   * one which is over is left: by the time of the answer its browser may have that of another.
   */
  readonly attend: (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;
}

interface Means {
  readonly config: Config;
  readonly client: OAuthClient;
  readonly services: Pick<Services, "users" | "sessions">;
  readonly memory: Pick<Memory, "viewers">;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly audit: Pick<Audit, "turnedAway">;
}

/** A sandbox's sessions end with its process. */
const ownSecret = () => randomBytes(32).toString("base64url");

export function createSignIn({ config, client, services, memory, log, metrics, audit }: Means): SignIn {
  const secrets = config.SESSION_SECRET.length > 0 ? config.SESSION_SECRET : [ownSecret()];
  const origin = createOwnOrigin(config.PUBLIC_URL);
  const cookies = createSignInCookies(config.PUBLIC_URL?.startsWith("https:") ?? false);
  const counted = measureSignIns(metrics.registry);
  const server = createAuthorizationServer({
    ...{ client, metrics },
    scopes: config.GITEA_OAUTH_SCOPES,
    timeoutMs: config.UPSTREAM_TIMEOUT,
  });
  const sessions = createSessions({
    ...{ cookies, server, origin, log, metrics: counted },
    seal: createSeal(secrets, "session", sessionShape),
    store: services.sessions,
    lifetimeMs: config.SESSION_LIFETIME,
  });
  const failed = new WeakMap<IncomingHttpHeaders, SettError>();
  const common = { cookies, server, sessions, origin, log };
  return {
    identity: sessionIdentity((headers) => {
      const failure = failed.get(headers);
      if (!failure) return sessions.shown(headers);
      // Once only: what lasts longer than its first question asks anew.
      failed.delete(headers);
      return Promise.reject(failure);
    }),
    routes: {
      ...signInRoutes({
        ...common,
        flows: createFlows(secrets, cookies),
        users: services.users,
        audit,
        limit: createSignInLimit(config.SIGN_INS_PER_MINUTE),
        metrics: counted,
      }),
      ...sessionRoutes({ ...common, viewers: memory.viewers }),
    },
    attend: ({ headers, method }, response) => {
      if (headers.authorization !== undefined) return undefined;
      // Caches on the way know of headers that say who asks, not of cookies that do.
      if (method === "GET") response.setHeader("cache-control", "no-store");
      if (cookies.session(headers) === undefined) return undefined;
      return sessions.shown(headers).then(
        (shown) => {
          if (shown?.setCookie !== undefined) response.setHeader("set-cookie", shown.setCookie);
        },
        (error: unknown) => {
          // Told by whoever asks who is there, without waiting for Gitea a second time.
          if (!(error instanceof SettError)) throw error;
          failed.set(headers, error);
        },
      );
    },
  };
}
