import { request } from "node:http";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { CookieTooLong, createSignInCookies } from "../../src/server/sign-in/cookies.ts";
import { createSeal } from "../../src/server/sign-in/seal.ts";
import { sessionShape } from "../../src/server/sign-in/session.record.ts";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";
import {
  askSession,
  askWithCookie,
  cookieOf,
  reseal,
  sessionCookie,
  signInAs,
  signOut,
} from "../support/signed-in.ts";

const secret = "a-secret-of-the-tests-that-is-long-enough";
const env = { PERMISSION_TTL: "100ms", VIEWER_TTL: "100ms", SESSION_SECRET: secret };

let sett: Sett;
let stop = async () => {};
beforeAll(async () => {
  sett = await startSett({ env, until: (stopping) => (stop = stopping) });
  // Gitea makes its key when somebody first signs in, which takes a while.
  await signInAs(sett, "demo");
  return () => stop();
});

const signedIn = async (name: string): Promise<string> => cookieOf(await signInAs(sett, name), sett.url);
const nobody = { codes: ["UNAUTHENTICATED"] };

describe("a session", () => {
  it("acts as its person, with that person's own token and not the gateway's", async () => {
    const cookie = await signedIn("zu");
    sett.sandbox.gitea.clearRequests();
    const may = await askWithCookie(
      sett.url,
      cookie,
      `{ project(producer: "demo") { viewerCan(permission: "project:write") } }`,
    );
    expect(may.codes).toEqual([]);
    expect(may.data).toEqual({ project: { viewerCan: false } });
    const asked = sett.sandbox.gitea.requests.map(({ headers }) => headers);
    expect(asked.length).toBeGreaterThan(0);
    for (const { authorization, sudo } of asked) {
      expect(sudo).toBeUndefined();
      expect(authorization).toMatch(/^token eyJ/);
    }
  });

  it("steps back behind what is said in words, whatever that is", async () => {
    const cookie = await signedIn("al");
    const asked = (authorization: string) =>
      askWithCookie(sett.url, cookie, undefined, { origin: sett.url, authorization });
    expect((await asked("token zu-token")).data).toEqual({ viewer: { login: "customer-zu" } });
    expect(await asked("token made-up")).toMatchObject(nobody);
    expect(await asked("nonsense")).toMatchObject(nobody);
    expect(await asked("")).toMatchObject(nobody);
  });

  it("is nobody's for a page that takes it for another person's, and says so", async () => {
    const cookie = await signedIn("al");
    const believing = (login: string) =>
      askWithCookie(sett.url, cookie, undefined, { origin: sett.url, "x-sett-login": login });
    expect((await believing("Customer-AL")).data).toEqual({ viewer: { login: "customer-al" } });
    for (const login of ["customer-demo", ""]) {
      sett.upstreamCalls();
      expect(await believing(login)).toMatchObject(nobody);
      expect(sett.upstreamCalls()).toEqual([]);
    }
    // Who shows a token says by that who they are.
    const shown = { origin: sett.url, "x-sett-login": "customer-demo", authorization: "token zu-token" };
    expect((await askWithCookie(sett.url, cookie, undefined, shown)).data).toEqual({
      viewer: { login: "customer-zu" },
    });
  });

  it.each<[string, Record<string, string>, boolean]>([
    ["its own page", {}, true],
    ["its own page, as browsers say it", { "sec-fetch-site": "same-origin" }, true],
    ["the address bar", { origin: "", "sec-fetch-site": "none" }, true],
    ["a page of another site", { origin: "https://evil.example" }, false],
    ["a page without an origin", { origin: "null" }, false],
    ["another port of the same host", { origin: "http://127.0.0.1:1" }, false],
    ["another name of the same machine", { origin: "http://localhost:1" }, false],
    ["another site, as browsers say it", { "sec-fetch-site": "cross-site" }, false],
    ["a sibling of its site", { "sec-fetch-site": "same-site" }, false],
    ["a host that is not this machine's own", { origin: "", host: "rebound.example" }, false],
  ])("counts or not for a request of %s", async (_what, said, counts) => {
    const cookie = await signedIn("al");
    const headers = Object.fromEntries(
      Object.entries({ origin: sett.url, ...said }).filter(([, value]) => value !== ""),
    );
    const status = await plainly(sett.url, "/session", { cookie, ...headers });
    expect(JSON.parse(status.text)).toMatchObject({ signedIn: counts });
    // Who asks from elsewhere does not sign anybody out either.
    expect(status.setCookie).toEqual([]);
    const query = encodeURIComponent("{ viewer { login } }");
    const got = await plainly(sett.url, `/graphql?query=${query}`, {
      ...{ cookie, "apollo-require-preflight": "1" },
      ...headers,
    });
    expect(got.text.includes("customer-al")).toBe(counts);
  });

  it("is answered with what no cache keeps for others", async () => {
    const cookie = await signedIn("al");
    const headers = { cookie, "apollo-require-preflight": "1" };
    for (const path of [`/graphql?query=${encodeURIComponent("{ viewer { login } }")}`, "/session"]) {
      const response = await fetch(sett.url + path, { headers });
      expect(await response.text()).toContain("customer-al");
      expect(response.headers.get("cache-control")).toBe("no-store");
    }
  });

  it("fits into a cookie with tokens that Gitea signs with its largest usual key, and not with longer ones", async () => {
    const ofLength = async (length: number) => {
      const token = "x".repeat(length);
      const times = { expiresAtMs: Date.now(), renewAtMs: Date.now(), endsAtMs: Date.now() + 60_000 };
      const session = { id: "i".repeat(22), login: "l".repeat(40), accessToken: token, refreshToken: token };
      const seal = createSeal([secret], "session", sessionShape);
      return createSignInCookies(true).setSession(
        await seal.seal({ ...session, ...times, renewals: 9 }, Date.now()),
        1,
      );
    };
    // RSA 4096: 683 characters of signature, and some 200 of what is signed.
    expect((await ofLength(1100)).length).toBeLessThanOrEqual(4096);
    await expect(ofLength(1600)).rejects.toThrow(CookieTooLong);
  });

  it("does not let another site's form change anything", async () => {
    const cookie = await signedIn("al");
    sett.upstreamCalls();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const response = await fetch(`${sett.url}/graphql`, {
        method: "POST",
        headers: { cookie, origin: "https://evil.example", "content-type": type },
        body: `{"query":"mutation { setConsumerActive { id } }"}`,
      });
      expect(response.status).toBe(400);
    }
    expect(sett.upstreamCalls()).toEqual([]);
  });

  it.each<[string, (value: string) => string | Promise<string>]>([
    [
      "is changed in one letter",
      (value) => value.slice(0, -9) + (value.at(-9) === "A" ? "B" : "A") + value.slice(-8),
    ],
    ["is cut", (value) => value.slice(0, 200)],
    ["is empty", () => ""],
    ["is no such thing", () => "al"],
    [
      "is sealed with another secret",
      (value) => reseal(value, secret, {}, { by: "another-secret-of-somebody-else-that-is-as-long" }),
    ],
    ["was sealed for another purpose", (value) => reseal(value, secret, {}, { purpose: "sign-in" })],
    ["has ended", (value) => reseal(value, secret, { endsAtMs: Date.now() - 1000 })],
  ])("is nobody's whose cookie %s", async (_what, change) => {
    const browser = await signInAs(sett, "al");
    const value = browser.cookiesFor(sett.url)[sessionCookie] ?? "";
    const cookie = `${sessionCookie}=${await change(value)}`;
    sett.upstreamCalls();
    expect(await askWithCookie(sett.url, cookie)).toMatchObject(nobody);
    expect(sett.upstreamCalls()).toEqual([]);
    expect((await askSession(sett.url, cookie)).said).toEqual({ signedIn: false });
  });

  it("is not opened by a secret that was replaced, but by one that is being", async () => {
    const cookie = await signedIn("al");
    const { oauth } = sett.sandbox.addresses;
    const addresses = { ...sett.sandbox.addresses, oauth };
    const next = "the-next-secret-of-the-tests-that-is-as-long";
    const replacing = await startSett({ env: { ...env, SESSION_SECRET: `${next},${secret}` }, addresses });
    expect((await askSession(replacing.url, cookie)).said).toMatchObject({ signedIn: true });
    const replaced = await startSett({ env: { ...env, SESSION_SECRET: next }, addresses });
    const { said, headers } = await askSession(replaced.url, cookie);
    expect(said).toEqual({ signedIn: false });
    // Replicas with other secrets may open it.
    expect(headers.getSetCookie()).toEqual([]);
  });

  it("lasts no longer than it may, however often it is renewed", async () => {
    const own = await startSett({ env: { ...env, SESSION_LIFETIME: "1s" } });
    const cookie = cookieOf(await signInAs(own, "al"), own.url);
    expect((await askSession(own.url, cookie)).said.signedIn).toBe(true);
    await vi.waitFor(async () => {
      expect((await askSession(own.url, cookie)).said).toEqual({ signedIn: false });
    }, 5000);
    expect(await askWithCookie(own.url, cookie)).toMatchObject(nobody);
  });
});

