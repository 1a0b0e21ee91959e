import { expect, test } from "vitest";
import { createEventQueue } from "../../src/live/event.queue.ts";
import { takeFrom, type ReadySource } from "../../src/live/ready.source.ts";

const queued = () => createEventQueue<string>({ limit: 10, onLost: () => undefined, onEnd: () => undefined });

/** Everything that comes of a source, without a promise for any of it, and how it ended. */
function takeAll<Event>(source: ReadySource<Event>) {
  const taken: Event[] = [];
  const ended = new Promise<unknown>((resolve) => {
    const go = () => {
      for (let event = source.take(); event !== undefined; event = source.take()) taken.push(event);
      const ending = source.ending();
      if (ending) resolve("error" in ending ? ending.error : "well");
    };
    source.onReady(go);
    go();
  });
  return { taken, ended };
}

test("what is kept ready is taken in the call that tells of it", async () => {
  const queue = queued();
  const { taken, ended } = takeAll(takeFrom(queue));
  queue.push({ event: "a", missed: 0 });
  queue.push({ event: "b", missed: 0 });
  expect(taken.map(({ event }) => event)).toEqual(["a", "b"]);
  queue.end();
  expect(await ended).toBe("well");
});

test("any async iterator is a source, one event after the other, to its end", async () => {
  const numbers = async function* () {
    yield* [1, 2, 3];
  };
  const { taken, ended } = takeAll(takeFrom(numbers()));
  expect(await ended).toBe("well");
  expect(taken).toEqual([1, 2, 3]);
});

test("where an async iterator breaks, what came before is taken, and then the error", async () => {
  const breaking = async function* () {
    yield 1;
    throw new TypeError("broken");
  };
  const { taken, ended } = takeAll(takeFrom(breaking()));
  expect(await ended).toEqual(new TypeError("broken"));
  expect(taken).toEqual([1]);
});

test("who leaves a source that is an async iterator lets it clean up", async () => {
  let left = false;
  const endless = async function* () {
    try {
      for (;;) yield 1;
    } finally {
      left = true;
    }
  };
  const source = takeFrom(endless());
  await source.next();
  source.leave();
  await expect.poll(() => left).toBe(true);
});

test("several who ask at once get an event each, in the order they asked, and all learn of the end", async () => {
  const queue = queued();
  const asked = [queue.next(), queue.next(), queue.next(), queue.next()];
  queue.push({ event: "a", missed: 0 });
  queue.push({ event: "b", missed: 0 });
  expect((await asked[0])?.value?.event).toBe("a");
  expect((await asked[1])?.value?.event).toBe("b");
  queue.end();
  expect(await Promise.all(asked.slice(2))).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ]);
});
