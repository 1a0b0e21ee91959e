import { expect, test, vi } from "vitest";
import { batchOf } from "../../src/services/kubernetes/logs/log.batch.ts";
import { createLineSplitter } from "../../src/services/kubernetes/logs/log.lines.ts";
import { createLogQueue } from "../../src/services/kubernetes/logs/log.queue.ts";
import { createLogRing } from "../../src/services/kubernetes/logs/log.ring.ts";
import { cluster, eachTestHasAnApi, kubernetes } from "../sandbox/kubernetes.harness.ts";
import { follow, openLogs, readAll, runningPod } from "./pod-logs.following.ts";

eachTestHasAnApi();

const stamp = "2026-11-20T10:00:00.000000000Z";

function splitOf(bytes: Buffer, size: number) {
  const { feed, rest } = createLineSplitter(40);
  const lines = [];
  for (let at = 0; at < bytes.length; at += size) lines.push(...feed(bytes.subarray(at, at + size)));
  return { lines: lines.map(({ text, isCut }) => [text, isCut]), rest: rest()?.text };
}

test("lines are the same however they are cut into chunks, also where a letter, a limit or half a line is", () => {
  const bytes = Buffer.concat([
    Buffer.from(`${stamp} été\n${stamp} \nwithout a time\n${stamp} `),
    Buffer.from([0xff, 0x41, 0x0a]),
    Buffer.from(`${stamp} ${"é".repeat(100)}\n${stamp} half`),
  ]);
  const whole = splitOf(bytes, bytes.length);
  expect(whole.lines.slice(0, 3)).toEqual([
    ["été", false],
    ["", false],
    ["\uFFFDA", false],
  ]);
  expect(whole.lines[3]).toEqual([expect.stringMatching(/^é{20,24}$/), true]);
  expect(whole.rest).toBe("half");
  for (const size of [1, 2, 3, 7, 31]) expect(splitOf(bytes, size)).toEqual(whole);
});

test("times are one, whatever the zone and the digits that a node writes them with", () => {
  const { feed } = createLineSplitter(100);
  const times = ["2026-11-20T12:00:00.5+02:00", "2026-11-20T10:00:00.500000000Z", "2026-11-20T10:00:00.5Z"];
  const lines = feed(Buffer.from(times.map((time) => `${time} text\n`).join("")));
  expect(new Set(lines.map((line) => line.stamp))).toEqual(new Set(["2026-11-20T10:00:00.500000000Z"]));
});

function queueOf(limits: { lines: number; bytes: number }) {
  const ring = createLogRing({ lines: 10_000, bytes: 10_000_000 });
  const lost: number[] = [];
  const queue = createLogQueue(limits, { onLost: (lines) => lost.push(lines), onLeft: () => undefined });
  const write = (...texts: readonly string[]) =>
    queue.push(batchOf(texts.map((text) => ring.add({ stamp, text, isCut: false }, 0, false))));
  queue.open([]);
  return { queue, write, lost };
}

test("a reader who is too slow loses the oldest lines, in number and in size, and is told how many", () => {
  const few = queueOf({ lines: 3, bytes: 1_000_000 });
  few.write("1", "2", "3", "4", "5");
  expect(few.queue.take()).toMatchObject({
    event: { lines: [{ text: "3" }, { text: "4" }, { text: "5" }] },
    missed: 2,
  });
  few.write("6");
  expect(few.queue.take()).toMatchObject({ event: { lines: [{ text: "6" }] }, missed: 0 });
  expect(few.lost).toEqual([2]);
  const small = queueOf({ lines: 1000, bytes: 1000 });
  small.write("x".repeat(700), "y".repeat(700), "z");
  expect(small.queue.take()?.missed).toBe(2);
});

test("what waits for a reader is delivered before the end, and then the end, or why it ended", async () => {
  const { queue, write } = queueOf({ lines: 10, bytes: 10_000 });
  write("last");
  queue.end(new Error("over"));
  expect((await queue.next()).value).toMatchObject({ event: { lines: [{ text: "last" }] } });
  await expect(queue.next()).rejects.toThrow("over");
});

test("a reader who takes nothing keeps nobody else from the lines, and the cluster from nothing", async () => {
  const opened = await openLogs({ queue: { lines: 50, bytes: 1_000_000 } });
  const grant = runningPod("busy");
  const slow = await follow(opened, grant, { tailLines: 0 });
  const quick = readAll(await follow(opened, grant, { tailLines: 0 }));
  await vi.waitFor(() => expect(cluster.logs.following).toBe(1), { timeout: 10_000 });
  for (let line = 0; line < 500; line += 1) {
    cluster.write("busy", `line ${line}`);
    await vi.waitFor(() => expect(quick.texts).toHaveLength(line + 1), { interval: 1, timeout: 10_000 });
  }
  expect(slow.take()).toMatchObject({ missed: 450 });
  expect(opened.logs.counts()).toEqual({ followed: 1, lost: 450 });
});

test("a log that ends as soon as it is opened is not asked for in a hot loop", async () => {
  const opened = await openLogs({ firstDelayMs: 50, longestDelayMs: 100_000, settledMs: 10_000 });
  const grant = runningPod("stubborn");
  const reading = readAll(await follow(opened, grant));
  cluster.crash("stubborn");
  const opens = () => kubernetes.server.requests.filter(({ path }) => path.includes("follow=true"));
  await vi.waitFor(() => expect(opens().length).toBeGreaterThan(5), { timeout: 20_000 });
  const times = opens().map(({ at }) => at.getTime());
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(20);
  expect(waits.at(-1)).toBeGreaterThanOrEqual(200);
  expect(reading.texts).toEqual([]);
});
