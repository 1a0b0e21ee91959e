import { setImmediate as breathe } from "node:timers/promises";
import { pino } from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import type { LogChunk } from "../../src/services/kubernetes/logs/log.batch.ts";
import { createLogFollower } from "../../src/services/kubernetes/logs/log.follower.ts";
import { createLogPace } from "../../src/services/kubernetes/logs/log.pace.ts";
import { usualLogPatience } from "../../src/services/kubernetes/logs/log.patience.ts";
import type { LogQueue } from "../../src/services/kubernetes/logs/log.queue.ts";
import { createLogReaders } from "../../src/services/kubernetes/logs/log.readers.ts";
import { createLogRing, type RingLimits } from "../../src/services/kubernetes/logs/log.ring.ts";
import { createToldLines } from "../../src/services/kubernetes/logs/told.lines.ts";
import { cluster, eachTestHasAnApi } from "../sandbox/kubernetes.harness.ts";
import { follow, openLogs, readAll, runningPod } from "./pod-logs.following.ts";

eachTestHasAnApi();

/** So long that nothing is told by itself while a test runs. */
const never = 2 ** 31 - 1;
const roomy: RingLimits = { lines: 100_000, bytes: 100_000_000 };
const ten = { everyMs: never, lines: 10, bytes: 1_000_000 };

const stampOf = (number: number) => `2026-11-20T10:00:00.${String(number).padStart(9, "0")}Z`;
const lineOf = (number: number) => ({ stamp: stampOf(number), text: `line ${number}`, isCut: false });

/** A log of the test's own: what is written of it reaches those who read it. */
function openedLog(limits: RingLimits = roomy) {
  const ring = createLogRing(roomy);
  const readers = createLogReaders({
    ring,
    limits,
    batch: ten,
    onLost: () => undefined,
    onEmpty: () => undefined,
  });
  const told = createToldLines(ring, readers.tell);
  let written = 0;
  readers.begin();
  onTestFinished(() => readers.end());
  const write = (count: number) => told.tell(Array.from({ length: count }, () => lineOf((written += 1))));
  return { readers, told, write };
}

function takeAll(queue: LogQueue) {
  const taken = [];
  for (let next = queue.take(); next; next = queue.take()) taken.push(next);
  return taken;
}

const numbersIn = ({ lines }: Pick<LogChunk, "lines">) => lines.map(({ text }) => Number(text.slice(5)));
const count = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("the first lines are told at once, what comes with them a batch at a time, and who reads on waits for room", async () => {
  const told: number[][] = [];
  const pace = createLogPace({ ...ten, everyMs: 1 }, (batch) => told.push(numbersIn(batch)));
  onTestFinished(pace.flush);
  const ring = createLogRing(roomy);
  pace.add(count(1, 45).map((number) => ring.add(lineOf(number), 0, false)));
  expect(told).toEqual([count(1, 10)]);
  expect(pace.waiting()).toBe(35);
  await pace.room();
  expect(pace.waiting()).toBe(5);
  expect(told).toEqual([count(1, 10), count(11, 20), count(21, 30), count(31, 40)]);
  expect(pace.behindMs()).toBe(4);
  pace.flush();
  expect(pace.behindMs()).toBe(0);
  expect(told.at(-1)).toEqual(count(41, 45));
});

test("a log of which nothing came for a while is not behind, however much came before", async () => {
  const pace = createLogPace({ ...ten, everyMs: 1 }, () => undefined);
  const ring = createLogRing(roomy);
  pace.add(count(1, 300).map((number) => ring.add(lineOf(number), 0, false)));
  await pace.room();
  expect(pace.behindMs()).toBe(30);
  await expect.poll(pace.behindMs).toBe(0);
});

test("lines of another run, and such as come after missing ones, are told apart from those before", () => {
  const { readers, told, write } = openedLog();
  const reader = readers.join({});
  takeAll(reader);
  write(1);
  write(2);
  told.nextRun();
  write(2);
  told.missing();
  write(2);
  readers.end();
  expect(takeAll(reader).map(({ event }) => [numbersIn(event), event.restarted, event.gap])).toEqual([
    [[1], false, false],
    [[2, 3], false, false],
    [[4, 5], true, false],
    [[6, 7], false, true],
  ]);
});

test("readers who have missed nothing get one and the same chunk, be they quick or slow", () => {
  const { readers, write } = openedLog();
  const [quick, slow] = [readers.join({}), readers.join({})];
  for (const reader of [quick, slow]) takeAll(reader);
  write(5);
  const first = quick.take();
  expect(first && numbersIn(first.event)).toEqual(count(1, 5));
  write(10);
  readers.end();
  const second = quick.take();
  expect(slow.take()).toBe(first);
  expect(slow.take()).toBe(second);
  expect(second && numbersIn(second.event)).toEqual(count(6, 15));
});

