import { createHmac, generateKeyPairSync } from "node:crypto";
import { exportSPKI, importJWK, SignJWT, type CryptoKey, type JWTPayload } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ServerViewerDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const stops: (() => Promise<void>)[] = [];
let sett: Sett;
beforeAll(async () => {
  sett = await startSett({ until: (stop) => stops.push(stop) });
  sett.sandbox.oidc.rotateKeys({ algorithm: "RS256" });
});
beforeEach(() => void sett.upstreamCalls());
afterAll(async () => {
  for (const stop of stops) await stop();
});

const now = () => Math.floor(Date.now() / 1000);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as JWTPayload;

/** The key that the issuer publishes, and what a token of demo's says. */
async function published() {
  const { keys } = await sett.sandbox.oidc.publishedKeys();
  const [jwk] = keys;
  if (!jwk) throw new Error("an issuer publishes a key");
  return { jwk, kid: jwk.kid ?? "", claims: claimsOf(await sett.sandbox.oidc.idToken("demo")) };
}

async function shown(token: string) {
  const { data, errors, codes } = await sett.showing(`Bearer ${token}`).ask(ServerViewerDocument);
  return { login: data?.viewer?.login, codes, message: errors[0]?.message };
}

/** Refused, and Gitea heard of nothing. */
async function expectRefused(token: string, message: RegExp) {
  expect(await shown(token)).toEqual({
    login: undefined,
    codes: ["UNAUTHENTICATED"],
    message: expect.stringMatching(message) as unknown,
  });
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("issuer"))).toEqual([]);
}

test.each<[string, () => Record<string, unknown>, RegExp]>([
  ["has expired", () => ({ exp: now() - 60 }), /has expired/],
  ["is not valid yet", () => ({ nbf: now() + 90 }), /not valid yet/],
  ["will have been made", () => ({ iat: now() + 90 }), /not valid yet/],
  ["is for another audience", () => ({ aud: "canvas" }), /another audience/],
  ["is for several others", () => ({ aud: ["canvas", "other"] }), /another audience/],
  ["is for nobody", () => ({ aud: undefined }), /another audience|lacks/],
  ["was given to another client", () => ({ aud: ["sett", "other"], azp: "other" }), /another client/],
  ["says nothing of when it expires", () => ({ exp: undefined }), /lacks/],
  ["says nothing of when it was made", () => ({ iat: undefined }), /lacks|not valid/],
  ["says nothing of whose it is", () => ({ sub: undefined }), /lacks/],
  ["expires at no time", () => ({ exp: "tomorrow" }), /lacks|none/],
])("a token that %s is refused, with a word of why", async (_what, claims, message) => {
  await expectRefused(await sett.sandbox.oidc.idToken("demo", { claims: claims() }), message);
});

test.each<[string, () => Record<string, unknown>]>([
  ["expired", () => ({ exp: now() - 15 })],
  ["becomes valid", () => ({ nbf: now() + 15 })],
  ["is made", () => ({ iat: now() + 15 })],
])("a token that %s within the skew of clocks counts", async (_what, claims) => {
  expect(await shown(await sett.sandbox.oidc.idToken("demo", { claims: claims() }))).toMatchObject({
    login: "customer-demo",
  });
});

test("a token of another issuer is left to Gitea, which does not know it either", async () => {
  const token = await sett.sandbox.oidc.idToken("demo", { claims: { iss: "https://elsewhere.example" } });
  expect((await shown(token)).codes).toEqual(["UNAUTHENTICATED"]);
  expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/user"]);
});

