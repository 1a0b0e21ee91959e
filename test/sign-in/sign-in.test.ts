import { parseSetCookie } from "cookie";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { FormBrowser } from "../support/form.browser.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { askSession, askWithCookie, cookieOf, sessionCookie, signInAs } from "../support/signed-in.ts";

let sett: Sett;
let stop = async () => {};
beforeAll(async () => {
  sett = await startSett({ until: (stopping) => (stop = stopping) });
  return () => stop();
});

const never = () => false;
const outside = (location: string) => !location.startsWith(`${sett.url}/login/callback`);

/** Goes to Gitea and comes back up to the gateway's own address, which is not opened. */
async function comeBackAs(name: string, browser = new FormBrowser(), returnTo = "/session"): Promise<string> {
  await browser.open(`${sett.url}/login?return=${encodeURIComponent(returnTo)}`, outside);
  for (const button of [`Sign in as ${name}`, "Authorize"]) {
    if (browser.page.text.includes(`>${button}</button>`)) await browser.press(button, {}, outside);
  }
  return browser.page.url;
}

const expectPage = (browser: FormBrowser, status: number, words: string) => {
  const { headers, text } = browser.page;
  expect(browser.page.status).toBe(status);
  expect(text).toContain(words);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(browser.cookiesFor(sett.url)).not.toHaveProperty(sessionCookie);
};

