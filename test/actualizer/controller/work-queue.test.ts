import { setImmediate as breathe } from "node:timers/promises";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { createWorkQueue, type Urgency } from "../../../src/actualizer/controller/work.queue.ts";

interface Given {
  readonly concurrency?: number;
  /** What becomes of a look at a key. */
  readonly work?: (key: string, signal: AbortSignal) => Promise<void>;
  readonly delayMs?: number;
}

/** A queue whose work ends when it is told to, unless it is given some of its own. */
function begin({ concurrency = 2, work, delayMs = 10 }: Given = {}) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const failed: string[] = [];
  const queue = createWorkQueue({
    concurrency,
    delayFor: () => delayMs,
    onFailure: (key, _error, failures) => failed.push(`${key} ${failures}`),
    work: (key, signal) => {
      begun.push(key);
      if (work) return work(key, signal);
      return new Promise<void>((resolve, reject) => {
        ends.set(key, (error) => (error ? reject(error) : resolve()));
      });
    },
  });
  onTestFinished(() => {
    for (const end of ends.values()) end();
    return queue.stop(0);
  });
  const end = async (key: string, error?: Error) => {
    ends.get(key)?.(error);
    ends.delete(key);
    await breathe();
  };
  return { queue, begun, failed, end };
}

const refused = new Error("refused");

test("however often something changes while it waits, it is looked at once", async () => {
  const { queue, begun, end } = begin({ concurrency: 1 });
  queue.add("busy");
  for (let time = 0; time < 5; time += 1) queue.add("a");
  expect(queue.counts()).toMatchObject({ running: 1, waiting: 1 });
  await end("busy");
  await end("a");
  expect(begun).toEqual(["busy", "a"]);
  expect(queue.counts()).toMatchObject({ running: 0, waiting: 0, delayed: 0, retries: 0 });
});

test("however often something changes while it is looked at, it is looked at once more, and not at the same time", async () => {
  const { queue, begun, end } = begin();
  queue.add("a");
  for (let time = 0; time < 5; time += 1) queue.add("a");
  await breathe();
  expect(begun).toEqual(["a"]);
  await end("a");
  expect(begun).toEqual(["a", "a"]);
  await end("a");
  expect(begun).toHaveLength(2);
});

test("no more are looked at side by side than may be", async () => {
  const { queue, begun, end } = begin({ concurrency: 2 });
  for (const key of ["a", "b", "c"]) queue.add(key);
  expect([begun, queue.counts().waiting]).toEqual([["a", "b"], 1]);
  await end("a");
  expect(begun).toEqual(["a", "b", "c"]);
});

test("what somebody waits for goes before others, though it had a place in the line already, and they have every second turn", async () => {
  const { queue, begun, end } = begin({ concurrency: 1 });
  for (const key of ["busy", "a", "b", "c"]) queue.add(key);
  queue.add("c", "now");
  queue.add("d", "now");
  for (const key of ["busy", "c", "a", "d"]) await end(key);
  expect(begun).toEqual(["busy", "c", "a", "d", "b"]);
});

test("however often others are urgent, one that is not has its turn", async () => {
  const loud = ["loud", "louder", "loudest"];
  const { queue, begun, end } = begin({ concurrency: 2 });
  for (const key of loud) queue.add(key, "now");
  queue.add("quiet");
  queue.add("quieter");
  for (let turn = 0; turn < 12; turn += 1) {
    for (const key of loud) queue.add(key, "now");
    await end(begun.at(-2) ?? "");
  }
  expect(begun).toContain("quiet");
  expect(begun.indexOf("quieter")).toBeGreaterThan(begun.indexOf("quiet"));
  expect(begun.filter((key) => loud.includes(key)).length).toBeGreaterThan(6);
});

test("what fails is tried again after ever longer, and what happens meanwhile does not hurry it", async () => {
  const delays: number[] = [];
  let left = 3;
  const queue = createWorkQueue({
    concurrency: 1,
    delayFor: (failures) => {
      delays.push(failures);
      return 5;
    },
    onFailure: () => undefined,
    work: async () => {
      if ((left -= 1) <= 0) return;
      queue.add("a");
      throw refused;
    },
  });
  onTestFinished(() => queue.stop(0));
  queue.add("a");
  await vi.waitFor(() => expect(left).toBeLessThanOrEqual(0), { timeout: 10_000 });
  expect(delays).toEqual([1, 2]);
  expect(queue.counts().retries).toBe(2);
});

