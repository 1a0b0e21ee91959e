import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { createSeal } from "../../src/server/sign-in/seal.ts";
import { sessionShape } from "../../src/server/sign-in/session.record.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { askSession, askWithCookie, reseal, sessionCookie, signInAs, signOut } from "../support/signed-in.ts";

const secret = "a-secret-of-the-tests-that-is-long-enough";
const env = { PERMISSION_TTL: "100ms", VIEWER_TTL: "100ms", SESSION_SECRET: secret };
const viewer = { viewer: { login: "customer-al" } };

let sett: Sett;
let stop = async () => {};
beforeAll(async () => {
  sett = await startSett({ env, until: (stopping) => (stop = stopping) });
  // Gitea makes its key when somebody first signs in, which takes a while.
  await signInAs(sett, "demo");
  return () => stop();
});

/** The cookie of somebody who has signed in, as it would be later. */
async function signedIn(later: { renewInMs: number; expireInMs?: number }, isOnce = false): Promise<string> {
  const { oauth, faults } = sett.sandbox.gitea;
  oauth.settings.invalidatesRefreshTokens = isOnce;
  onTestFinished(() => {
    faults.clear();
    Object.assign(oauth.settings, { invalidatesRefreshTokens: false, refreshTokenSeconds: 3600 });
  });
  const browser = await signInAs(sett, "al");
  const now = Date.now();
  const { renewInMs, expireInMs = 60_000 } = later;
  const change = { renewAtMs: now + renewInMs, expiresAtMs: now + expireInMs };
  const value = await reseal(browser.cookiesFor(sett.url)[sessionCookie] ?? "", secret, change);
  sett.upstreamCalls();
  return `${sessionCookie}=${value}`;
}

const due = { renewInMs: -1 };
const expired = { renewInMs: -2, expireInMs: -1 };

/** What a proxy may say in Gitea's place. */
const inJson = (status: number, body: string): Fault => ({
  ...{ mode: "answer", status, body },
  headers: { "content-type": "application/json" },
});

const renewals = () => sett.upstreamCalls().filter((call) => call === "gitea POST /login/oauth/access_token");
const newCookie = (headers: Headers) => headers.getSetCookie().find((each) => each.startsWith(sessionCookie));
const leftMs = ({ expiresAt = "" }: { expiresAt?: string }) => Date.parse(expiresAt) - Date.now();

