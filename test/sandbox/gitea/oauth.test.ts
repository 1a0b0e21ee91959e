import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startGitea, type GiteaSandbox } from "../../../src/sandbox/gitea/gitea.server.ts";
import type { Application } from "../../../src/sandbox/gitea/oauth/application.store.ts";
import { defaultOauthSettings } from "../../../src/sandbox/gitea/oauth/oauth.settings.ts";
import { FormBrowser } from "../../support/form.browser.ts";

const callback = "http://127.0.0.1:1/login/callback";
const allScopes = "openid profile email";
const prohibited = "This account is prohibited from signing in, please contact your site administrator.";

let gitea: GiteaSandbox;
let application: Application;
let ahead = 0;
let browser: FormBrowser;

beforeAll(async () => {
  gitea = await startGitea({ clock: () => new Date(Date.now() + ahead) });
});

afterAll(async () => {
  await gitea.stop();
});

beforeEach(() => {
  ahead = 0;
  const { platform, oauth } = gitea;
  for (const name of ["al", "zu"]) {
    const login = `customer-${name}`;
    if (platform.logins().includes(login)) platform.removeUser(login);
    platform.addUser({ login, email: `${name}@customer.example`, password: "secret" });
  }
  oauth.letIn([{ name: "al", login: "customer-al", about: "a writer" }]);
  Object.assign(oauth.settings, defaultOauthSettings);
  application = oauth.addApplication({ name: "Sett", redirectUris: [callback] });
  browser = new FormBrowser();
});

const configured = (of = application): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(gitea.url), of.clientId, of.clientSecret, undefined, {
    // Deprecated only so that nobody overlooks it; a sandbox has no TLS.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    execute: [oidc.allowInsecureRequests],
  });

const notBack = (location: string): boolean => !location.startsWith(callback);

/** Where an application sends somebody. */
const authorizeAt = (parameters: Record<string, string> = {}): string => {
  const query = {
    client_id: application.clientId,
    redirect_uri: callback,
    response_type: "code",
    scope: allScopes,
    state: "s1",
    ...parameters,
  };
  return `${gitea.url}/login/oauth/authorize?${new URLSearchParams(query).toString()}`;
};

/** Goes through the pages as al and returns where they lead back to. */
async function consent(address: string): Promise<URL> {
  await browser.open(address, notBack);
  await browser.press("Sign in as al", {}, notBack);
  await browser.press("Authorize", {}, notBack);
  return backAt();
}

const backAt = (): URL => new URL(browser.page.headers.get("location") ?? "");

/** Signs al in as an application does, with everything that can be checked. */
async function signIn(scope = allScopes) {
  const config = await configured();
  const verifier = oidc.randomPKCECodeVerifier();
  const nonce = oidc.randomNonce();
  const parameters = {
    redirect_uri: callback,
    scope,
    state: "s1",
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  };
  const back = await consent(oidc.buildAuthorizationUrl(config, parameters).href);
  const checks = { pkceCodeVerifier: verifier, expectedState: "s1", expectedNonce: nonce };
  return { config, tokens: await oidc.authorizationCodeGrant(config, back, checks) };
}

const userOf = async (token: string, scheme = "Bearer") => {
  const response = await fetch(`${gitea.url}/api/v1/user`, {
    headers: { Authorization: `${scheme} ${token}` },
  });
  return { status: response.status, body: await response.json() };
};

const post = async (path: string, body: Record<string, string>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${gitea.url}/login/oauth/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : text };
};

const basic = (pair: string) => ({ Authorization: `Basic ${Buffer.from(pair).toString("base64")}` });

const exchange = (code: string | null, more: Record<string, string> = {}) =>
  post("access_token", {
    client_id: application.clientId,
    client_secret: application.clientSecret,
    grant_type: "authorization_code",
    code: code ?? "",
    redirect_uri: callback,
    ...more,
  });

const refused = (error: string, error_description: string) => ({
  status: 400,
  body: { error, error_description },
});