describe("signing in with a browser", () => {
  it.each([
    ["al", "customer-al"],
    ["zu", "customer-zu"],
    ["admin", "lbadmin"],
  ])("makes %s somebody whom the graph knows as %s", async (name, login) => {
    const browser = await signInAs(sett, name);
    expect(browser.page.url).toBe(`${sett.url}/session`);
    expect(JSON.parse(browser.page.text)).toMatchObject({ signedIn: true, login });
    const { data, codes } = await askWithCookie(sett.url, cookieOf(browser, sett.url));
    expect(codes).toEqual([]);
    expect(data).toEqual({ viewer: { login } });
  });

  it("keeps what it goes on with in a cookie that scripts, other sites and plain eyes cannot read", async () => {
    const browser = new FormBrowser();
    const address = await comeBackAs("al", browser);
    const cookie = cookieOf(browser, sett.url);
    const response = await fetch(address, { redirect: "manual", headers: { cookie } });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(`${sett.url}/session`);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const lines = response.headers.getSetCookie();
    const line = lines.find((each) => each.startsWith(`${sessionCookie}=`)) ?? "";
    expect(line.length).toBeLessThan(4096);
    const { value = "", ...attributes } = parseSetCookie(line);
    expect(attributes).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/" });
    expect(attributes.maxAge).toBe(30 * 24 * 3600);
    // Five parts, of which the key's is empty: sealed, not only signed.
    expect(value.split(".")).toHaveLength(5);
    const flow = parseSetCookie(lines.find((each) => each.startsWith("sett_login_")) ?? "=");
    expect(flow).toMatchObject({ value: "", maxAge: 0, path: "/" });
  });

  it("tells Gitea nothing but what OAuth2 needs, and puts neither secret nor verifier into an address", async () => {
    const response = await fetch(`${sett.url}/login?return=/board`, { redirect: "manual" });
    const to = new URL(response.headers.get("location") ?? "");
    expect(to.origin).toBe(sett.sandbox.gitea.url);
    expect([...to.searchParams.keys()].sort()).toEqual([
      ...["client_id", "code_challenge", "code_challenge_method", "nonce", "redirect_uri"],
      ...["response_type", "scope", "state"],
    ]);
    expect(to.searchParams.get("code_challenge_method")).toBe("S256");
    expect(to.searchParams.get("redirect_uri")).toBe(`${sett.url}/login/callback`);
    const [flow = ""] = response.headers.getSetCookie();
    expect(parseSetCookie(flow)).toMatchObject({
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      maxAge: 600,
    });
  });

  it("leads two tabs of one browser that sign in side by side each to where it was going", async () => {
    const browser = new FormBrowser();
    const [first, second] = [
      (await browser.open(`${sett.url}/login?return=/session?first`, never)).url,
      (await browser.open(`${sett.url}/login?return=/session?second`, never)).url,
    ];
    await browser.open(second);
    await browser.press("Sign in as al");
    expect(browser.page.url).toBe(`${sett.url}/session?second`);
    expect((await browser.open(first)).url).toBe(`${sett.url}/session?first`);
    expect(JSON.parse(browser.page.text)).toMatchObject({ signedIn: true, login: "customer-al" });
  });

  it("keeps no more than five of them waiting in a browser", async () => {
    const browser = new FormBrowser();
    for (let tab = 0; tab < 8; tab += 1) await browser.open(`${sett.url}/login`, never);
    const names = Object.keys(browser.cookiesFor(sett.url)).filter((name) => name.startsWith("sett_login_"));
    expect(names).toHaveLength(5);
  });

  it.each([
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/.//evil.example", "/"],
    ["/a/..//evil.example", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/\r\nset-cookie: a=b", "/"],
    ["", "/"],
    [`/${"a".repeat(2000)}`, "/"],
    ["/login?return=/login", "/"],
    ["/logout", "/"],
    ["/%2f%2fevil.example", "/%2f%2fevil.example"],
    ["/board?project=demo#pods", "/board?project=demo#pods"],
  ])("returns from %j to %s of this server and nowhere else", async (asked, returnsTo) => {
    const browser = new FormBrowser();
    const address = await comeBackAs("eve", browser, asked);
    const page = await browser.open(address, never);
    expect(page.url).toBe(`${sett.url}${returnsTo}`);
  });

  it("keeps to TLS where people reach the gateway by that, whatever the address is it is asked at", async () => {
    const home = "https://sett.example";
    const { oauth } = sett.sandbox.gitea;
    const redirectUris = [`${home}/login/callback`];
    const { clientId, clientSecret } = oauth.addApplication({ name: "sett", redirectUris });
    const addresses = {
      ...sett.sandbox.addresses,
      oauth: { issuer: sett.sandbox.gitea.url, clientId, clientSecret },
    };
    const own = await startSett({ env: { PUBLIC_URL: home }, addresses });
    const sent = await fetch(`${own.url}/login?return=/board`, { redirect: "manual" });
    const [flow = ""] = sent.headers.getSetCookie();
    // By this name and path no sibling of the site can have begun somebody else's sign-in in this browser.
    expect(flow).toMatch(/^__Host-sett_login_.*; Path=\/; HttpOnly; Secure/);
    expect(flow).not.toContain("Domain");
    const browser = new FormBrowser();
    const away = (location: string) => !location.startsWith(home);
    await browser.open(sent.headers.get("location") ?? "", away);
    await browser.press("Sign in as al", {}, away);
    await browser.press("Authorize", {}, away);
    const cookie = flow.split(";")[0] ?? "";
    const back = await fetch(browser.page.url.replace(home, own.url), {
      redirect: "manual",
      headers: { cookie },
    });
    expect(back.headers.get("location")).toBe(`${home}/board`);
    const line = back.headers.getSetCookie().find((each) => each.includes("sett_session=")) ?? "";
    expect(line).toMatch(/^__Host-sett_session=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    const session = line.split(";")[0] ?? "";
    expect((await askSession(own.url, session, { origin: home })).said.signedIn).toBe(true);
    expect((await askSession(own.url, session, { origin: own.url })).said.signedIn).toBe(false);
    const socket = await openSocket(own.url, { headers: { cookie: session, origin: home } });
    await socket.begin();
    socket.say({ id: "1", type: "subscribe", payload: { query: "{ viewer { login } }" } });
    expect(await socket.hear()).toMatchObject({ payload: { data: { viewer: { login: "customer-al" } } } });
    // What plain HTTP or another host of the site may have set is not looked at.
    const plain = session.replace("__Host-", "");
    expect((await askSession(own.url, plain, { origin: home })).said.signedIn).toBe(false);
  });

  it("ends the session that the browser had before, and never goes on with its id", async () => {
    const browser = await signInAs(sett, "al");
    const before = cookieOf(browser, sett.url);
    await signInAs(sett, "al", browser);
    const after = cookieOf(browser, sett.url);
    expect(after).not.toBe(before);
    expect((await askWithCookie(sett.url, before)).codes).toEqual(["UNAUTHENTICATED"]);
    expect((await askWithCookie(sett.url, after)).codes).toEqual([]);
  });
});

describe("a sign-in that comes to nothing", () => {
  it("says so when the person does not let the gateway act for them", async () => {
    const browser = new FormBrowser();
    sett.sandbox.gitea.oauth.revokeGrant("customer-demo");
    await browser.open(`${sett.url}/login`);
    await browser.press("Sign in as demo");
    await browser.press("Cancel");
    expectPage(browser, 403, "You are not signed in");
  });

  it.each([
    ["another state", (address: string) => address.replace(/state=[^&]+/, "state=made-up")],
    ["no state", (address: string) => address.replace(/&?state=[^&]+/, "")],
    ["a state that begins alike", (address: string) => address.replace(/(state=.{16})[^&]+/, "$1x")],
  ])("refuses who comes back with %s, and asks Gitea nothing", async (_what, change) => {
    const browser = new FormBrowser();
    const address = await comeBackAs("al", browser);
    sett.upstreamCalls();
    await browser.open(change(address));
    expectPage(browser, 400, "not known here");
    expect(sett.upstreamCalls()).toEqual([]);
  });

  it("refuses what another browser has begun", async () => {
    const address = await comeBackAs("al");
    const victim = new FormBrowser();
    await victim.open(address);
    expectPage(victim, 400, "not known here");
  });

  it("refuses an address that was used before, and a code that was", async () => {
    const browser = new FormBrowser();
    const address = await comeBackAs("al", browser);
    const underway = cookieOf(browser, sett.url);
    await browser.open(address);
    const again = await fetch(address, { redirect: "manual" });
    expect(again.status).toBe(400);
    const replayed = await fetch(address, { redirect: "manual", headers: { cookie: underway } });
    expect(replayed.status).toBe(400);
    expect(await replayed.text()).toContain("Signing in did not work");
    expect(replayed.headers.getSetCookie().join()).not.toContain(sessionCookie);
  });

  it("refuses a code that was not asked for with this browser's own secret", async () => {
    const [thief, victim] = [new FormBrowser(), new FormBrowser()];
    const code = new URL(await comeBackAs("zu", thief)).searchParams.get("code") ?? "";
    const address = new URL(await comeBackAs("al", victim));
    address.searchParams.set("code", code);
    await victim.open(address.href);
    expectPage(victim, 400, "Signing in did not work");
  });

  it.each([
    ["is switched off", { active: false }],
    ["may not sign in", { prohibitLogin: true }],
    ["has to choose a password first", { mustChangePassword: true }],
  ])("lets nobody in whose account %s by now, and says that it knows them", async (_what, change) => {
    const browser = new FormBrowser();
    const address = await comeBackAs("zu", browser);
    const zu = sett.sandbox.gitea.platform.user("customer-zu");
    const before = { ...zu };
    onTestFinished(() => void Object.assign(zu, before));
    Object.assign(zu, change);
    await browser.open(address);
    expectPage(browser, 403, "may not sign in");
  });

  it("says that Gitea does not answer, at either end of the way, and lets nobody in", async () => {
    const { faults } = sett.sandbox.gitea;
    onTestFinished(() => faults.clear());
    const browser = new FormBrowser();
    const address = await comeBackAs("al", browser);
    faults.set({ mode: "drop" });
    await browser.open(address);
    expectPage(browser, 503, "does not answer");
    expect(browser.page.text).not.toContain("ECONN");
    faults.clear();
    faults.set(
      { mode: "answer", status: 502, body: "<h1>bad gateway of nginx</h1>" },
      { path: /access_token/ },
    );
    const other = new FormBrowser();
    await other.open(await comeBackAs("al", other));
    expectPage(other, 503, "does not answer");
    expect(other.page.text).not.toContain("nginx");
  });

  it.each([429, 403, 404, 408])(
    "says so too where a proxy on the way answers %i in Gitea's place",
    async (status) => {
      const { faults } = sett.sandbox.gitea;
      onTestFinished(() => faults.clear());
      const browser = new FormBrowser();
      const address = await comeBackAs("al", browser);
      const headers = { "content-type": "application/json" };
      faults.set({ mode: "answer", status, headers, body: `{"error":"no"}` }, { path: /access_token/ });
      await browser.open(address);
      expectPage(browser, 503, "does not answer");
    },
  );

  it("says when to come again where Gitea has too much to do to say who signs in", async () => {
    const { faults } = sett.sandbox.gitea;
    onTestFinished(() => faults.clear());
    const browser = new FormBrowser();
    const address = await comeBackAs("al", browser);
    faults.set({ mode: "answer", status: 429, headers: { "retry-after": "7" } }, { path: /api\/v1\/user$/ });
    await browser.open(address);
    expectPage(browser, 503, "does not answer");
    expect(browser.page.headers.get("retry-after")).toBe("7");
  });

  it("works once Gitea is there that was away when the gateway started", async () => {
    const own = await startSett({
      prepare: ({ gitea }) => gitea.faults.set({ mode: "answer", status: 503 }, { path: /well-known/ }),
    });
    const browser = new FormBrowser();
    expect((await browser.open(`${own.url}/login`)).status).toBe(503);
    own.sandbox.gitea.faults.clear();
    await signInAs(own, "al", browser);
    expect(JSON.parse(browser.page.text)).toMatchObject({ signedIn: true });
  });

  it("leaves no token, code or secret in the log", async () => {
    const browser = new FormBrowser();
    const address = await comeBackAs("al", browser);
    await browser.open(address);
    await browser.open(address.replace(/code=[^&]+/, "code=gta_made_up"));
    const code = new URL(address).searchParams.get("code") ?? "nothing";
    const log = sett.log.text.join("\n");
    expect(log).toContain("signed in");
    expect(log).toContain("customer-al");
    for (const secret of [code, "gta_made_up", "eyJ"]) expect(log).not.toContain(secret);
  });

  it("takes no other method than GET, and no more than it is to take in a minute", async () => {
    for (const path of ["/login", "/login/callback"]) {
      const response = await fetch(`${sett.url}${path}`, { method: "POST" });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
    }
    const own = await startSett({ env: { SIGN_INS_PER_MINUTE: "2" } });
    const statuses = [];
    for (let time = 0; time < 3; time += 1) {
      statuses.push((await fetch(`${own.url}/login`, { redirect: "manual" })).status);
    }
    expect(statuses).toEqual([303, 303, 429]);
  });

  it("is nowhere where no client of Gitea's is configured", async () => {
    const own = await startSett({ addresses: { oauth: undefined } });
    for (const path of ["/login", "/login/callback", "/session", "/logout"]) {
      expect((await fetch(`${own.url}${path}`)).status).toBe(404);
    }
    expect((await askSession(own.url, "sett_session=a")).status).toBe(404);
  });
});
