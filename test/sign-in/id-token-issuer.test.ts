import { expect, test, vi } from "vitest";
import { ServerViewerDocument } from "../generated/operations.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const demo = { login: "customer-demo" };
const unavailable = [{ extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "issuer" } }];

const ask = (sett: Sett, token: string) => sett.showing(`Bearer ${token}`).ask(ServerViewerDocument);

test("a new key is known as soon as a token names it, whoever came first; an old one counts no longer", async () => {
  const sett = await startSett();
  const { oidc } = sett.sandbox;
  const old = await oidc.idToken("demo");
  for (let times = 0; times < 3; times += 1) expect((await ask(sett, old)).data?.viewer).toEqual(demo);
  for (const algorithm of ["RS256", "EdDSA", "ES256"] as const) {
    oidc.rotateKeys({ algorithm });
    oidc.clearRequests();
    const tokens = await Promise.all(["demo", "al", "zu", "eve"].map((name) => oidc.idToken(name)));
    const answers = await Promise.all(tokens.map((token) => ask(sett, token)));
    expect(answers.map(({ codes }) => codes)).toEqual([[], [], [], []]);
    expect(oidc.requests.filter(({ path }) => path === "/keys")).toHaveLength(1);
  }
  // It was remembered as good, by keys that are not published any more.
  expect((await ask(sett, old)).codes).toEqual(["UNAUTHENTICATED"]);
});