describe("the way in", () => {
  test("a client that checks everything signs al in, and the tokens are al's", async () => {
    const { config, tokens } = await signIn();
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600 });
    expect(tokens.claims()).toMatchObject({
      iss: `${gitea.url}/`,
      aud: [application.clientId],
      preferred_username: "customer-al",
      email: "al@customer.example",
      email_verified: true,
    });
    expect(await userOf(tokens.access_token)).toMatchObject({ status: 200, body: { login: "customer-al" } });
    expect(await userOf(tokens.access_token, "token")).toMatchObject({ status: 200 });
    const subject = tokens.claims()?.sub ?? "";
    expect(await oidc.fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({
      preferred_username: "customer-al",
    });
    const introspect = (token: string, secret = application.clientSecret) =>
      post("introspect", { token }, basic(`${application.clientId}:${secret}`));
    expect(await introspect(tokens.access_token)).toEqual({
      status: 200,
      body: {
        active: true,
        scope: allScopes,
        iss: `${gitea.url}/`,
        sub: subject,
        aud: [application.clientId],
      },
    });
    // Gitea takes the token for the caller's own.
    expect(await introspect("nosuch")).toEqual({ status: 401, body: "Verify\n" });
    expect(await introspect(tokens.access_token, "wrong")).toEqual({
      status: 401,
      body: "no valid authorization",
    });
  });

  test("an access token says nothing of its owner, and is signed with the published key", async () => {
    const { tokens } = await signIn();
    const token = tokens.access_token;
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: "RS256", typ: "JWT" });
    expect(Object.keys(decodeJwt(token)).sort()).toEqual(["exp", "gnt", "iat", "tt"]);
    const keys = createRemoteJWKSet(new URL(`${gitea.url}/login/oauth/keys`));
    await jwtVerify(token, keys, { algorithms: ["RS256"] });
    await expect(jwtVerify(`${token.slice(0, -8)}AAAAAAAA`, keys)).rejects.toThrow("signature");
    expect(await userOf(`${token}x`)).toMatchObject({ status: 401 });
    expect(await userOf(tokens.refresh_token ?? "")).toMatchObject({ status: 401 });
  });

  test("the discovery document is the recorded one, which has nowhere to give a token back", async () => {
    const response = await fetch(`${gitea.url}/.well-known/openid-configuration`);
    expect(response.headers.get("content-type")).toBe("application/json");
    const document = (await response.json()) as Record<string, unknown>;
    expect(document).toMatchObject({
      issuer: `${gitea.url}/`,
      token_endpoint: `${gitea.url}/login/oauth/access_token`,
      jwks_uri: `${gitea.url}/login/oauth/keys`,
      code_challenge_methods_supported: ["plain", "S256"],
    });
    expect(document).not.toHaveProperty("revocation_endpoint");
  });

  test("whoever has consented once is sent straight back, until it is revoked", async () => {
    await consent(authorizeAt());
    await browser.open(authorizeAt({ state: "s2" }), notBack);
    expect(backAt().searchParams.get("state")).toBe("s2");
    expect((await exchange(backAt().searchParams.get("code"))).status).toBe(200);
    gitea.oauth.revokeGrant("customer-al");
    await browser.open(authorizeAt(), notBack);
    expect(browser.page).toMatchObject({
      status: 200,
      text: expect.stringContaining("Authorize") as unknown,
    });
  });

  test("cancel leads back without a code", async () => {
    await browser.open(authorizeAt());
    await browser.press("Sign in as al");
    await browser.press("Cancel", {}, notBack);
    expect(Object.fromEntries(backAt().searchParams)).toEqual({
      error: "access_denied",
      error_description: "the request is denied",
      state: "s1",
    });
  });

  test("two windows of one browser that wait for consent do not disturb each other", async () => {
    await browser.open(authorizeAt({ state: "first" }));
    await browser.press("Sign in as al");
    const first = browser.page.text;
    await browser.open(authorizeAt({ state: "second" }));
    expect(first).toContain('value="first"');
    await browser.press("Authorize", {}, notBack);
    expect(backAt().searchParams.get("state")).toBe("second");
  });
});

