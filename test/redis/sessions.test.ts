import { expect, onTestFinished, test, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startGateway } from "../../src/server/gateway.ts";
import { personAt, startSett } from "../support/sett.ts";
import {
  askSession,
  askWithCookie,
  cookieOf,
  reseal,
  sessionCookie,
  signInAs,
  signOut,
} from "../support/signed-in.ts";
import { startRedis } from "./redis.server.ts";

const secret = "a-secret-of-the-tests-that-is-long-enough";
const patiently = { timeout: 20_000, interval: 100 };

/** Two gateways before one platform, with a Redis between them, and somebody who has signed in at one of them. */
async function startTwo() {
  const redis = await startRedis();
  const env = { REDIS_URL: redis.url, SESSION_SECRET: secret, VIEWER_TTL: "200ms", PERMISSION_TTL: "200ms" };
  const sett = await startSett({ env });
  const other = await startGateway(readConfig({ PORT: "0", ...env }), {
    addresses: sett.sandbox.addresses,
    log: createLog("silent"),
    examples: [],
  });
  onTestFinished(async () => {
    await other.stop();
  });
  const browser = await signInAs(sett, "al");
  return { redis, sett, browser, cookie: cookieOf(browser, sett.url), here: sett.url, there: other.url };
}

test("a session holds at every gateway, and one that is left at one of them is over at all", async () => {
  const { cookie, here, there } = await startTwo();
  expect((await askWithCookie(there, cookie)).data).toEqual({ viewer: { login: "customer-al" } });
  await signOut(here, cookie);
  await vi.waitFor(async () => {
    expect((await askWithCookie(there, cookie)).codes).toEqual(["UNAUTHENTICATED"]);
    expect((await askSession(there, cookie)).said).toEqual({ signedIn: false });
  }, patiently);
});

test("a session that one gateway has renewed is renewed for the other, also with tokens that are good once", async () => {
  const { sett, browser, here, there } = await startTwo();
  sett.sandbox.gitea.oauth.settings.invalidatesRefreshTokens = true;
  const again = await signInAs(sett, "al", browser);
  const value = again.cookiesFor(here)[sessionCookie] ?? "";
  const cookie = `${sessionCookie}=${await reseal(value, secret, { renewAtMs: 0, expiresAtMs: 1 })}`;
  sett.upstreamCalls();
  expect((await askWithCookie(here, cookie)).codes).toEqual([]);
  expect((await askWithCookie(there, cookie)).codes).toEqual([]);
  const renewals = sett.upstreamCalls().filter((call) => call.endsWith("/login/oauth/access_token"));
  expect(renewals).toHaveLength(1);
});

test("while Redis is away nobody says that a session holds or is over, and who leaves one is heard of later", async () => {
  const { redis, cookie, here, there } = await startTwo();
  expect((await askWithCookie(there, cookie)).codes).toEqual([]);
  redis.freeze();
  onTestFinished(() => redis.thaw());
  await vi.waitFor(async () => {
    expect((await askWithCookie(there, cookie)).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  }, patiently);
  expect((await askSession(there, cookie)).status).toBe(503);
  expect((await personAt(there, "token al-token").askText("{ viewer { login } }")).codes).toEqual([]);
  expect((await signOut(here, cookie)).status).toBe(204);
  expect((await askWithCookie(here, cookie)).codes).toEqual(["UNAUTHENTICATED"]);
  redis.thaw();
  await vi.waitFor(async () => {
    expect((await askWithCookie(there, cookie)).codes).toEqual(["UNAUTHENTICATED"]);
  }, patiently);
});