test("anybody of the sandbox gets a token from its issuer, and nobody else", async () => {
  const sett = await startSett();
  const grant = (username: string) =>
    fetch(`${sett.sandbox.oidc.url}/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "password", username }),
    });
  const { id_token: token } = (await (await grant("demo")).json()) as { id_token: string };
  expect((await ask(sett, token)).data?.viewer).toEqual(demo);
  const refused = await grant("stranger");
  expect([refused.status, await refused.json()]).toEqual([400, { error: "invalid_grant" }]);
});

test("while keys are replaced both count", async () => {
  const sett = await startSett();
  const { oidc } = sett.sandbox;
  const old = await oidc.idToken("demo");
  await ask(sett, old);
  oidc.rotateKeys({ kept: 1 });
  expect((await ask(sett, await oidc.idToken("demo"))).data?.viewer).toEqual(demo);
  expect((await ask(sett, old)).data?.viewer).toEqual(demo);
});

test("an issuer that cannot be asked is an outage, no refusal; its known keys go on", async () => {
  const sett = await startSett();
  const { oidc } = sett.sandbox;
  const token = await oidc.idToken("demo");
  await oidc.stop();
  const down = await ask(sett, token);
  expect([down.data, down.errors]).toMatchObject([{ viewer: null }, unavailable]);
  // Others are let in meanwhile.
  expect((await sett.as("al").ask(ServerViewerDocument)).data?.viewer?.login).toBe("customer-al");
  const socket = await openSocket(sett.url);
  socket.say({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
  expect(await socket.closed).toMatchObject({ code: 1013 });
  await oidc.resume();
  await vi.waitFor(async () => expect((await ask(sett, token)).data?.viewer).toEqual(demo), {
    timeout: 15_000,
  });

  await oidc.stop();
  expect((await ask(sett, token)).data?.viewer).toEqual(demo);
  expect((await ask(sett, await oidc.idToken("al"))).data?.viewer?.login).toBe("customer-al");
  oidc.rotateKeys();
  expect((await ask(sett, await oidc.idToken("zu"))).errors).toMatchObject(unavailable);
  expect((await ask(sett, token)).data?.viewer).toEqual(demo);
  await oidc.resume();
});

test("an issuer that is away stays an outage however often a key is shown that it published meanwhile", async () => {
  const sett = await startSett();
  const { oidc } = sett.sandbox;
  await ask(sett, await oidc.idToken("demo"));
  oidc.rotateKeys({ kept: 1 });
  const token = await oidc.idToken("demo");
  oidc.faults.set({ mode: "answer", status: 500, body: "no" }, { path: /keys/ });
  for (let times = 0; times < 12; times += 1)
    expect((await ask(sett, token)).errors).toMatchObject(unavailable);
  oidc.faults.clear();
  // From the first answer on it is let in; before that it is not refused.
  await vi.waitFor(
    async () => {
      const { data, codes } = await ask(sett, token);
      expect(codes).not.toContain("UNAUTHENTICATED");
      expect(data?.viewer).toEqual(demo);
    },
    { timeout: 15_000, interval: 200 },
  );
});

test("a token that names no key is held against each that could have signed it", async () => {
  const sett = await startSett();
  const { oidc } = sett.sandbox;
  const nameless = () => oidc.idToken("demo", { header: { kid: undefined as unknown as string } });
  const retired = await nameless();
  oidc.rotateKeys({ kept: 1 });
  const old = await nameless();
  oidc.rotateKeys({ kept: 1 });
  for (const token of [old, await nameless()]) expect((await ask(sett, token)).data?.viewer).toEqual(demo);
  const { codes, errors } = await ask(sett, retired);
  expect(codes).toEqual(["UNAUTHENTICATED"]);
  expect(errors[0]?.message).toMatch(/signature does not hold/);
});

test.each<[string, (sett: Sett) => void]>([
  [
    "says that it is another",
    ({ sandbox: { oidc, gitea } }) => {
      const body = JSON.stringify({ issuer: gitea.url, jwks_uri: `${oidc.url}/keys` });
      oidc.faults.set(
        { mode: "answer", status: 200, headers: { "content-type": "application/json" }, body },
        { path: /openid/ },
      );
    },
  ],
  [
    "publishes no keys",
    ({ sandbox: { oidc } }) =>
      oidc.faults.set(
        { mode: "answer", status: 200, headers: { "content-type": "application/json" }, body: '{"keys":7}' },
        { path: /keys/ },
      ),
  ],
  [
    "leads elsewhere",
    ({ sandbox: { oidc, gitea } }) =>
      oidc.faults.set(
        { mode: "answer", status: 302, headers: { location: `${gitea.url}/keys` } },
        { path: /keys/ },
      ),
  ],
  ["breaks", ({ sandbox: { oidc } }) => oidc.faults.set({ mode: "answer", status: 500, body: "no" })],
  ["cuts its answer short", ({ sandbox: { oidc } }) => oidc.faults.set({ mode: "overstate" })],
])("an issuer that %s is an outage", async (_what, spoil) => {
  const sett = await startSett();
  const token = await sett.sandbox.oidc.idToken("demo");
  spoil(sett);
  expect((await ask(sett, token)).errors).toMatchObject(unavailable);
  expect(sett.sandbox.gitea.requests).toEqual([]);
});

test("an issuer that says nothing is waited for no longer than a service may take, by all together", async () => {
  const sett = await startSett({ env: { UPSTREAM_TIMEOUT: "300ms" } });
  const token = await sett.sandbox.oidc.idToken("demo");
  sett.sandbox.oidc.faults.set({ mode: "hang" });
  const answers = await Promise.all([1, 2, 3].map(() => ask(sett, token)));
  for (const { errors } of answers) expect(errors).toMatchObject(unavailable);
  expect(sett.sandbox.oidc.requests).toHaveLength(1);
});

test("keys at an address of their own are taken from there, and no other is asked for", async () => {
  const sett = await startSett();
  const { oidc } = sett.sandbox;
  const place = { issuer: oidc.issuer, audience: ["other", oidc.audience], jwksUrl: `${oidc.url}/keys` };
  const own = await startSett({ addresses: { oidc: place } });
  await ask(own, await oidc.idToken("demo"));
  expect(oidc.requests.map(({ path }) => path)).toEqual(["/keys"]);
});

test("when a token expires its socket is closed with 4403, whatever is kept, and what runs on it is told", async () => {
  const sett = await startSett({
    env: { OIDC_CLOCK_SKEW: "0s", PERMISSION_TTL: "10m", VIEWER_TTL: "10m" },
  });
  const exp = Math.floor(Date.now() / 1000) + 6;
  const [token, longer] = [
    await sett.sandbox.oidc.idToken("al", { claims: { exp } }),
    await sett.sandbox.oidc.idToken("al"),
  ];
  const [short, long] = [await openSocket(sett.url), await openSocket(sett.url)];
  await short.begin(`Bearer ${token}`);
  await long.begin(`Bearer ${longer}`);
  const query = 'subscription { projectChanged(producer: "demo") { kind } }';
  for (const { say } of [short, long]) say({ id: "1", type: "subscribe", payload: { query } });
  await sett.subscriptionsRun(2);
  expect(await short.hear()).toMatchObject({
    type: "error",
    payload: [
      { extensions: { code: "UNAUTHENTICATED" }, message: expect.stringMatching(/expired/) as unknown },
    ],
  });
  expect(await short.closed).toMatchObject({ code: 4403 });
  expect((await ask(sett, token)).codes).toEqual(["UNAUTHENTICATED"]);
  // The same person by a token that holds goes on.
  long.say({ type: "ping" });
  expect(await long.hear()).toEqual({ type: "pong" });
  expect((await ask(sett, longer)).data?.viewer?.login).toBe("customer-al");
});