describe("who may not", () => {
  test("a wrong password, and a button for somebody who has none, sign nobody in", async () => {
    const typed = (password: string) => ({ user_name: "customer-zu", password });
    await browser.open(authorizeAt());
    await browser.press("Sign in", typed("wrong"));
    expect(browser.page.text).toContain("Username or password is incorrect.");
    await browser.press("Sign in as al", { person: "customer-zu" });
    expect(browser.page.text).toContain("Username or password is incorrect.");
    await browser.press("Sign in", typed("secret"));
    expect(browser.page.text).toContain("<strong>customer-zu</strong>");
  });

  test("an account that is locked is not signed in, and one that is locked later gets no further", async () => {
    const al = gitea.platform.user("customer-al");
    al.prohibitLogin = true;
    await browser.open(authorizeAt());
    await browser.press("Sign in as al");
    expect(browser.page.text).toContain(prohibited);
    al.prohibitLogin = false;
    await browser.open(authorizeAt());
    await browser.press("Sign in as al");
    al.active = false;
    await browser.press("Authorize", {}, notBack);
    expect(browser.page).toMatchObject({ status: 200, text: expect.stringContaining(prohibited) as unknown });
  });

  test("a form that is not the page's own is refused, and changes nothing", async () => {
    await browser.open(authorizeAt());
    await browser.press("Sign in as al", { _csrf: "guessed" });
    expect(browser.page).toMatchObject({ status: 400, text: "Invalid CSRF token.\n" });
    await browser.open(authorizeAt());
    await browser.press("Sign in as al");
    await browser.press("Authorize", { redirect_uri: "http://evil.example/" });
    expect(browser.page).toMatchObject({ status: 400, text: "Bad Request\n" });
  });

  test("nobody is sent to an address that is not registered, nor for an application that is not there", async () => {
    await browser.open(authorizeAt());
    await browser.press("Sign in as al");
    for (const wrong of [
      { redirect_uri: "http://evil.example/" },
      { redirect_uri: `${callback}/more` },
      { redirect_uri: "http://127.0.0.1:2/login/callback" },
      { client_id: "nosuch" },
    ]) {
      await browser.open(authorizeAt(wrong));
      expect(browser.page.status).toBe(400);
      expect(browser.page.text).toMatch(/Unregistered Redirect URI|Client ID not registered/);
    }
    await browser.open(authorizeAt({ response_type: "token" }), notBack);
    expect(backAt().href).toBe(
      `${callback}?error=unsupported_response_type&error_description=Only+code+response+type+is+supported.&state=s1`,
    );
  });

  test("what a page shows of an address is text", async () => {
    const sly = '"><script>alert(1)</script>';
    application = gitea.oauth.addApplication({ name: sly, redirectUris: [callback] });
    await browser.open(authorizeAt({ state: sly }));
    await browser.press("Sign in as al");
    expect(browser.page.text).not.toContain("<script>");
    await browser.press("Authorize", {}, notBack);
    expect(backAt().searchParams.get("state")).toBe(sly);
  });

  test("a client that keeps no secret may return to any port of this machine, and has to prove who began", async () => {
    const registered = { name: "cli", redirectUris: ["http://127.0.0.1/"], isConfidential: false };
    application = gitea.oauth.addApplication(registered);
    const own = { redirect_uri: "http://127.0.0.1:5555/" };
    await browser.open(authorizeAt());
    await browser.press("Sign in as al");
    await browser.open(authorizeAt(own), (to) => to.startsWith(gitea.url));
    expect(backAt().searchParams.get("error_description")).toBe("PKCE is required for public clients");
    const challenge = { code_challenge: "verifier", code_challenge_method: "plain" };
    await browser.open(authorizeAt({ ...own, ...challenge }));
    expect(browser.page.text).toContain("Authorize");
    await browser.open(authorizeAt({ ...challenge, redirect_uri: "http://example.com:5555/" }));
    expect(browser.page.status).toBe(400);
  });
});

