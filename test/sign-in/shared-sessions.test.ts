import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { createAuthorizationServer } from "../../src/server/sign-in/authorization.server.ts";
import { createSignInCookies } from "../../src/server/sign-in/cookies.ts";
import { createOwnOrigin } from "../../src/server/sign-in/own.origin.ts";
import { createSeal } from "../../src/server/sign-in/seal.ts";
import { sessionShape } from "../../src/server/sign-in/session.record.ts";
import { createSessions } from "../../src/server/sign-in/sessions.ts";
import { measureSignIns } from "../../src/server/sign-in/sign-in.metrics.ts";
import { createSharedSessions, type SessionRedis } from "../../src/services/sessions/shared.sessions.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { reseal, sessionCookie, signInAs } from "../support/signed-in.ts";

const secret = "a-secret-of-the-tests-that-is-long-enough";

let sett: Sett;
let stop = async () => {};
beforeAll(async () => {
  sett = await startSett({ env: { SESSION_SECRET: secret }, until: (stopping) => (stop = stopping) });
  return () => stop();
});

/** What all replicas see of Redis. */
const kept = new Map<string, string>();
beforeEach(() => kept.clear());

/** What one replica has of sessions, with a Redis whose writes go as the test says. */
function replica(set: SessionRedis["set"]) {
  const client = sett.sandbox.addresses.oauth;
  const metrics = createMetrics();
  const log = createLog("silent");
  const get = vi.fn(async (...keys: string[]) => keys.map((key) => kept.get(key) ?? null));
  const sessions = createSessions({
    cookies: createSignInCookies(false),
    seal: createSeal([secret], "session", sessionShape),
    store: createSharedSessions({ get, set }, { freshMs: 1, log }),
    server: createAuthorizationServer({ client, metrics, scopes: "openid", timeoutMs: 10_000 }),
    origin: createOwnOrigin(sett.url),
    lifetimeMs: 60_000,
    log,
    metrics: measureSignIns(metrics.registry),
  });
  return { sessions, get };
}

/** The session of somebody whose token has ended. */
async function expired() {
  const value = (await signInAs(sett, "al")).cookiesFor(sett.url)[sessionCookie] ?? "";
  const ended = { renewAtMs: 0, expiresAtMs: 1 };
  sett.upstreamCalls();
  return {
    headers: { cookie: `${sessionCookie}=${await reseal(value, secret, ended)}` },
    renewedTo: (renewals: number) => reseal(value, secret, { ...ended, renewals }),
    id: (await createSeal([secret], "session", sessionShape).open(value))?.id ?? "",
  };
}

const renewals = () => sett.upstreamCalls().filter((call) => call.endsWith("/login/oauth/access_token"));

test("a session that two replicas renew at once goes on, though a token renews once and the one that did so notes it late", async () => {
  const { settings } = sett.sandbox.gitea.oauth;
  const { headers } = await expired();
  settings.invalidatesRefreshTokens = true;
  let noteIt = () => {};
  const writing = vi.fn(async (key: string, value: string) => {
    await new Promise<void>((resolve) => (noteIt = resolve));
    kept.set(key, value);
  });
  const first = replica(writing);
  const second = replica(async (key, value) => kept.set(key, value));
  const here = first.sessions.shown(headers);
  await vi.waitFor(() => expect(writing).toHaveBeenCalled());
  const there = second.sessions.shown(headers);
  // It has been refused, and has looked in vain for what it was renewed to.
  await vi.waitFor(() => expect(second.get.mock.calls.length).toBeGreaterThan(1));
  noteIt();
  settings.invalidatesRefreshTokens = false;
  const tokens = (await Promise.all([here, there])).map((shown) => shown?.session.accessToken);
  expect(tokens[0]).toBeDefined();
  expect(tokens[1]).toBe(tokens[0]);
});

test("a session that was renewed here is not renewed again because Redis took no note of it and has an older one", async () => {
  const { headers, renewedTo, id } = await expired();
  kept.set(`sett:session:${id}`, await renewedTo(1));
  const { sessions } = replica(() => Promise.reject(new Error("OOM")));
  for (let time = 0; time < 3; time += 1) {
    expect((await sessions.shown(headers))?.session.renewals).toBe(2);
  }
  expect(renewals()).toHaveLength(1);
});