test("a reader who was too slow is told how many lines are missing, and then the same as all others", () => {
  const { readers, write } = openedLog({ lines: 25, bytes: 1_000_000 });
  const [quick, slow] = [readers.join({}), readers.join({})];
  const told: unknown[] = [];
  takeAll(slow);
  quick.onReady(() => told.push(...takeAll(quick)));
  write(3);
  write(37);
  readers.end();
  const [late, ...others] = takeAll(slow);
  expect(late).toMatchObject({ missed: 15 });
  expect(late && numbersIn(late.event)).toEqual(count(16, 23));
  expect(others).toHaveLength(2);
  for (const other of others) expect(told).toContain(other);
});

test("who comes while lines wait to be told gets each of them once", () => {
  const { readers, write } = openedLog();
  const first = readers.join({ tailLines: 0 });
  write(1);
  write(34);
  const [late, latest] = [readers.join({ tailLines: 5 }), readers.join({ tailLines: 0 })];
  write(3);
  readers.end();
  const numbersOf = (queue: LogQueue) => takeAll(queue).flatMap(({ event }) => numbersIn(event));
  expect(numbersOf(first)).toEqual(count(1, 38));
  expect(numbersOf(late)).toEqual(count(31, 38));
  expect(numbersOf(latest)).toEqual(count(36, 38));
});

test("a container that writes without end is read no faster than it is told", async () => {
  const { service } = await openLogs();
  const grant = runningPod("endless");
  const record = await vi.waitFor(() => service.pod(grant), { timeout: 5000, interval: 5 });
  let written = 0;
  async function* endless() {
    for (;;) {
      await breathe();
      const lines = Array.from({ length: 100 }, () => lineOf((written += 1)));
      yield Buffer.from(lines.map(({ stamp, text }) => `${stamp} ${text}\n`).join(""));
    }
  }
  const follower = createLogFollower({
    source: {
      open: ({ follow: isFollowed }) =>
        Promise.resolve(isFollowed ? { chunks: endless(), close: () => undefined } : undefined),
    },
    pod: { now: () => record, ask: () => Promise.resolve(record), listen: () => () => undefined },
    container: "workspace",
    patience: { ...usualLogPatience, batch: { everyMs: 2, lines: 100, bytes: 1_000_000 } },
    log: pino({ level: "silent" }),
    onLost: () => undefined,
    onOver: () => undefined,
  });
  onTestFinished(follower.stop);
  const reading = readAll(follower.join({}));
  await vi.waitFor(() => expect(reading.texts.length).toBeGreaterThan(3000), { timeout: 10_000 });
  expect(written - reading.texts.length).toBeLessThanOrEqual(300);
  const { texts } = reading;
  expect(texts).toEqual(count(1, texts.length).map((number) => `line ${number}`));
  expect(reading.chunks.every((chunk) => chunk?.missed === 0)).toBe(true);
});

test("who cannot be told all for long is told that lines are missing, and the newest", async () => {
  const opened = await openLogs({
    batch: { everyMs: 2, lines: 10, bytes: 1_000_000 },
    ring: { lines: 50, bytes: 1_000_000 },
    behindMs: 20,
  });
  const grant = runningPod("chatty");
  // What a run before this one wrote is no matter.
  cluster.write("chatty", "last words");
  cluster.crash("chatty");
  cluster.recover("chatty");
  cluster.write("chatty", "line 0");
  const reading = readAll(await follow(opened, grant, { tailLines: 1 }));
  await vi.waitFor(() => expect(reading.texts).toEqual(["line 0"]), { timeout: 5000, interval: 5 });
  await vi.waitFor(() => expect(cluster.logs.following).toBe(1), { timeout: 5000, interval: 5 });
  for (const number of count(1, 20_000)) cluster.write("chatty", `line ${number}`);
  await vi.waitFor(() => expect(reading.texts.at(-1)).toBe("line 20000"), { timeout: 15_000 });
  const gaps = reading.chunks.filter((chunk) => chunk?.event.gap);
  expect(gaps.length).toBeGreaterThan(0);
  expect(reading.texts.length).toBeLessThan(20_000);
  const numbers = reading.texts.map((text) => Number(text.slice(5)));
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  const jumps = numbers.slice(1).filter((number, index) => number !== (numbers[index] ?? 0) + 1);
  expect(jumps).toHaveLength(gaps.length);
  expect(reading.chunks.some((chunk) => chunk?.event.restarted)).toBe(false);
});
