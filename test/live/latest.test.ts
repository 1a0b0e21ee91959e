import { expect, test } from "vitest";
import { createLatest } from "../../src/live/latest.ts";

/** A counter whose state one can subscribe to. */
function counter() {
  let state = { event: { count: 0 }, missed: 0 };
  let endings = 0;
  const latest = createLatest({
    read: () => state,
    onEnd: () => {
      endings += 1;
    },
  });
  const count = () => {
    state = { event: { count: state.event.count + 1 }, missed: 0 };
    latest.changed();
  };
  return {
    latest,
    count,
    endings: () => endings,
    next: async () => (await latest.next()).value?.event.count,
  };
}

test("how it is comes first, and then each change to one who keeps up", async () => {
  const { count, next } = counter();
  expect(await next()).toBe(0);
  count();
  expect(await next()).toBe(1);
  const waiting = next();
  count();
  expect(await waiting).toBe(2);
});

test("who is slow is told the newest, once, however much has happened", async () => {
  const { count, next } = counter();
  expect(await next()).toBe(0);
  for (let round = 0; round < 1000; round += 1) count();
  expect(await next()).toBe(1000);
  const waiting = next();
  count();
  expect(await waiting).toBe(1001);
});

test("a change that leaves everything as it was told is told to nobody", async () => {
  const { latest, count, next } = counter();
  expect(await next()).toBe(0);
  const waiting = next();
  latest.changed();
  count();
  expect(await waiting).toBe(1);
});

test("the end comes at once to who waits, and is noticed once", async () => {
  const { latest, next, endings } = counter();
  await next();
  const waiting = latest.next();
  latest.end();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await latest.return();
  expect(await latest.next()).toEqual({ done: true, value: undefined });
  expect(endings()).toBe(1);
});
