import { describe, expect, test, vi } from "vitest";
import { openBudget } from "../../src/budget.ts";
import { cut, hang, startAsked, well, withStatus, type Asked } from "./upstream.asking.ts";

const breaker = { calls: 3, waitMs: 50 };
const unavailable = { code: "UPSTREAM_UNAVAILABLE" };

async function failing(asked: Asked, times: number) {
  for (let time = 0; time < times; time += 1) await expect(asked.get()).rejects.toMatchObject(unavailable);
}

/** Whether the service is still asked. */
async function isAsked(asked: Asked): Promise<boolean> {
  const before = asked.requests.length;
  await asked.get().catch(() => undefined);
  return asked.requests.length > before;
}

describe("a service that is down", () => {
  test.each([502, 503, 504])(
    "is not asked any more after it has answered %i so often in a row, which is an outage at once",
    async (status) => {
      const asked = await startAsked(withStatus(status), { breaker: { calls: 3, waitMs: 60_000 } });
      await failing(asked, 3);
      await failing(asked, 5);
      await expect(asked.send()).rejects.toMatchObject(unavailable);
      expect(asked.requests).toHaveLength(3);
      expect(await asked.measured("sett_upstreams_left_alone")).toBe(1);
    },
  );

  test("is asked again after a while by one call, and by all once that is answered", async () => {
    const asked = await startAsked(withStatus(503), { breaker });
    await failing(asked, 3);
    await vi.waitFor(async () => expect(await isAsked(asked)).toBe(true), { timeout: 10_000 });
    asked.answering = well;
    await vi.waitFor(() => asked.get(), { timeout: 5000 });
    await Promise.all(Array.from({ length: 10 }, () => asked.get()));
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(0);
  });

  test("is asked by a check whatever has happened, and by all once it has answered that", async () => {
    const asked = await startAsked(cut, { breaker: { calls: 3, waitMs: 60_000 } });
    await failing(asked, 3);
    expect(await isAsked(asked)).toBe(false);
    await expect(asked.get({ isCheck: true })).rejects.toMatchObject(unavailable);
    expect(await isAsked(asked)).toBe(false);
    asked.answering = well;
    await asked.get({ isCheck: true });
    await expect(asked.get()).resolves.toMatchObject({ status: 200 });
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(0);
  });

  test("is down for reads once it does not answer within the whole patience", async () => {
    const asked = await startAsked(hang, { breaker, timeoutMs: 30 });
    await failing(asked, 3);
    expect(await isAsked(asked)).toBe(false);
  });

  test("is down for writes, too, and none of them is sent twice", async () => {
    const asked = await startAsked(cut, { breaker: { calls: 3, waitMs: 60_000 } });
    for (let time = 0; time < 5; time += 1) await expect(asked.send()).rejects.toMatchObject(unavailable);
    expect(asked.requests).toHaveLength(3);
  });
});

describe("a service goes on being asked for all", () => {
  const patient = { breaker, timeoutMs: 5000 };

  test.each([500, 400, 401, 404, 409, 422, 429, 501])(
    "though it answers %i to somebody all the time",
    async (status) => {
      const asked = await startAsked(withStatus(status), patient);
      for (let time = 0; time < 6; time += 1) await asked.get().catch(() => undefined);
      expect(await isAsked(asked)).toBe(true);
    },
  );

  test("though somebody has too little time for it, or always goes", async () => {
    const asked = await startAsked(hang, patient);
    for (let time = 0; time < 6; time += 1) {
      await expect(asked.get({ budget: openBudget(10) })).rejects.toMatchObject(unavailable);
      const budget = openBudget(60_000);
      const gone = asked.get({ budget });
      await vi.waitFor(() => expect(asked.requests).toHaveLength(2 * time + 2), { timeout: 10_000 });
      budget.leave();
      await expect(gone).rejects.toMatchObject(unavailable);
    }
    expect(asked.requests).toHaveLength(12);
    asked.answering = well;
    await expect(asked.get()).resolves.toMatchObject({ status: 200 });
  });

  test("though somebody makes it fail many times at one moment: others are answered before and after", async () => {
    const asked = await startAsked(well, { breaker, timeoutMs: 300, connections: 10 });
    for (let time = 0; time < 20; time += 1) await asked.get();
    asked.answering = hang;
    await Promise.allSettled(Array.from({ length: 10 }, () => asked.get()));
    expect(asked.requests).toHaveLength(30);
    asked.answering = well;
    await expect(asked.get()).resolves.toMatchObject({ status: 200 });
  });

  test("though somebody always asks for more than is taken, or for what a stranger is too slow to tell", async () => {
    const asked = await startAsked((response) => void response.end("x".repeat(200_000)), patient);
    await failing(asked, 6);
    asked.answering = hang;
    const slow = { reachesOut: true, timeoutMs: 10 };
    for (let time = 0; time < 6; time += 1) await expect(asked.get(slow)).rejects.toMatchObject(unavailable);
    expect(asked.requests).toHaveLength(12);
  });
});

describe("what is sent again", () => {
  test("is a read whose connection breaks, once, as long as few do: a service in trouble is not asked twice as much", async () => {
    const asked = await startAsked(cut, { breaker: { calls: 1000, waitMs: 60_000 } });
    await failing(asked, 100);
    expect(asked.requests.length).toBeGreaterThan(100);
    // Twenty are saved up, one in five earned; the rest is for a machine that takes its time.
    expect(asked.requests.length).toBeLessThan(170);
    expect(await asked.measured("sett_upstream_retries_total")).toBe(asked.requests.length - 100);
  });

  test("is a read that somebody's write has torn, until it is whole", async () => {
    const asked = await startAsked((response, _request, before) => {
      response.writeHead(before < 3 ? 500 : 200).end("{}");
    });
    await expect(asked.get({ torn: true })).resolves.toMatchObject({ status: 200 });
    expect(asked.requests).toHaveLength(4);
    await expect(asked.get({ torn: false })).resolves.toMatchObject({ status: 200 });
  });
});

test("reads beyond those that may wait for their turn are told when to try again, and the others are answered", async () => {
  const held: (() => void)[] = [];
  const asked = await startAsked((response) => void held.push(() => response.end("{}")), {
    connections: 1,
    breaker,
  });
  const all = Array.from({ length: 20 }, () => asked.get());
  const settled = Promise.allSettled(all);
  await expect(all.at(-1)).rejects.toMatchObject({
    code: "RATE_LIMITED",
    extensions: { retryAfterMs: 1000 },
  });
  await vi.waitFor(() => expect(held).toHaveLength(1), { timeout: 10_000 });
  expect(await asked.connections()).toBe(1);
  asked.answering = well;
  held.forEach((release) => release());
  const outcomes = (await settled).map(({ status }) => status);
  expect(outcomes.filter((status) => status === "fulfilled")).toHaveLength(17);
  expect(await asked.measured("sett_upstream_turned_away_total")).toBe(3);
});
