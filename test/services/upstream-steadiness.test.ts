import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { openBudget } from "../../src/budget.ts";
import { StillUnderway } from "../../src/errors.ts";
import { cut, hang, startAsked, well, withStatus, type Answering, type Asked } from "./upstream.asking.ts";

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

describe("a service that was down is left alone on", () => {
  test.each(["goes", "has too little time"])(
    "when who asks it first %s: nobody has found out anything",
    async (what) => {
      const asked = await startAsked(withStatus(503), { breaker });
      await failing(asked, 3);
      asked.answering = hang;
      const before = asked.requests.length;
      const probe = async () => {
        const budget = openBudget(what === "goes" ? 60_000 : 300);
        const outcome = asked.get({ budget });
        outcome.catch(() => undefined);
        // Refused at once as long as it is left alone: then the next one asks.
        const hasAsked = () => expect(asked.requests.length).toBeGreaterThan(before);
        await vi.waitFor(hasAsked, { interval: 10, timeout: 1000 });
        return { budget, outcome };
      };
      const { budget, outcome } = await vi.waitFor(probe, { timeout: 10_000 });
      if (what === "goes") budget.leave();
      await expect(outcome).rejects.toMatchObject(unavailable);
      expect(await asked.measured("sett_upstreams_left_alone")).toBe(1);
    },
  );

  test("no longer than until it answers, also where who asked it first had gone by then", async () => {
    const asked = await startAsked(withStatus(503), { breaker });
    await failing(asked, 3);
    let answer: (() => void) | undefined;
    asked.answering = (...call) => {
      answer = () => well(...call);
    };
    const leaving = async () => {
      const budget = openBudget(60_000);
      const outcome = asked.get({ budget });
      outcome.catch(() => undefined);
      await vi.waitFor(() => expect(answer).toBeDefined(), { interval: 10, timeout: 1000 });
      budget.leave();
      await expect(outcome).rejects.toMatchObject(unavailable);
    };
    await vi.waitFor(leaving, { timeout: 10_000 });
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(1);
    answer?.();
    await vi.waitFor(async () => expect(await asked.measured("sett_upstreams_left_alone")).toBe(0), {
      timeout: 10_000,
    });
    asked.answering = well;
    await expect(asked.get()).resolves.toMatchObject({ status: 200 });
  });

  test("when a write that asks it first is not answered yet", async () => {
    const asked = await startAsked(withStatus(503), { breaker, timeoutMs: 300 });
    await failing(asked, 3);
    asked.answering = hang;
    const stillUnderway = () => asked.send({ outlasts: true });
    await vi.waitFor(() => expect(stillUnderway()).rejects.toBeInstanceOf(StillUnderway), {
      timeout: 10_000,
    });
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(1);
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

describe("the line of a service", () => {
  const slowly =
    (ms: number): Answering =>
    (response) =>
      void wait(ms).then(() => response.end("{}"));

  test("says nothing of the service: what waited in vain is no reason to leave it alone", async () => {
    const asked = await startAsked(slowly(150), { connections: 4, timeoutMs: 1000, breaker });
    const all = await Promise.allSettled(Array.from({ length: 4 * 17 }, () => asked.get()));
    const failures = all.filter(({ status }) => status === "rejected");
    expect(failures.length).toBeGreaterThan(0);
    for (const failure of failures) {
      expect(failure).toMatchObject({ reason: { code: "RATE_LIMITED" } });
    }
    await expect(asked.get()).resolves.toMatchObject({ status: 200 });
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(0);
  });

  test("is held up by strangers who are too slow, and the service goes on being asked for it", async () => {
    const asked = await startAsked(hang, { connections: 2, timeoutMs: 300, breaker });
    const trials = Promise.allSettled(Array.from({ length: 2 }, () => asked.get({ reachesOut: true })));
    await vi.waitFor(() => expect(asked.requests).toHaveLength(2), { timeout: 10_000 });
    asked.answering = well;
    const others = await Promise.allSettled(Array.from({ length: 12 }, () => asked.get()));
    await trials;
    for (const other of others) {
      if (other.status === "rejected") expect(other.reason).toMatchObject({ code: "RATE_LIMITED" });
    }
    await expect(asked.get()).resolves.toMatchObject({ status: 200 });
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(0);
  });

  test("is left by those who go, for others to wait in", async () => {
    const asked = await startAsked(hang, { connections: 1, breaker });
    const first = asked.get();
    await vi.waitFor(() => expect(asked.requests).toHaveLength(1), { timeout: 10_000 });
    const budget = openBudget(60_000);
    const gone = Promise.allSettled(Array.from({ length: 16 }, () => asked.get({ budget })));
    await expect(asked.get()).rejects.toMatchObject({ code: "RATE_LIMITED" });
    budget.leave();
    expect((await gone).map(({ status }) => status)).toEqual(Array(16).fill("rejected"));
    const others = Array.from({ length: 16 }, () => asked.get());
    asked.answering = well;
    asked.requests[0]?.socket.destroy();
    await Promise.all([first, ...others]);
    expect(asked.requests).toHaveLength(18);
  });

  /** A service whose first requests wait until they are let go. */
  const startHeld = async (connections: number) => {
    const held: (() => void)[] = [];
    const asked = await startAsked((response) => void held.push(() => response.end("{}")), {
      connections,
      breaker,
    });
    const release = () => {
      asked.answering = well;
      held.forEach((each) => each());
    };
    const arrived = (count: number) =>
      vi.waitFor(() => expect(asked.requests).toHaveLength(count), { timeout: 10_000 });
    return { asked, release, arrived };
  };
  const all = (asked: Asked, count: number, askedBy: string) =>
    Array.from({ length: count }, () => asked.get({ askedBy, path: [askedBy] }));
  const kinds = async (answers: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(answers)).map(({ status }) => status);

  test("is all of one person's who asks alone, and nobody else is kept out of it by them", async () => {
    const { asked, release, arrived } = await startHeld(4);
    const eve = all(asked, 3 + 64, "eve");
    const hers = kinds(eve);
    await expect(all(asked, 1, "eve")[0]).rejects.toMatchObject({ code: "RATE_LIMITED" });
    const zu = all(asked, 10, "zu");
    // A quarter of the places is for others, whatever one person has hanging.
    await arrived(4);
    expect(asked.requests.map(({ url }) => url)).toEqual([...Array<string>(3).fill("/api/eve"), "/api/zu"]);
    release();
    expect(await kinds(zu)).toEqual(Array(10).fill("fulfilled"));
    // Nine of zu's wait where as many of eve's did, the last to come.
    expect(await hers).toEqual([
      ...Array<string>(58).fill("fulfilled"),
      ...Array<string>(9).fill("rejected"),
    ]);
    const order = asked.requests.map(({ url }) => url);
    expect(order.lastIndexOf("/api/zu")).toBeLessThan(30);
  });
});

describe("a service that others push out of memory", () => {
  const startMany = async (answering: Answering) => {
    const asked = await startAsked(answering, {
      connections: 1,
      breaker: { calls: 3, waitMs: 60_000 },
    });
    const pushOut = async () => {
      for (let index = 0; index < 1000; index += 50) {
        await Promise.all(Array.from({ length: 50 }, (_each, more) => asked.at(`other-${index + more}`)));
      }
    };
    return { asked, pushOut };
  };

  test("answers all who wait for it", async () => {
    const held: (() => void)[] = [];
    const { asked, pushOut } = await startMany((response, { url }) => {
      const answer = () => void response.end("{}");
      if (url?.startsWith("/api/")) held.push(answer);
      else answer();
    });
    const waiting = [asked.get(), asked.get()];
    await vi.waitFor(() => expect(held).toHaveLength(1), { timeout: 10_000 });
    await pushOut();
    held[0]?.();
    await vi.waitFor(() => expect(held).toHaveLength(2), { timeout: 10_000 });
    held[1]?.();
    await Promise.all(waiting);
  });

  test("is not counted as left alone when it fails then", async () => {
    const held: (() => void)[] = [];
    const { asked, pushOut } = await startMany((response, { url }) => {
      if (url?.startsWith("/api/")) held.push(() => response.writeHead(503).end());
      else response.end("{}");
    });
    const waiting = Promise.allSettled(Array.from({ length: 4 }, () => asked.get()));
    await vi.waitFor(() => expect(held).toHaveLength(1), { timeout: 10_000 });
    await pushOut();
    for (let failed = 0; failed < 3; failed += 1) {
      await vi.waitFor(() => expect(held.length).toBeGreaterThan(failed), { timeout: 10_000 });
      held[failed]?.();
    }
    await waiting;
    expect(await asked.measured("sett_upstreams_left_alone")).toBe(0);
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
