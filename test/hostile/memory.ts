import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "vitest";

setFlagsFromString("--expose-gc");
/** Collects garbage. */
export const collect = runInNewContext("gc") as () => void;

/** What is held, once garbage is collected. */
function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Does something, and sees that it took no longer than it may, with a wide margin. */
export async function inTime<Result>(work: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  const result = await work();
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  return result;
}

/** The same, and that it holds no more memory than that. */
export async function inMemory<Result>(megabytes: number, work: () => Promise<Result>): Promise<Result> {
  const held = heldBytes();
  const result = await inTime(work);
  expect((heldBytes() - held) / 1e6).toBeLessThan(megabytes);
  return result;
}
