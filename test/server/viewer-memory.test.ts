import { expect, test, vi } from "vitest";
import {
  ServerLetInDocument,
  ServerViewerDocument,
  ServerViewerProjectsDocument,
} from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";

const whoAmI = "gitea GET /api/v1/user";
const letEveIn = {
  input: { repo: { owner: "customer-demo", name: "dev" }, login: "customer-eve", level: "READ" },
} as const;

test("Gitea is asked once whose a token is, however often it is shown within VIEWER_TTL", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "1m" } });
  for (const form of ["token demo-token", "Bearer demo-token", "BEARER demo-token"]) {
    await sett.showing(form).ask(ServerViewerDocument);
  }
  expect(sett.upstreamCalls()).toEqual([whoAmI]);
});

test("Gitea is asked once whose a token is when many requests show it at the same moment", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  sett.sandbox.gitea.faults.set({ mode: "slow", ms: 1000 }, { path: /^\/api\/v1\/user$/ });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => sett.as("demo").ask(ServerViewerDocument)),
  );
  expect(answers.map(({ data }) => data?.viewer?.login)).toEqual(answers.map(() => "customer-demo"));
  expect(sett.upstreamCalls()).toEqual([whoAmI]);
});

test("a token that was revoked stops working within VIEWER_TTL", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "200ms" } });
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
  sett.sandbox.gitea.platform.revokeToken("demo-token");
  await vi.waitFor(
    async () => expect((await sett.as("demo").ask(ServerViewerDocument)).codes).toEqual(["UNAUTHENTICATED"]),
    { timeout: 5000, interval: 20 },
  );
});

test("with VIEWER_TTL at nothing, a token that was revoked stops working at once", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "0s" } });
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
  sett.sandbox.gitea.platform.revokeToken("demo-token");
  expect((await sett.as("demo").ask(ServerViewerDocument)).codes).toEqual(["UNAUTHENTICATED"]);
});

test("what was learnt lasts for VIEWER_TTL, but nothing is changed by a token revoked meanwhile", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "1m" } });
  await sett.as("demo").ask(ServerViewerDocument);
  sett.sandbox.gitea.platform.revokeToken("demo-token");
  sett.upstreamCalls();
  expect((await sett.as("demo").ask(ServerViewerDocument)).data?.viewer?.login).toBe("customer-demo");
  expect(sett.upstreamCalls()).toEqual([]);

  const refused = await sett.as("demo").ask(ServerLetInDocument, letEveIn);
  expect(refused.codes).toEqual(["UNAUTHENTICATED"]);
  expect(sett.upstreamCalls()).toEqual(["gitea GET /api/v1/repos/customer-demo/dev"]);
});

test("Gitea's refusal of a token is not kept: the same token works as soon as Gitea knows it", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "1m" } });
  expect((await sett.showing("token new-token").ask(ServerViewerDocument)).codes).toEqual([
    "UNAUTHENTICATED",
  ]);
  sett.sandbox.gitea.platform.addToken("customer-demo", "new-token");
  const { data } = await sett.showing("token new-token").ask(ServerViewerDocument);
  expect(data?.viewer?.login).toBe("customer-demo");
});

test("an outage is not kept: the next request asks again", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "1m" } });
  sett.sandbox.gitea.faults.set({ mode: "answer", status: 500 }, { times: 1 });
  expect((await sett.as("demo").ask(ServerViewerDocument)).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
});

test("no more tokens are kept than VIEWER_CACHE_SIZE: the one not used for longest is asked about again", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "1m", VIEWER_CACHE_SIZE: "1" } });
  await sett.as("demo").ask(ServerViewerDocument);
  await sett.as("demo").ask(ServerViewerDocument);
  expect(sett.upstreamCalls()).toEqual([whoAmI]);
  await sett.as("al").ask(ServerViewerDocument);
  await sett.as("demo").ask(ServerViewerDocument);
  expect(sett.upstreamCalls()).toEqual([whoAmI, whoAmI]);
});

test("what one person can reach is never another's answer, although both are kept", async () => {
  const sett = await startSett({ env: { VIEWER_TTL: "1m", PERMISSION_TTL: "1m" } });
  const counts = async () =>
    Promise.all(
      (["demo", "al", "zu", "eve"] as const).map(
        async (name) =>
          (await sett.as(name).ask(ServerViewerProjectsDocument)).data?.viewer?.projects?.totalCount,
      ),
    );
  const first = await counts();
  expect(first).toEqual([1, 2, 2, 1]);
  sett.upstreamCalls();
  expect(await counts()).toEqual(first);
  expect(sett.upstreamCalls()).toEqual([]);
});
