import { expect, onTestFinished, test } from "vitest";
import { createHub } from "../../src/live/hub.ts";
import type { LiveEvents } from "../../src/live/live-events.ts";
import type { PresenceExchange } from "../../src/live/presence.exchange.ts";
import { openRoom } from "../../src/live/presence.room.ts";
import { createPresence } from "../../src/live/presence.ts";
import { createLog } from "../../src/log.ts";

/** Who is there, in one process. */
function opened() {
  const presence = createPresence({
    hub: createHub<LiveEvents>({ queueLimit: 10 }),
    store: undefined,
    keepMs: 1000,
    log: createLog("silent"),
  });
  onTestFinished(() => presence.close());
  const enter = (login: string) => presence.enter("demo/dev", { login, fullName: "" });
  return { presence, enter };
}

test("one who is slow to read is told the newest, once, however many have come and gone", async () => {
  const { enter } = opened();
  const slow = await enter("a-slow");
  const quick = await enter("b-quick");
  await slow.next();
  for (const login of ["c", "d", "e"]) {
    const passing = await enter(login);
    await passing.next();
    await passing.return();
  }
  await enter("z-last");
  for (;;) {
    const { value } = await quick.next();
    if (value?.event.people.some(({ login }) => login === "z-last")) break;
  }
  const { value } = await slow.next();
  expect(value?.event.people.map(({ login }) => login)).toEqual(["a-slow", "b-quick", "z-last"]);
  let isMore = false;
  void slow.next().then(({ done }) => (isMore = !done));
  await quick.return();
  await slow.return();
  expect(isMore).toBe(false);
});

test("of a crowd those are told who have been there longest, and of the others how many", async () => {
  const { presence, enter } = opened();
  for (let index = 0; index < 250; index += 1) await enter(`p${String(index).padStart(3, "0")}`);
  const { people, others } = await presence.now("demo/dev");
  expect([people.length, people[0]?.login, people[199]?.login, others]).toEqual([200, "p000", "p199", 50]);
});

test("a crowd that comes at once is told of together, as one and the same object for all", async () => {
  const { enter } = opened();
  const first = await enter("first");
  await first.next();
  const second = await enter("second");
  await Promise.all([first.next(), second.next()]);
  for (let index = 0; index < 100; index += 1) await enter(`p${index}`);
  const [one, other] = await Promise.all([first.next(), second.next()]);
  expect(one.value).toBe(other.value);
  expect(one.value?.event.people).toHaveLength(102);
});

/** A room with others elsewhere, who are told when the test lets them be. */
function openedRoom() {
  const counts = { looks: 0, tells: 0, empty: 0 };
  let isTold = Promise.resolve();
  const exchange: PresenceExchange = {
    opened: Promise.resolve(),
    records: () => {
      counts.looks += 1;
      return [{ people: [], others: 1 }];
    },
    staleSince: () => undefined,
    tell: () => {
      counts.tells += 1;
      return isTold;
    },
    renew: () => Promise.resolve(),
    lose: () => undefined,
    close: () => undefined,
  };
  const room = openRoom({ openExchange: () => exchange, onEmpty: () => (counts.empty += 1) });
  onTestFinished(() => room.close());
  return {
    counts,
    room,
    enter: (login: string) => room.enter({ login, fullName: "" }),
    holdTelling: () => {
      let letGo = () => {};
      isTold = new Promise((resolve) => (letGo = resolve));
      return letGo;
    },
  };
}

test("who is there is found out once for a whole crowd, and not by each of them", async () => {
  const { counts, room, enter } = openedRoom();
  let told = 0;
  for (let index = 0; index < 300; index += 1) {
    const subscription = await enter(`p${index}`);
    const read = () => {
      while (subscription.take()?.event.people.length === 200) told += 1;
    };
    subscription.onReady(read);
    read();
  }
  await expect.poll(() => told).toBeGreaterThanOrEqual(300);
  // A slow machine may have told of them in several parts.
  expect(counts.looks).toBeLessThan(30);
  const before = counts.looks;
  for (let index = 0; index < 10; index += 1) expect((await room.now()).people).toHaveLength(200);
  expect(counts.looks).toBe(before);
});

test("a room is left empty once, also when several go while the others are still being told", async () => {
  const { counts, enter, holdTelling } = openedRoom();
  const letGo = holdTelling();
  for (const login of ["one", "two"]) {
    const subscription = await enter(login);
    await subscription.next();
    const before = counts.tells;
    await subscription.return();
    await expect.poll(() => counts.tells).toBeGreaterThan(before);
  }
  letGo();
  await expect.poll(() => counts.empty).toBe(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(counts.empty).toBe(1);
});
