import { expect, test } from "vitest";
import { createHub } from "../../src/live/hub.ts";

interface Events {
  readonly said: string;
}

const opened = (queueLimit = 3) => createHub<Events>({ queueLimit });

async function taken(events: AsyncIterator<{ event: string; missed: number }>, count: number) {
  const all = [];
  for (let index = 0; index < count; index += 1) {
    const { value } = (await events.next()) as { value: { event: string; missed: number } };
    all.push([value.event, value.missed]);
  }
  return all;
}

test("events reach those who listen to their topic, in order, and nobody else", async () => {
  const hub = opened();
  const [one, other] = [hub.subscribe("said", "one"), hub.subscribe("said", "other")];
  hub.publish("said", "one", "a");
  hub.publish("said", "other", "x");
  hub.publish("said", "one", "b");
  expect(await taken(one, 2)).toEqual([
    ["a", 0],
    ["b", 0],
  ]);
  expect(await taken(other, 1)).toEqual([["x", 0]]);
});

test("a slow subscriber loses the oldest of its own events, is told how many, and costs the others none", async () => {
  const hub = opened(2);
  const [slow, quick] = [hub.subscribe("said", "t"), hub.subscribe("said", "t")];
  for (const event of ["a", "b", "c", "d", "e"]) {
    hub.publish("said", "t", event);
    expect(await taken(quick, 1)).toEqual([[event, 0]]);
  }
  expect(hub.counts()).toEqual({ topics: 1, subscribers: 2, waiting: 2, lost: 3 });
  expect(await taken(slow, 2)).toEqual([
    ["d", 3],
    ["e", 0],
  ]);
});

test("one who leaves while it waits is answered at once, and its topic is forgotten", async () => {
  const hub = opened();
  const events = hub.subscribe("said", "t");
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(hub.isHeard("said", "t")).toBe(false);
  expect(hub.counts()).toMatchObject({ topics: 0, subscribers: 0 });
  hub.publish("said", "t", "late");
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("all who are in time get one and the same object, so that what is made of it is made once", async () => {
  const hub = opened();
  const [one, other] = [hub.subscribe("said", "t"), hub.subscribe("said", "t")];
  hub.publish("said", "t", "a");
  expect((await one.next()).value).toBe((await other.next()).value);
});

test("closing ends every subscription, after what still waits for it", async () => {
  const hub = opened();
  const events = hub.subscribe("said", "t");
  hub.publish("said", "t", "last");
  hub.close();
  expect(await taken(events, 1)).toEqual([["last", 0]]);
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("the gateway's own listeners are called at once, until they leave, and count as no subscribers", () => {
  const hub = opened();
  const heard: string[] = [];
  const leave = hub.listen("said", "t", (event) => heard.push(event));
  hub.publish("said", "t", "a");
  expect([heard, hub.counts().subscribers, hub.counts().topics]).toEqual([["a"], 0, 0]);
  leave();
  leave();
  hub.publish("said", "t", "b");
  expect(heard).toEqual(["a"]);
});
