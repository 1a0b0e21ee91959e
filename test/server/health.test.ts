import { expect, test, vi } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

async function readiness(sett: Sett) {
  const response = await fetch(`${sett.url}/readyz`);
  return { status: response.status, body: await response.json() };
}

const ready = {
  status: 200,
  body: {
    ready: true,
    stopping: false,
    notReady: [],
    degraded: [],
    upstreams: { gitea: true, "git-api": true, configstore: true, kubernetes: true },
  },
};

/** A gateway that has heard of the cluster, which it does not wait for. */
async function startWhole(): Promise<Sett> {
  const sett = await startSett();
  await vi.waitFor(async () => expect((await readiness(sett)).body).toMatchObject({ degraded: [] }), 10_000);
  sett.upstreamCalls();
  return sett;
}

test("the process is alive whatever stands behind it", async () => {
  const sett = await startSett();
  await Promise.all([sett.sandbox.gitea.stop(), sett.sandbox.gitApi.stop(), sett.sandbox.configstore.stop()]);
  const response = await fetch(`${sett.url}/livez`);
  expect([response.status, await response.json()]).toEqual([200, { alive: true }]);
  expect((await readiness(sett)).body).toMatchObject({ notReady: ["gitea", "git-api", "configstore"] });
});

test.each([
  ["gitea", (sett: Sett) => sett.sandbox.gitea],
  ["git-api", (sett: Sett) => sett.sandbox.gitApi],
  ["configstore", (sett: Sett) => sett.sandbox.configstore],
] as const)(
  "the gateway is ready while all answer: not while %s is down, and again once it is back",
  async (name, of) => {
    const sett = await startWhole();
    expect(await readiness(sett)).toEqual(ready);
    await of(sett).stop();
    expect(await readiness(sett)).toMatchObject({
      status: 503,
      body: {
        ready: false,
        notReady: expect.arrayContaining([name]) as string[],
        upstreams: { [name]: false },
      },
    });
    await of(sett).resume();
    expect(await readiness(sett)).toEqual(ready);
  },
);

test("only what is down is named: configstore being down says nothing of the others", async () => {
  const sett = await startSett();
  await sett.sandbox.configstore.stop();
  expect((await readiness(sett)).body).toMatchObject({
    notReady: ["configstore"],
    upstreams: { gitea: true, "git-api": true, configstore: false },
  });
});

test("a gateway whose cluster is away is ready all the same, and says what it goes without", async () => {
  const sett = await startWhole();
  await sett.sandbox.kubernetes.server.stop();
  await vi.waitFor(
    async () =>
      expect(await readiness(sett)).toMatchObject({
        status: 200,
        body: { ready: true, notReady: [], degraded: ["kubernetes"], upstreams: { kubernetes: false } },
      }),
    10_000,
  );
  await sett.sandbox.kubernetes.server.resume();
  await vi.waitFor(async () => expect(await readiness(sett)).toEqual(ready), 10_000);
});

test("the gateway is not ready while Gitea refuses its own token", async () => {
  const sett = await startWhole();
  const { gitea, addresses } = sett.sandbox;
  gitea.platform.revokeToken(addresses.giteaToken);
  expect(await readiness(sett)).toMatchObject({ status: 503, body: { notReady: ["gitea"] } });
  gitea.platform.addToken("lbadmin", addresses.giteaToken);
  expect(await readiness(sett)).toEqual(ready);
});

test("the answer about readiness tells names, never an address or a token", async () => {
  const sett = await startSett();
  await sett.sandbox.gitea.stop();
  const text = await (await fetch(`${sett.url}/readyz`)).text();
  expect(text).not.toMatch(/127\.0\.0\.1|localhost|http|ECONN/);
  expect(text).not.toContain(sett.sandbox.addresses.giteaToken);
});

test("while Gitea is down the gateway answers that it is, and recovers with it", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  await sett.sandbox.gitea.stop();
  const down = await sett.as("demo").askText("{ viewer { login } }");
  expect(down.errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "gitea" } }]);
  await sett.sandbox.gitea.resume();
  expect((await sett.as("demo").askText("{ viewer { login } }")).errors).toEqual([]);
});

test("however many ask whether the gateway is ready at once, each service is asked once", async () => {
  const sett = await startWhole();
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 100 });
  const answers = await Promise.all(Array.from({ length: 20 }, () => readiness(sett)));
  expect(answers).toEqual(answers.map(() => ready));
  expect(sett.upstreamCalls()).toHaveLength(3);
});

test.each([
  [
    "is a page of something in front of it",
    { mode: "answer", status: 404, body: "<html>", headers: { "content-type": "text/html" } },
  ],
  ["redirects", { mode: "answer", status: 307, headers: { location: "/elsewhere" } }],
] as const)("Gitea is not ready while what it answers %s", async (_what, fault) => {
  const sett = await startSett();
  sett.sandbox.gitea.faults.set(fault);
  expect(await readiness(sett)).toMatchObject({ status: 503, body: { notReady: ["gitea"] } });
});

test("Gitea is not ready while the gateway's token is no site admin's, who alone may act for others", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.user("lbadmin").isAdmin = false;
  expect(await readiness(sett)).toMatchObject({ status: 503, body: { notReady: ["gitea"] } });
});