describe("a session that is left", () => {
  it("is over at once, also for whoever has kept its cookie", async () => {
    const cookie = await signedIn("al");
    const left = await signOut(sett.url, cookie);
    expect(left.status).toBe(204);
    expect(left.headers.getSetCookie()).toEqual([
      `${sessionCookie}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`,
    ]);
    sett.upstreamCalls();
    const answer = await askWithCookie(sett.url, cookie);
    expect(answer).toMatchObject(nobody);
    expect(sett.upstreamCalls()).toEqual([]);
    // By the time of such an answer the browser may have another's: it is to forget this one where it asks for it.
    expect(answer.headers.getSetCookie()).toEqual([]);
    const { said, headers } = await askSession(sett.url, cookie);
    expect(said).toEqual({ signedIn: false });
    expect(headers.getSetCookie().join()).toContain("Max-Age=0");
    expect((await signOut(sett.url, cookie)).status).toBe(204);
  });

  it.each<[string, Record<string, string>]>([
    ["another site's page", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
    ["another site's page, as browsers say it", { "sec-fetch-site": "cross-site" }],
  ])("is not left because %s says so", async (_what, said) => {
    const cookie = await signedIn("al");
    expect((await signOut(sett.url, cookie, said)).status).toBe(403);
    expect((await askSession(sett.url, cookie)).said.signedIn).toBe(true);
  });

  it("is left by a button on a page, not by opening an address", async () => {
    const browser = await signInAs(sett, "al");
    const cookie = cookieOf(browser, sett.url);
    const page = await browser.open(`${sett.url}/logout`);
    expect(page.status).toBe(200);
    // Or the browser would not say whose the form is.
    expect(page.headers.get("referrer-policy")).toBe("same-origin");
    expect((await askSession(sett.url, cookie)).said.signedIn).toBe(true);
    const deleted = await fetch(`${sett.url}/logout`, { method: "DELETE", headers: { cookie } });
    expect([deleted.status, deleted.headers.get("allow")]).toEqual([405, "GET, POST"]);
    await browser.press("Sign out");
    expect(browser.cookiesFor(sett.url)).not.toHaveProperty(sessionCookie);
    expect((await askSession(sett.url, cookie)).said).toEqual({ signedIn: false });
  });

  it("shows a page to people and none to programs", async () => {
    const html = { origin: sett.url, accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    const shown = await signOut(sett.url, await signedIn("al"), html);
    expect(shown.status).toBe(200);
    expect(await shown.text()).toContain("You are signed out");
  });

  it("is over when Gitea takes its token no more, and no sooner: not while Gitea is away", async () => {
    const cookie = await signedIn("eve");
    sett.sandbox.gitea.faults.set({ mode: "drop" });
    await vi.waitFor(async () => {
      expect((await askWithCookie(sett.url, cookie)).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    });
    expect((await askSession(sett.url, cookie)).status).toBe(503);
    sett.sandbox.gitea.faults.clear();
    expect((await askSession(sett.url, cookie)).said.signedIn).toBe(true);
    sett.sandbox.gitea.oauth.revokeGrant("customer-eve");
    await vi.waitFor(async () => {
      const { said, headers } = await askSession(sett.url, cookie);
      expect(said).toEqual({ signedIn: false });
      expect(headers.getSetCookie().join()).toContain("Max-Age=0");
    }, 10_000);
  });
});

describe("what goes on", () => {
  const beats = `subscription { projectChanged(producer: "demo", env: "dev") { kind } }`;

  it("is a socket's person who sends a session's cookie, until that is left: then it is closed with 4403", async () => {
    const cookie = await signedIn("al");
    const socket = await openSocket(sett.url, { headers: { cookie, origin: sett.url } });
    await socket.begin();
    socket.say({ id: "1", type: "subscribe", payload: { query: "{ viewer { login } }" } });
    expect(await socket.hear()).toMatchObject({ payload: { data: { viewer: { login: "customer-al" } } } });
    await signOut(sett.url, cookie);
    expect((await socket.closed).code).toBe(4403);
  });

  it("is nobody's socket where the page is another's", async () => {
    const cookie = await signedIn("al");
    const own = await startSett({
      env: { ...env, CORS_ORIGINS: "https://friend.example" },
      addresses: sett.sandbox.addresses,
    });
    const socket = await openSocket(own.url, { headers: { cookie, origin: "https://friend.example" } });
    await socket.begin();
    socket.say({ id: "1", type: "subscribe", payload: { query: "{ viewer { login } }" } });
    const heard = await socket.hear();
    expect(JSON.stringify(heard)).toContain("UNAUTHENTICATED");
  });

  it("stands over the cookie what a socket says when it begins", async () => {
    const cookie = await signedIn("al");
    const socket = await openSocket(sett.url, { headers: { cookie, origin: sett.url } });
    await socket.begin("token zu-token");
    socket.say({ id: "1", type: "subscribe", payload: { query: "{ viewer { login } }" } });
    expect(await socket.hear()).toMatchObject({ payload: { data: { viewer: { login: "customer-zu" } } } });
  });

  it("is a socket's person only where its page takes them for that person", async () => {
    const cookie = await signedIn("al");
    const begin = async (login: unknown) => {
      const socket = await openSocket(sett.url, { headers: { cookie, origin: sett.url } });
      socket.say({ type: "connection_init", payload: { login } });
      return socket;
    };
    for (const login of ["customer-demo", null]) {
      expect((await (await begin(login)).closed).code).toBe(4403);
    }
    const socket = await begin("customer-al");
    expect(await socket.hear()).toMatchObject({ type: "connection_ack" });
    socket.say({ id: "1", type: "subscribe", payload: { query: "{ viewer { login } }" } });
    expect(await socket.hear()).toMatchObject({ payload: { data: { viewer: { login: "customer-al" } } } });
  });

  it("ends a subscription over an event stream with UNAUTHENTICATED when its session is left", async () => {
    const cookie = await signedIn("al");
    const stream = await openEventStream(sett.url, { query: beats }, { cookie, origin: sett.url });
    expect(stream.response.status).toBe(200);
    await sett.subscriptionsRun(1);
    await signOut(sett.url, cookie);
    expect((await stream.event())?.data).toContain("UNAUTHENTICATED");
  });
});

/** Asks with headers that the usual way of asking keeps to itself. */
async function plainly(url: string, path: string, headers: Record<string, string>) {
  return new Promise<{ text: string; setCookie: readonly string[] }>((resolve, reject) => {
    const asking = request(url + path, { headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ text, setCookie: response.headers["set-cookie"] ?? [] }));
    });
    asking.on("error", reject).end();
  });
}
