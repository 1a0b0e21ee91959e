import { expect, test } from "vitest";
import {
  AddConsumerScopeDocument,
  AddCredentialScopeDocument,
  RemoveCredentialScopeDocument,
  SetCredentialActiveDocument,
  SetCredentialScopesDocument,
  type CredentialType,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import {
  at,
  consumersOf,
  createApp,
  createCredential,
  createUser,
  credentialsOf,
} from "./consumers.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

async function withScopes(sett: Sett, ...scopes: string[]) {
  for (const scope of scopes) await sett.as("al").ask(AddConsumerScopeDocument, { input: { ...at, scope } });
}

const types: CredentialType[] = ["KEY_AUTH", "BASIC_AUTH", "JWT", "OAUTH2"];

test.each(types)("a secret of %s is told in the answer that makes it, and never again", async (type) => {
  const sett = await startSett();
  await createUser(sett, "joe");
  const { data, codes } = await createCredential(sett, "joe", type);
  expect(codes).toEqual([]);
  const { secret = "", id = "" } = data?.createCredential ?? {};
  expect(secret.length).toBeGreaterThan(10);
  const read = await credentialsOf(sett, "joe");
  expect(read.credentials).toEqual([{ id, type, isActive: true, scopes: [] }]);
  expect(read.text).not.toContain(secret);
  expect(JSON.stringify(await consumersOf(sett, "demo"))).not.toContain(secret);
  expect(sett.log.text.join("")).not.toContain(secret);
});

test("al, who may make credentials, may not read them; zu may neither", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  for (const person of ["al", "zu"] as const) {
    const { errors } = await credentialsOf(sett, "joe", person);
    expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "project:admin" });
  }
});

test("a credential is switched off and on, and its scopes are set, added and taken away", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  await withScopes(sett, "cars:read", "cars:write");
  const made = await createCredential(sett, "joe", "KEY_AUTH", ["cars:read"]);
  const credential = { ...at, type: "KEY_AUTH" as const, id: made.data?.createCredential?.id ?? "" };
  const al = sett.as("al");
  const now = async () => (await credentialsOf(sett, "joe")).credentials?.[0];
  expect(await now()).toMatchObject({ isActive: true, scopes: ["cars:read"] });
  await al.ask(SetCredentialActiveDocument, { input: { ...credential, active: false } });
  expect(await now()).toMatchObject({ isActive: false });
  await al.ask(SetCredentialActiveDocument, { input: { ...credential, active: true } });
  await al.ask(AddCredentialScopeDocument, { input: { ...credential, scope: "cars:write" } });
  expect(await now()).toMatchObject({ isActive: true, scopes: ["cars:read", "cars:write"] });
  await al.ask(RemoveCredentialScopeDocument, { input: { ...credential, scope: "cars:read" } });
  expect(await now()).toMatchObject({ scopes: ["cars:write"] });
  await al.ask(SetCredentialScopesDocument, { input: { ...credential, scopes: [] } });
  expect(await now()).toMatchObject({ scopes: [] });
  await al.ask(RemoveCredentialScopeDocument, { input: { ...credential, scope: "cars:read" } });
  expect(await now()).toMatchObject({ scopes: [] });
});

test("a scope that does not exist is refused, which the gateway itself would take", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  await withScopes(sett, "cars:read");
  const made = await createCredential(sett, "joe", "KEY_AUTH");
  const id = made.data?.createCredential?.id ?? "";
  sett.upstreamCalls();
  const { errors } = await sett.as("al").ask(SetCredentialScopesDocument, {
    input: { ...at, type: "KEY_AUTH", id, scopes: ["cars:read", "nothing"] },
  });
  expect(errors[0]?.extensions["problems"]).toMatchObject([{ field: "input.scopes.1" }]);
  const refused = await createCredential(sett, "joe", "JWT", ["nothing"]);
  expect(refused.errors[0]?.extensions["problems"]).toMatchObject([{ field: "input.scopes.0" }]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a second password of one consumer is refused in plain words", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  await createCredential(sett, "joe", "BASIC_AUTH");
  const { errors } = await createCredential(sett, "joe", "BASIC_AUTH");
  expect(errors[0]).toMatchObject({
    message: "The consumer has a credential of this type already.",
    extensions: { code: "UPSTREAM_REJECTED", upstream: "gateway-admin" },
  });
});

test("an application has credentials of its own, by its id", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  const app = (await createApp(sett, "joe", "app")).data?.createConsumerApp?.app.id ?? "";
  expect((await createCredential(sett, app, "OAUTH2")).codes).toEqual([]);
  expect((await credentialsOf(sett, app)).credentials).toMatchObject([{ id: app, type: "OAUTH2" }]);
  expect((await credentialsOf(sett, "joe")).credentials).toEqual([]);
});

test("whose credentials are asked for that is not there is absent", async () => {
  const sett = await startSett();
  expect((await credentialsOf(sett, "nobody")).codes).toEqual(["NOT_FOUND"]);
  expect((await createCredential(sett, "nobody", "KEY_AUTH")).codes).toEqual(["NOT_FOUND"]);
  const input = { ...at, type: "KEY_AUTH" as const, id: "nothing", active: false };
  expect((await sett.as("al").ask(SetCredentialActiveDocument, { input })).codes).toEqual(["NOT_FOUND"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(["KEY_AUTH", "BASIC_AUTH"] as const)(
  "a credential of %s whose secret was lost on its way is switched off, and never sent for twice",
  async (type) => {
    const sett = await startSett();
    await createUser(sett, "joe");
    sett.upstreamCalls();
    sett.sandbox.gateways.server.faults.set({ mode: "lose" }, { method: "POST", times: 1 });
    const { codes } = await createCredential(sett, "joe", type);
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect((await credentialsOf(sett, "joe")).credentials).toMatchObject([{ isActive: false }]);
    const posts = upstreamWrites(sett).filter((call) => call.includes(" POST "));
    expect(posts).toEqual(["gateway-admin POST /gateway-demo-dev/credentials"]);
  },
);

test("an error of the gateway's tells nothing of the secrets in it", async () => {
  const sett = await startSett();
  await createUser(sett, "joe");
  const made = await createCredential(sett, "joe", "KEY_AUTH");
  const { secret = "", id = "" } = made.data?.createCredential ?? {};
  const body = `cannot read {"keySecret":"${secret}"}`;
  sett.sandbox.gateways.server.faults.set({ mode: "answer", status: 500, body }, { path: /credentials/ });
  const input = { ...at, type: "KEY_AUTH" as const, id, active: false };
  const answers = [
    await credentialsOf(sett, "joe"),
    await sett.as("al").ask(SetCredentialActiveDocument, { input }),
  ];
  for (const { text, codes } of answers) {
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(text).not.toContain(secret);
  }
  expect(sett.log.text.join("")).not.toContain(secret);
});
