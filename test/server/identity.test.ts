import { expect, test } from "vitest";
import { ServerRepoDocument, ServerViewerDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";

test.each(["token X", "Token X", "TOKEN X", "Bearer X", "bearer X", "BEARER X", "bEaReR   X", " token X "])(
  "a Gitea token signs in as `Authorization: %s`",
  async (form) => {
    const sett = await startSett();
    const { data, errors } = await sett.showing(form.replace("X", "demo-token")).ask(ServerViewerDocument);
    expect(errors).toEqual([]);
    expect(data?.viewer?.login).toBe("customer-demo");
  },
);

test("a token of an OAuth2 application signs in like a personal one, in either form", async () => {
  const sett = await startSett();
  const token = sett.sandbox.gitea.platform.addOauthToken("customer-al");
  for (const scheme of ["token", "Bearer"]) {
    const { data } = await sett.showing(`${scheme} ${token}`).ask(ServerViewerDocument);
    expect(data?.viewer?.login).toBe("customer-al");
  }
});

test("whoever shows nothing is asked to sign in, and no service is asked", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("nobody").ask(ServerViewerDocument);
  expect(data).toEqual({ viewer: null });
  expect(errors).toMatchObject([{ path: ["viewer"], extensions: { code: "UNAUTHENTICATED" } }]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test.each([
  "",
  "demo-token",
  "token",
  "token ",
  "Bearer",
  "token demo-token al-token",
  "token demo-token,al-token",
  "Basic Y3VzdG9tZXItZGVtbzpkZW1vLXRva2Vu",
  "Digest demo-token",
  "token\tdemo-token",
  "token démo-token",
  `token ${"x".repeat(4097)}`,
  '{"token":"demo-token"}',
])(
  "a header that holds no credential of ours is refused, not taken for nobody: %j",
  async (authorization) => {
    const sett = await startSett();
    const answer = await sett.showing(authorization).ask(ServerViewerDocument);
    expect(answer.data).toEqual({ viewer: null });
    expect(answer.codes).toEqual(["UNAUTHENTICATED"]);
    expect(answer.errors[0]?.message).not.toBe(
      (await sett.as("nobody").ask(ServerViewerDocument)).errors[0]?.message,
    );
  },
);

test("no service is asked about a header that cannot be read", async () => {
  const sett = await startSett();
  for (const authorization of ["", "demo-token", "Basic Y3VzdG9tZXItZGVtbzpkZW1vLXRva2Vu"]) {
    await sett.showing(authorization).ask(ServerRepoDocument, { owner: "customer-demo", name: "dev" });
  }
  expect(sett.upstreamCalls()).toEqual([]);
});

test("a token that Gitea does not know is refused, for everything that is asked", async () => {
  const sett = await startSett();
  const stranger = sett.showing("token never-issued");
  expect((await stranger.ask(ServerViewerDocument)).codes).toEqual(["UNAUTHENTICATED"]);
  const { codes } = await stranger.ask(ServerRepoDocument, { owner: "customer-demo", name: "dev" });
  expect(codes).toEqual(["UNAUTHENTICATED"]);
});

test("an OAuth2 token that has expired is refused", async () => {
  const sett = await startSett();
  const token = sett.sandbox.gitea.platform.addOauthToken("customer-al", 0);
  expect((await sett.showing(`Bearer ${token}`).ask(ServerViewerDocument)).codes).toEqual([
    "UNAUTHENTICATED",
  ]);
});

test.each([
  ["may not sign in", { prohibitLogin: true }],
  ["must change the password first", { mustChangePassword: true }],
  ["is not active", { active: false }],
])("a good token of an account that %s is refused", async (_what, state) => {
  const sett = await startSett();
  Object.assign(sett.sandbox.gitea.platform.user("customer-demo"), state);
  const answer = await sett.as("demo").ask(ServerViewerDocument);
  expect(answer.data).toEqual({ viewer: null });
  expect(answer.codes).toEqual(["UNAUTHENTICATED"]);
});

test("people who ask at the same time are each answered for themselves", async () => {
  const sett = await startSett();
  const people = ["demo", "al", "zu", "eve", "admin"] as const;
  const rounds = Array.from({ length: 4 }, () => people).flat();
  const logins = await Promise.all(
    rounds.map(async (name) => (await sett.as(name).ask(ServerViewerDocument)).data?.viewer?.login),
  );
  expect(logins).toEqual(rounds.map((name) => (name === "admin" ? "lbadmin" : `customer-${name}`)));
  const seen = await Promise.all(
    people.map(async (name) => {
      const { data } = await sett.as(name).ask(ServerRepoDocument, { owner: "customer-demo", name: "dev" });
      return data?.repo?.viewerPermission;
    }),
  );
  expect(seen).toEqual(["ADMIN", "WRITE", "READ", undefined, "ADMIN"]);
});