test.each<[Urgency, string, number]>([
  ["usual", "waits with it", 1],
  ["fresh", "is tried at once", 2],
  ["now", "is tried at once", 2],
])("after a failure, a change that is %s %s", async (urgency, _what, times) => {
  const { queue, begun, failed, end } = begin({ delayMs: 60_000 });
  queue.add("a");
  await end("a", refused);
  expect(failed).toEqual(["a 1"]);
  queue.add("a", urgency);
  await breathe();
  expect(begun).toHaveLength(times);
  expect(queue.counts().delayed).toBe(times === 1 ? 1 : 0);
});

test.each<[Urgency, string, number]>([
  ["usual", "waits with it", 1],
  ["fresh", "is looked at at once", 2],
])("what is %s and happens during a look that fails %s", async (urgency, _what, times) => {
  const { queue, begun, end } = begin({ delayMs: 60_000 });
  queue.add("a");
  queue.add("a", urgency);
  await end("a", refused);
  expect(begun).toHaveLength(times);
});

test("a success clears what failures have added up to", async () => {
  const { queue, failed, end } = begin();
  for (const error of [refused, undefined, refused]) {
    queue.add("a", "now");
    await end("a", error);
  }
  expect(failed).toEqual(["a 1", "a 1"]);
});

test("something is looked at later, at the earliest time that was asked for", async () => {
  const { queue, begun } = begin();
  queue.after("a", 60_000);
  queue.after("a", 5);
  queue.after("a", 50_000);
  expect(begun).toEqual([]);
  await vi.waitFor(() => expect(begun).toEqual(["a"]), { timeout: 10_000 });
});

test("a later look asked for during a look comes after it, and not where something happens before", async () => {
  const { queue, begun, end } = begin();
  queue.add("a");
  queue.after("a", 5);
  await end("a");
  await vi.waitFor(() => expect(begun).toEqual(["a", "a"]), { timeout: 10_000 });
});

test("one who stops waits for what runs, and begins nothing of what waits", async () => {
  const { queue, begun, end } = begin({ concurrency: 1 });
  queue.add("a");
  queue.add("b");
  queue.after("c", 1);
  const stopped = vi.fn();
  const stopping = queue.stop(60_000).then(stopped);
  queue.add("d");
  await breathe();
  expect(stopped).not.toHaveBeenCalled();
  await end("a");
  await stopping;
  expect(begun).toEqual(["a"]);
  expect(queue.counts()).toMatchObject({ running: 0, waiting: 0 });
});

test("what does not end in the time that it is given is told to stop", async () => {
  const { queue } = begin({
    work: (_key, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(refused))),
  });
  queue.add("a");
  await queue.stop(1);
  expect(queue.counts().running).toBe(0);
});

test("whatever happens in whichever order, nothing is looked at twice at once, and nothing that was added is left out", async () => {
  const action = fc.record({
    what: fc.constantFrom("add", "after", "breathe" as const),
    key: fc.constantFrom("a", "b", "c"),
    urgency: fc.constantFrom<Urgency>("usual", "fresh", "now"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 60 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (actions, fates, concurrency) => {
        const running = new Set<string>();
        const due = new Set<string>();
        let looks = 0;
        let mostAtOnce = 0;
        const queue = createWorkQueue({
          concurrency,
          delayFor: () => 1,
          onFailure: () => undefined,
          work: async (key) => {
            expect(running).not.toContain(key);
            running.add(key);
            due.delete(key);
            mostAtOnce = Math.max(mostAtOnce, running.size);
            const isFailing = fates[(looks += 1) % fates.length] === true && looks < 100;
            await breathe();
            running.delete(key);
            if (isFailing) due.add(key);
            if (isFailing) throw refused;
          },
        });
        for (const { what, key, urgency } of actions) {
          if (what === "breathe") await breathe();
          else due.add(key);
          if (what === "add") queue.add(key, urgency);
          if (what === "after") queue.after(key, 1);
        }
        await vi.waitFor(() => expect([...due, ...running]).toEqual([]), { interval: 1, timeout: 4_000 });
        expect(mostAtOnce).toBeLessThanOrEqual(concurrency);
        await queue.stop(0);
      },
    ),
    { numRuns: 150 },
  );
});