describe("an application", () => {
  const at = "/api/v1/user/applications/oauth2";
  const as = (login: string, method: string, path: string, body?: unknown) =>
    fetch(`${gitea.url}${path}`, {
      method,
      headers: { ...basic(`${login}:secret`), "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  test("is registered by anybody, shows its secret once, and works until its owner takes it away", async () => {
    const wanted = { name: "mine", redirect_uris: [callback], confidential_client: true };
    const made = (await (await as("customer-zu", "POST", at, wanted)).json()) as Record<string, unknown>;
    expect(made).toMatchObject({ name: "mine", client_secret: expect.stringMatching(/^gto_/) as unknown });
    const id = String(made["id"]);
    const read = await (await as("customer-al", "GET", `${at}/${id}`)).json();
    expect(read).toEqual({ ...made, client_secret: "" });

    application = {
      ...application,
      clientId: String(made["client_id"]),
      clientSecret: String(made["client_secret"]),
    };
    const code = (await consent(authorizeAt())).searchParams.get("code");
    const { access_token } = (await exchange(code)).body as { access_token: string };
    expect((await as("customer-al", "DELETE", `${at}/${id}`)).status).toBe(404);
    expect((await userOf(access_token)).status).toBe(200);
    expect((await as("customer-zu", "DELETE", `${at}/${id}`)).status).toBe(204);
    expect((await userOf(access_token)).status).toBe(401);
  });

  test("without a name or an address is refused", async () => {
    for (const wrong of [
      { redirect_uris: [callback] },
      { name: "mine" },
      { name: "mine", redirect_uris: [] },
    ]) {
      expect((await as("customer-zu", "POST", at, wrong)).status).toBe(422);
    }
  });
});

describe("tokens for a code", () => {
  test("a code is good once, and only for the application and address that asked", async () => {
    const code = (await consent(authorizeAt())).searchParams.get("code");
    const other = gitea.oauth.addApplication({ name: "other", redirectUris: [callback] });
    const { clientId: client_id, clientSecret: client_secret } = other;
    expect(await exchange(code, { client_id, client_secret })).toEqual(
      refused("invalid_grant", "invalid grant"),
    );
    expect(await exchange(code, { redirect_uri: "http://evil.example/" })).toEqual(
      refused("unauthorized_client", "unexpected redirect URI"),
    );
    expect(await exchange(code, { redirect_uri: "" })).toMatchObject({ body: { error: "invalid_grant" } });
    expect((await exchange(code)).status).toBe(200);
    const unknown = refused("unauthorized_client", "client is not authorized");
    expect(await exchange(code)).toEqual(unknown);
    expect(await exchange("nosuch")).toEqual(unknown);
  });

  test("the application has to show its secret, in the body or in the header", async () => {
    const code = (await consent(authorizeAt())).searchParams.get("code");
    expect(await exchange(code, { client_secret: "wrong" })).toEqual(
      refused("unauthorized_client", "invalid client secret"),
    );
    const body = { grant_type: "authorization_code", code: code ?? "", redirect_uri: callback };
    expect(await post("access_token", body, basic(`${application.clientId}:wrong`))).toMatchObject({
      status: 400,
    });
    expect(await post("access_token", { ...body, client_id: "other" }, basic("one:secret"))).toEqual(
      refused("invalid_request", "client_id in request body inconsistent with Authorization header"),
    );
    const shown = basic(`${application.clientId}:${application.clientSecret}`);
    expect((await post("access_token", body, shown)).status).toBe(200);
    expect(await exchange(null, { grant_type: "password" })).toEqual(
      refused("unsupported_grant_type", "Only refresh_token or authorization_code grant type is supported"),
    );
  });

  test("the verifier has to fit, unless the page of consent has lost the challenge as the recorded one does", async () => {
    const challenge = {
      code_challenge: await oidc.calculatePKCECodeChallenge("v1"),
      code_challenge_method: "S256",
    };
    const code = (await consent(authorizeAt(challenge))).searchParams.get("code");
    expect(await exchange(code, { code_verifier: "wrong" })).toEqual(
      refused("unauthorized_client", "failed PKCE code challenge"),
    );
    expect((await exchange(code, { code_verifier: "v1" })).status).toBe(200);
    gitea.oauth.revokeGrant("customer-al");
    gitea.oauth.settings.forgetsChallenge = true;
    await browser.open(authorizeAt(challenge));
    await browser.press("Authorize", {}, notBack);
    expect((await exchange(backAt().searchParams.get("code"), { code_verifier: "wrong" })).status).toBe(200);
  });

  test("a code is forgotten after its time", async () => {
    const code = (await consent(authorizeAt())).searchParams.get("code");
    ahead = 600_000;
    expect(await exchange(code)).toEqual(refused("invalid_grant", "authorization code expired"));
  });

  test("scopes of the API limit a token; without any it may do everything", async () => {
    const { tokens } = await signIn("openid read:repository");
    expect(await userOf(tokens.access_token)).toMatchObject({
      status: 403,
      body: { message: "token does not have at least one of required scope(s): [read:user]" },
    });
    const unlimited = await exchange((await again("openid")).searchParams.get("code"));
    const { access_token } = unlimited.body as { access_token: string };
    expect(await userOf(access_token)).toMatchObject({ status: 200 });
  });
});

describe("what ends", () => {
  test("an access token ends with its time, and a refresh token gives another as often as it is asked", async () => {
    gitea.oauth.settings.accessTokenSeconds = 60;
    const { config, tokens } = await signIn();
    expect(tokens.expires_in).toBe(60);
    const later = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "");
    ahead = 61_000;
    expect(await userOf(tokens.access_token)).toMatchObject({ status: 401 });
    const anew = await exchange(null, {
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token ?? "",
    });
    expect(await userOf((anew.body as { access_token: string }).access_token)).toMatchObject({ status: 200 });
    expect(later.refresh_token).toBeDefined();
  });

  test("where refresh tokens are good for one refresh, a second is refused", async () => {
    gitea.oauth.settings.invalidatesRefreshTokens = true;
    const { config, tokens } = await signIn();
    const next = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? "");
    const refresh = (refresh_token = "") => exchange(null, { grant_type: "refresh_token", refresh_token });
    expect(await refresh(tokens.refresh_token)).toEqual(
      refused("unauthorized_client", "token was already used"),
    );
    expect((await refresh(next.refresh_token)).status).toBe(200);
    expect(await refresh("nosuch")).toEqual(refused("unauthorized_client", "unable to parse refresh token"));
    ahead = 731 * 3_600_000;
    expect(await refresh(next.refresh_token)).toMatchObject({ status: 400 });
  });

  test.each([
    ["revoked by who gave it", () => gitea.oauth.revokeGrant("customer-al"), "invalid_grant"],
    ["of an application that has gone", () => gitea.oauth.removeApplication(application), "invalid_client"],
    ["of an account that has gone", () => gitea.platform.removeUser("customer-al"), "invalid_grant"],
  ])("tokens %s die at once, and are not given anew", async (_, end, error) => {
    const { tokens } = await signIn();
    end();
    expect(await userOf(tokens.access_token)).toMatchObject({ status: 401 });
    const refresh_token = tokens.refresh_token ?? "";
    expect(await exchange(null, { grant_type: "refresh_token", refresh_token })).toMatchObject({
      status: 400,
      body: { error },
    });
  });

  test("whoever signs out, or is signed out, has to sign in again", async () => {
    await consent(authorizeAt());
    await browser.open(gitea.url);
    expect(browser.page.text).toContain("<strong>customer-al</strong>");
    await browser.press("Sign out");
    expect(browser.page.url).toBe(`${gitea.url}/user/login`);
    await browser.press("Sign in as al");
    gitea.oauth.signOut("customer-al");
    await browser.open(authorizeAt());
    expect(browser.page.url).toBe(`${gitea.url}/user/login`);
  });
});

/** Goes there once more, as who has signed in and consented before. */
async function again(scope: string): Promise<URL> {
  await browser.open(authorizeAt({ scope }), notBack);
  return backAt();
}