test.each<[string, (token: string) => string]>([
  ["behind another word", (token) => `token ${token}`],
  ["behind a made-up word", (token) => `Id-Token ${token}`],
  ["with something after it", (token) => `Bearer ${token}.more`],
  ["with signs that it cannot have", (token) => `Bearer ${token}=`],
])("a token of the issuer's that is shown %s is refused, and never shown to Gitea", async (_what, show) => {
  const { codes } = await sett
    .showing(show(await sett.sandbox.oidc.idToken("demo")))
    .ask(ServerViewerDocument);
  expect(codes).toEqual(["UNAUTHENTICATED"]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("an unsigned token is refused", async () => {
  const { claims, kid } = await published();
  for (const alg of ["none", "None", "NONE"]) {
    await expectRefused(`${base64({ alg, kid, typ: "JWT" })}.${base64(claims)}.`, /none that is taken/);
  }
});

test("a token that is signed with the published key as a secret is refused", async () => {
  const { jwk, claims, kid } = await published();
  const pem = await exportSPKI((await importJWK(jwk, "RS256", { extractable: true })) as CryptoKey);
  const unsigned = `${base64({ alg: "HS256", kid, typ: "JWT" })}.${base64(claims)}`;
  for (const secret of [pem, pem.trim(), JSON.stringify(jwk)]) {
    const signature = createHmac("sha256", secret).update(unsigned).digest("base64url");
    await expectRefused(`${unsigned}.${signature}`, /none that is taken/);
  }
});

test("a token that somebody else signs by the same key's name, or with a key that it brings along, is refused", async () => {
  const { claims, kid } = await published();
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = publicKey.export({ format: "jwk" }) as Record<string, string>;
  const sign = (header: object) =>
    new SignJWT(claims).setProtectedHeader({ alg: "RS256", ...header }).sign(privateKey);
  await expectRefused(await sign({ kid }), /signature does not hold/);
  await expectRefused(
    await sign({ kid, jwk, jku: `${sett.sandbox.gitea.url}/keys` }),
    /signature does not hold/,
  );
});

test("a token that was changed on the way is refused", async () => {
  const [header, , signature] = (await sett.sandbox.oidc.idToken("demo")).split(".");
  const claims = { ...(await published()).claims, preferred_username: "lbadmin" };
  await expectRefused(`${header}.${base64(claims)}.${signature}`, /signature does not hold/);
});

test.each(["at+jwt", "logout+jwt", "dpop+jwt"])("a token of another kind is refused: %s", async (typ) => {
  await expectRefused(await sett.sandbox.oidc.idToken("demo", { header: { typ } }), /no identity token/);
});

test("a token that asks for what is not known of how it is signed is refused", async () => {
  const { claims, kid } = await published();
  const header = base64({ alg: "RS256", kid, crit: ["extra"], extra: true });
  await expectRefused(`${header}.${base64(claims)}.AAAA`, /none that is taken/);
});

test("a token of any length is refused rather than looked into", async () => {
  const huge = await sett.sandbox.oidc.idToken("demo", { claims: { groups: "g".repeat(9000) } });
  const { codes } = await shown(huge);
  expect(codes).toEqual(["UNAUTHENTICATED"]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("no identity token is ever logged, whether it holds or not and whatever breaks", async () => {
  const own = await startSett({ env: { LOG_LEVEL: "trace" } });
  const { oidc } = own.sandbox;
  const good = await oidc.idToken("demo");
  const tokens = [good, `${good}x`, await oidc.idToken("demo", { claims: { exp: 1 } })];
  for (const token of tokens) await own.showing(`Bearer ${token}`).ask(ServerViewerDocument);
  oidc.rotateKeys();
  oidc.faults.set({ mode: "drop" });
  tokens.push(await oidc.idToken("demo"));
  await own.showing(`Bearer ${tokens.at(-1)}`).ask(ServerViewerDocument);
  const logged = JSON.stringify(own.log.entries);
  expect(logged).toContain("UPSTREAM_UNAVAILABLE");
  for (const part of tokens.flatMap((token) => token.split("."))) expect(logged).not.toContain(part);
});

test("made-up names of keys make the issuer be asked a few times, however many there are", async () => {
  const own = await startSett();
  const { oidc } = own.sandbox;
  const ask = async (kid?: string) => {
    const token = await oidc.idToken("demo", kid === undefined ? {} : { header: { kid } });
    return own.showing(`Bearer ${token}`).ask(ServerViewerDocument);
  };
  for (let times = 0; times < 30; times += 1) {
    expect((await ask(`made-up-${times}`)).errors[0]?.message).toMatch(/no key that its issuer publishes/);
  }
  expect(oidc.requests.filter(({ path }) => path === "/keys").length).toBeLessThan(15);
  expect((await ask()).data?.viewer?.login).toBe("customer-demo");
});
