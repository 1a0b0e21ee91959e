import { expect, test } from "vitest";
import { ServerViewerDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";

/** Who one is by tokens with these claims, under such rules: the login, or the codes of why not. */
async function logins(env: Record<string, string>, all: readonly Record<string, unknown>[]) {
  const sett = await startSett({ env });
  sett.sandbox.gitea.platform.addUser({ login: "o.Neil_x-1", email: "o@sandbox.example" });
  const found: unknown[] = [];
  for (const claims of all) {
    const token = await sett.sandbox.oidc.idToken("demo", { claims });
    const { data, codes } = await sett.showing(`Bearer ${token}`).ask(ServerViewerDocument);
    found.push(data?.viewer?.login ?? codes);
  }
  const sudo = sett.sandbox.gitea.requests
    .filter(({ path }) => path === "/api/v1/user")
    .map(({ headers }) => headers["sudo"]);
  return { found, sudo };
}

const refused = ["UNAUTHENTICATED"];

test("an odd login that can be one is found, in whatever case; one that nobody has is refused", async () => {
  const { found, sudo } = await logins({}, [
    { preferred_username: "o.Neil_x-1" },
    { preferred_username: "CUSTOMER-AL" },
    { preferred_username: "customer-ghost" },
  ]);
  expect(found).toEqual(["o.Neil_x-1", "customer-al", refused]);
  expect(sudo).toEqual(["o.Neil_x-1", "CUSTOMER-AL", "customer-ghost"]);
});

test("a claim that is no possible login, or is not there, is refused, and nobody is asked", async () => {
  const odd = [
    "",
    " ",
    "customer-demo\r\nSudo: lbadmin",
    "customer-demo ",
    "../lbadmin",
    "customer‑demo",
    "$CLAIM",
  ];
  const never = [...odd, undefined, null, 1, ["customer-demo"], { name: "customer-demo" }, "d".repeat(41)];
  const { found, sudo } = await logins(
    {},
    never.map((preferred_username) => ({ preferred_username })),
  );
  expect(found).toEqual(never.map(() => refused));
  expect(sudo).toEqual([]);
});

test("another claim and a template make the login, and a claim of that very name comes before a path", async () => {
  const env = { OIDC_LOGIN_CLAIM: "sett.name", OIDC_LOGIN_TEMPLATE: "customer-$CLAIM" };
  const { found } = await logins(env, [
    { sett: { name: "al" } },
    { "sett.name": "zu", sett: { name: "al" } },
    { sett: { name: "$&" } },
    { sett: "al" },
    {},
  ]);
  expect(found).toEqual(["customer-al", "customer-zu", refused, refused, refused]);
});

test("what a claim inherits is no claim", async () => {
  const { found } = await logins({ OIDC_LOGIN_CLAIM: "constructor.name" }, [{}]);
  expect(found).toEqual([refused]);
});

test("an address counts if its issuer has made sure of it, and only in the domains that are named", async () => {
  const env = {
    OIDC_LOGIN_CLAIM: "email",
    OIDC_EMAIL_DOMAINS: "people.example",
    OIDC_LOGIN_TEMPLATE: "customer-$CLAIM",
  };
  const { found } = await logins(env, [
    { email: "al@People.example", email_verified: true },
    { email: "al@people.example", email_verified: false },
    { email: "al@people.example", email_verified: "true" },
    { email: "al@people.example", email_verified: undefined },
    { email: "al@elsewhere.example", email_verified: true },
    { email: '"al@people.example"@elsewhere.example', email_verified: true },
    { email: "al", email_verified: true },
  ]);
  expect(found).toEqual(["customer-al", ...Array.from({ length: 6 }, () => refused)]);
});
