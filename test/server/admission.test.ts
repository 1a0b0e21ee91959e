import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { watchLoop } from "../../src/server/admission/loop.watch.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";

const query = "{ viewer { login } }";

const patience = { timeout: 10_000 };

/** A Gitea that does not answer is waited for longer than any test lasts. */
const patient = { UPSTREAM_TIMEOUT: "60s", OPERATION_TIMEOUT: "2m" };

/** A gateway that asks Gitea who is asking, each time, and a Gitea that has let people in and does not look at it now. */
async function startFrozen(env: Record<string, string>): Promise<Sett> {
  const sett = await startSett({ env: { VIEWER_TTL: "0ms", ...patient, ...env } });
  for (const name of ["demo", "al", "zu"] as const)
    expect((await sett.as(name).askText(query)).codes).toEqual([]);
  sett.sandbox.gitea.faults.set({ mode: "freeze" }, { path: /user$/ });
  return sett;
}

const state = (sett: Sett, name: "running" | "waiting") => sett.measured(`sett_operations{state="${name}"}`);
const refused = (sett: Sett, reason: string) =>
  sett.measured(`sett_operations_refused_total{reason="${reason}"}`);

const going = (sett: Sett, { running = 0, waiting = 0 }) =>
  vi.waitFor(
    async () =>
      expect([await state(sett, "running"), await state(sett, "waiting")]).toEqual([running, waiting]),
    patience,
  );

/** Asks, and waits until so many run and wait. */
async function asking(sett: Sett, name: PersonName, counts: { running?: number; waiting?: number }) {
  const answer = sett.as(name).askText(query);
  await going(sett, counts);
  // In an array: a promise would be waited for.
  return [answer] as const;
}

const tooMuch = { status: 429, codes: ["RATE_LIMITED"], data: undefined };

test("what is over the limit waits, is answered in its turn, and what is over that is refused at once while health is told", async () => {
  const sett = await startFrozen({
    OPERATION_LIMIT: "1",
    OPERATION_QUEUE_LIMIT: "1",
    OPERATION_QUEUE_WAIT: "60s",
  });
  const [first] = await asking(sett, "demo", { running: 1 });
  const [second] = await asking(sett, "al", { running: 1, waiting: 1 });
  const third = await sett.as("zu").askText(query);
  expect(third).toMatchObject(tooMuch);
  expect(third.headers.get("retry-after")).toBe("1");
  expect(third.headers.get("content-type")).toBe("application/graphql-response+json; charset=utf-8");
  expect(third.errors[0]?.extensions).toEqual({ code: "RATE_LIMITED", retryAfterMs: 1000 });
  expect(await refused(sett, "places")).toBe(1);
  expect((await fetch(`${sett.url}/livez`)).status).toBe(200);
  expect((await fetch(`${sett.url}/schema.graphql`)).status).toBe(200);
  sett.sandbox.gitea.faults.clear();
  expect((await first).data).toEqual({ viewer: { login: "customer-demo" } });
  expect((await second).data).toEqual({ viewer: { login: "customer-al" } });
  expect([await state(sett, "running"), await state(sett, "waiting")]).toEqual([0, 0]);
});

test("nobody waits longer than OPERATION_QUEUE_WAIT, and who has waited in vain makes room", async () => {
  const sett = await startFrozen({
    OPERATION_LIMIT: "1",
    OPERATION_QUEUE_LIMIT: "1",
    OPERATION_QUEUE_WAIT: "20ms",
  });
  const [first] = await asking(sett, "demo", { running: 1 });
  for (const name of ["al", "zu"] as const) expect(await sett.as(name).askText(query)).toMatchObject(tooMuch);
  expect(await refused(sett, "wait")).toBe(2);
  sett.sandbox.gitea.faults.clear();
  expect((await first).codes).toEqual([]);
  expect((await sett.as("al").askText(query)).codes).toEqual([]);
});

test("one credential has its share of the places and no more; others are not concerned", async () => {
  const sett = await startFrozen({ OPERATION_LIMIT_PER_VIEWER: "2" });
  const [first] = await asking(sett, "demo", { running: 1 });
  const [second] = await asking(sett, "demo", { running: 2 });
  const third = await sett.as("demo").askText(query);
  expect(third).toMatchObject(tooMuch);
  expect(third.errors[0]?.message).toBe("At most 2 operations of one credential run at once.");
  const [others] = await asking(sett, "al", { running: 3 });
  sett.sandbox.gitea.faults.clear();
  for (const answer of [first, second, others]) expect((await answer).codes).toEqual([]);
  expect((await sett.as("demo").askText(query)).codes).toEqual([]);
});

