import { expect, test, vi } from "vitest";
import type { IdentityStrategy } from "../../src/server/identity.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const quick = { PERMISSION_TTL: "200ms", VIEWER_TTL: "200ms" };
const query = 'subscription { projectChanged(producer: "demo") { kind } }';
const open = 'sett_sockets_open{transport="websocket"}';

/** How often Gitea was asked who somebody is since this was last asked. */
const asked = (sett: Sett) => sett.upstreamCalls().filter((call) => call === "gitea GET /api/v1/user").length;

async function begun(sett: Sett, authorization?: string) {
  const socket = await openSocket(sett.url);
  await socket.begin(authorization);
  return socket;
}

test("an idle socket whose token is revoked is closed with 4403, those of others stay", async () => {
  const sett = await startSett({ env: quick });
  const [al, demo] = [await begun(sett, "token al-token"), await begun(sett, "token demo-token")];
  sett.sandbox.gitea.platform.revokeToken("al-token");
  expect(await al.closed).toMatchObject({ code: 4403 });
  demo.say({ type: "ping" });
  expect(await demo.hear()).toEqual({ type: "pong" });
});

test("all sockets of one token are asked about with one question, and nobody's with none", async () => {
  const sett = await startSett({ env: { PERMISSION_TTL: "1s", VIEWER_TTL: "1s" } });
  asked(sett);
  await begun(sett);
  const sockets = await Promise.all(Array.from({ length: 20 }, () => begun(sett, "token al-token")));
  await begun(sett);
  expect(asked(sett)).toBe(1);
  const questions: number[] = [];
  await expect
    .poll(() => questions.push(asked(sett)) && questions.some(Boolean), { timeout: 5000, interval: 20 })
    .toBe(true);
  expect(Math.max(...questions)).toBe(1);
  for (const { socket } of sockets) socket.terminate();
  await vi.waitFor(async () => expect(await sett.measured("sett_permission_watches")).toBe(0), {
    timeout: 10_000,
  });
});

test("where nobody can be asked, an idle socket stays; when it can be asked again, a revoked token is found out", async () => {
  const sett = await startSett({ env: { ...quick, PERMISSION_GRACE: "0ms" } });
  const { say, hear, closed } = await begun(sett, "token al-token");
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  asked(sett);
  // The first failure ends the watch, and the others are of beginning anew.
  for (let times = 0; times < 3; times += 1) await expect.poll(() => asked(sett)).toBeGreaterThan(0);
  say({ type: "ping" });
  expect(await hear()).toEqual({ type: "pong" });
  sett.sandbox.gitea.platform.revokeToken("al-token");
  sett.sandbox.gitea.faults.clear();
  expect(await closed).toMatchObject({ code: 4403 });
});

test("a socket that was let in while Gitea could not be asked is asked about as soon as it can", async () => {
  const sett = await startSett({ env: quick });
  sett.sandbox.gitea.faults.set({ mode: "drop" });
  const { closed } = await begun(sett, "token nobodys-token");
  expect(await sett.measured(open)).toBe(1);
  sett.sandbox.gitea.faults.clear();
  expect(await closed).toMatchObject({ code: 4403 });
});

test("whose credential its own strategy refuses from some time on is closed out, too", async () => {
  let isExpired = false;
  const strategy: IdentityStrategy = {
    name: "expiring",
    recognise: ({ authorization }) =>
      authorization === undefined || isExpired ? undefined : { kind: "token", token: "al-token" },
  };
  const sett = await startSett({ env: quick, strategies: [strategy] });
  const { closed } = await begun(sett, "ticket 1");
  isExpired = true;
  expect(await closed).toMatchObject({ code: 4403 });
});

test("what runs over a socket that is closed out is told why first, and is over", async () => {
  const sett = await startSett({ env: quick });
  const { say, hear, closed } = await begun(sett, "token al-token");
  for (const id of ["1", "2"]) say({ id, type: "subscribe", payload: { query } });
  await sett.subscriptionsRun(2);
  sett.sandbox.gitea.platform.revokeToken("al-token");
  expect(await hear()).toMatchObject({
    type: "error",
    payload: [{ extensions: { code: "UNAUTHENTICATED" } }],
  });
  expect(await closed).toMatchObject({ code: 4403 });
  await sett.subscriptionsRun(0);
  await vi.waitFor(async () => expect(await sett.measured("sett_permission_watches")).toBe(0), {
    timeout: 10_000,
  });
});