describe("a session whose token soon ends", () => {
  it("is renewed by whatever is asked with it, and its browser is given the new cookie", async () => {
    const cookie = await signedIn(due);
    const { data, headers } = await askWithCookie(sett.url, cookie);
    expect(data).toEqual(viewer);
    expect(newCookie(headers)).toMatch(/HttpOnly; SameSite=Lax/);
    expect(renewals()).toHaveLength(1);
    const renewed = newCookie(headers)?.split(";")[0] ?? "";
    // It is as good by itself, and nothing newer is known.
    const { said, headers: then } = await askSession(sett.url, renewed);
    expect(said.signedIn).toBe(true);
    expect(leftMs(said)).toBeGreaterThan(600_000);
    expect(newCookie(then)).toBeUndefined();
    expect(renewals()).toEqual([]);
  });

  it.each(["/session", "/graphql/stream"])("is renewed by %s as well", async (path) => {
    const cookie = await signedIn(due);
    const stream = { method: "POST", body: `{"query":"{ viewer { login } }"}` };
    const response = await fetch(sett.url + path, {
      ...(path === "/session" ? {} : stream),
      headers: { cookie, "content-type": "application/json", accept: "text/event-stream, application/json" },
    });
    expect(await response.text()).toContain("customer-al");
    expect(newCookie(response.headers)).toBeDefined();
    expect(renewals()).toHaveLength(1);
  });

  it("is not renewed long before, nor for a page of another site", async () => {
    const { said, headers } = await askSession(sett.url, await signedIn({ renewInMs: 60_000 }));
    expect(said.signedIn).toBe(true);
    expect(newCookie(headers)).toBeUndefined();
    const other = await askWithCookie(sett.url, await signedIn(due), undefined, {
      origin: "https://evil.example",
    });
    expect(other.codes).toEqual(["UNAUTHENTICATED"]);
    expect(newCookie(other.headers)).toBeUndefined();
    expect(renewals()).toEqual([]);
  });

  it("is due before the token ends that Gitea gave, by a third of its life at least", async () => {
    sett.sandbox.gitea.oauth.settings.accessTokenSeconds = 60;
    onTestFinished(() => void (sett.sandbox.gitea.oauth.settings.accessTokenSeconds = 3600));
    const browser = await signInAs(sett, "zu");
    const value = browser.cookiesFor(sett.url)[sessionCookie] ?? "";
    const session = await createSeal([secret], "session", sessionShape).open(value);
    expect((session?.expiresAtMs ?? 0) - (session?.renewAtMs ?? 0)).toBe(20_000);
    expect(session?.expiresAtMs).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it("is renewed once for all who ask at the same time, even where a token renews only once", async () => {
    const cookie = await signedIn(expired, true);
    const answers = await Promise.all(Array.from({ length: 12 }, () => askWithCookie(sett.url, cookie)));
    for (const { data, headers } of answers) {
      expect(data).toEqual(viewer);
      expect(newCookie(headers)).toBeDefined();
    }
    expect(renewals()).toHaveLength(1);
    // Who comes later with the cookie of before has not heard of it.
    expect((await askWithCookie(sett.url, cookie)).data).toEqual(viewer);
    expect(renewals()).toEqual([]);
  });

  it("is over when Gitea refuses to renew it, and its cookie is taken away when it is asked for", async () => {
    const cookie = await signedIn(due);
    sett.sandbox.gitea.oauth.revokeGrant("customer-al");
    const { codes, headers } = await askWithCookie(sett.url, cookie);
    expect(codes).toEqual(["UNAUTHENTICATED"]);
    expect(newCookie(headers)).toBeUndefined();
    const asked = await askSession(sett.url, cookie);
    expect(asked.said).toEqual({ signedIn: false });
    expect(newCookie(asked.headers)).toContain("Max-Age=0");
    // Nobody asks Gitea about it again.
    expect(renewals()).toHaveLength(1);
    expect(await sett.measured('sett_session_renewals_total{outcome="refused"}')).toBe(1);
  });

  it("goes on with the token that it has while Gitea cannot renew it, and asks it only now and then", async () => {
    const cookie = await signedIn(due);
    sett.sandbox.gitea.faults.set({ mode: "answer", status: 502 }, { path: /access_token/ });
    for (let time = 0; time < 3; time += 1) {
      const { data, headers } = await askWithCookie(sett.url, cookie);
      expect(data).toEqual(viewer);
      expect(newCookie(headers)).toBeUndefined();
    }
    expect(renewals()).toHaveLength(1);
  });

  it.each<Fault>([
    { mode: "drop" },
    { mode: "answer", status: 503 },
    { mode: "answer", status: 200, body: "<p>" },
    inJson(200, "{}"),
    inJson(400, `{"error":"invalid_request"}`),
    inJson(403, `{"error":"Forbidden"}`),
    inJson(404, `{"error":"default backend - 404"}`),
    inJson(408, `{"error":"timeout"}`),
    inJson(429, `{"error":"rate_limited"}`),
  ])("tells an outage, not a refusal, where the token has ended and Gitea does %j", async (fault) => {
    const cookie = await signedIn(expired);
    sett.sandbox.gitea.faults.set(fault, { path: /access_token/ });
    const { codes, headers } = await askWithCookie(sett.url, cookie);
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(newCookie(headers)).toBeUndefined();
    expect((await askSession(sett.url, cookie)).status).toBe(503);
    sett.sandbox.gitea.faults.clear();
    expect((await askWithCookie(sett.url, cookie)).data).toEqual(viewer);
  });

  it("is not given back to whoever signs out while it is renewed", async () => {
    const cookie = await signedIn(due);
    const { gitea } = sett.sandbox;
    gitea.faults.set({ mode: "freeze" }, { path: /access_token/ });
    const asked = askWithCookie(sett.url, cookie);
    await vi.waitFor(() => expect(renewals()).toHaveLength(1));
    expect((await signOut(sett.url, cookie)).status).toBe(204);
    gitea.faults.clear();
    const { codes, headers } = await asked;
    expect(codes).toEqual(["UNAUTHENTICATED"]);
    expect(newCookie(headers)).toBeUndefined();
  });

  it("is waited for once where Gitea does not answer and the token has ended", async () => {
    const own = await startSett({ env: { ...env, UPSTREAM_TIMEOUT: "2s" } });
    const browser = await signInAs(own, "al");
    const value = browser.cookiesFor(own.url)[sessionCookie] ?? "";
    const cookie = `${sessionCookie}=${await reseal(value, secret, { renewAtMs: 0, expiresAtMs: 1 })}`;
    own.sandbox.gitea.faults.set({ mode: "hang" }, { path: /access_token/ });
    own.upstreamCalls();
    expect((await askWithCookie(own.url, cookie)).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    const asked = own.upstreamCalls().filter((call) => call.endsWith("/login/oauth/access_token"));
    expect(asked).toHaveLength(1);
  });

  it("carries a socket over the end of the token that it was opened with", async () => {
    const cookie = await signedIn({ renewInMs: 1000, expireInMs: 1500 });
    const socket = await openSocket(sett.url, { headers: { cookie, origin: sett.url } });
    await socket.begin();
    const endedAt = Date.now() + 1500;
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(endedAt), { timeout: 5000, interval: 100 });
    socket.say({ id: "1", type: "subscribe", payload: { query: "{ viewer { login } }" } });
    expect(await socket.hear()).toMatchObject({ payload: { data: viewer } });
    expect(socket.socket.readyState).toBe(socket.socket.OPEN);
    expect(renewals()).toHaveLength(1);
  });

  it("closes a socket with 4403 where Gitea renews no more", async () => {
    const cookie = await signedIn({ renewInMs: 500, expireInMs: 60_000 });
    const socket = await openSocket(sett.url, { headers: { cookie, origin: sett.url } });
    await socket.begin();
    sett.sandbox.gitea.oauth.revokeGrant("customer-al");
    expect((await socket.closed).code).toBe(4403);
  });
});