test("credentials that Gitea has not accepted have one share of the places together, however many are made up", async () => {
  const sett = await startFrozen({ OPERATION_LIMIT_PER_VIEWER: "2" });
  const madeUp = (index: number) => sett.showing(`token made-up-${index}`).askText(query);
  const strangers = [madeUp(1), madeUp(2)];
  await going(sett, { running: 2 });
  const third = await madeUp(3);
  expect(third).toMatchObject(tooMuch);
  expect(third.errors[0]?.message).toBe(
    "At most 2 operations of all credentials together that Gitea has not accepted yet run at once.",
  );
  const [first] = await asking(sett, "demo", { running: 3 });
  const [second] = await asking(sett, "demo", { running: 4 });
  sett.sandbox.gitea.faults.clear();
  for (const answer of [first, second]) expect((await answer).codes).toEqual([]);
  for (const answer of strangers) expect((await answer).codes).toEqual(["UNAUTHENTICATED"]);
});

test("who has gone while waiting has left the line: another waits in their place", async () => {
  const sett = await startFrozen({
    OPERATION_LIMIT: "1",
    OPERATION_QUEUE_LIMIT: "1",
    OPERATION_QUEUE_WAIT: "60s",
  });
  const [first] = await asking(sett, "demo", { running: 1 });
  const patienceOfAl = new AbortController();
  const asked = fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "token al-token" },
    body: JSON.stringify({ query }),
    signal: patienceOfAl.signal,
  });
  await going(sett, { running: 1, waiting: 1 });
  patienceOfAl.abort();
  await expect(asked).rejects.toThrow();
  await going(sett, { running: 1, waiting: 0 });
  const [third] = await asking(sett, "zu", { running: 1, waiting: 1 });
  sett.sandbox.gitea.faults.clear();
  for (const answer of [first, third]) expect((await answer).codes).toEqual([]);
  await going(sett, { running: 0 });
  expect([await refused(sett, "wait"), await refused(sett, "places")]).toEqual([0, 0]);
});

test("what is asked over sockets goes round no limit: it waits for its turn", async () => {
  const sett = await startSett({ env: { OPERATION_LIMIT: "1", ...patient } });
  const text = '{ repo(owner: "customer-demo", name: "dev") { name } }';
  const sockets = await Promise.all(
    ["demo", "al", "zu"].map(async (name) => {
      const socket = await openSocket(sett.url);
      await socket.begin(`token ${name}-token`);
      return socket;
    }),
  );
  sett.sandbox.gitea.faults.set({ mode: "freeze" }, { path: /repos\/customer-demo\/dev$/ });
  sett.upstreamCalls();
  for (const { say } of sockets) {
    say({ id: "1", type: "subscribe", payload: { query: text } });
    say({ type: "ping" });
  }
  // Who has answered a ping has taken what was said before it.
  for (const { hear } of sockets) expect(await hear()).toEqual({ type: "pong" });
  await vi.waitFor(async () => expect(await state(sett, "running")).toBe(1), patience);
  expect(sett.upstreamCalls().filter((call) => call.endsWith("/dev"))).toHaveLength(1);
  sett.sandbox.gitea.faults.clear();
  for (const { hear } of sockets) expect(await hear()).toMatchObject({ type: "next" });
});

test("who is turned away is not read: a body that would never end is cut, and the answer comes before it", async () => {
  const sett = await startFrozen({
    OPERATION_LIMIT: "1",
    OPERATION_QUEUE_LIMIT: "0",
    BODY_LIMIT: "100000000",
  });
  const [first] = await asking(sett, "demo", { running: 1 });
  const socket = connect(sett.gateway.port, "127.0.0.1").setEncoding("utf8");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  socket.write(
    "POST /graphql HTTP/1.1\r\nhost: sett\r\ncontent-type: application/json\r\ncontent-length: 90000000\r\n\r\n",
  );
  let [heard, sent, isOpen] = ["", 0, true];
  socket.on("data", (text: string) => (heard += text)).once("close", () => (isOpen = false));
  await vi.waitFor(() => expect(heard).toContain("429 Too Many Requests"), patience);
  const part = Buffer.alloc(65_536, " ");
  while (isOpen && sent < 90_000_000) {
    sent += part.length;
    const error = await new Promise((resolve) => socket.write(part, (why) => setImmediate(resolve, why)));
    if (error) break;
  }
  expect(sent).toBeLessThan(60_000_000);
  sett.sandbox.gitea.faults.clear();
  expect((await first).codes).toEqual([]);
});

test("a process that falls behind with its work turns requests away, and none once it has caught up", async () => {
  const loop = watchLoop(20);
  onTestFinished(loop.stop);
  expect(loop.isTooBusy()).toBe(false);
  const startedAt = performance.now();
  const next = () => new Promise((resolve) => void setImmediate(resolve));
  while (!loop.isTooBusy() && performance.now() - startedAt < 15_000) {
    const until = performance.now() + 60;
    while (performance.now() < until);
    await next();
  }
  expect(loop.isTooBusy()).toBe(true);
  await vi.waitFor(() => expect(loop.isTooBusy()).toBe(false), patience);
});

test("something that holds the process up once turns nobody away", async () => {
  const loop = watchLoop(400);
  onTestFinished(loop.stop);
  const until = performance.now() + 1500;
  while (performance.now() < until);
  let looks = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      expect(loop.isTooBusy()).toBe(false);
      looks += 1;
      if (looks < 20) return;
      clearInterval(timer);
      resolve();
    }, 20);
  });
});
