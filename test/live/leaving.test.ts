import { expect, test } from "vitest";
import { letGo } from "../../src/server/live/leaving.ts";

/** How many are let go in each moment: those between which nothing else has had its turn. */
async function groupsOf(count: number, withinMs: number): Promise<readonly number[]> {
  const groups: number[] = [];
  let isSameMoment = false;
  await letGo(Array.from({ length: count }), withinMs, () => {
    if (!isSameMoment) groups.push(0);
    isSameMoment = true;
    setImmediate(() => {
      isSameMoment = false;
    });
    groups.push((groups.pop() ?? 0) + 1);
  });
  return groups;
}

test("many are let go some in each moment, and each of them once", async () => {
  const groups = await groupsOf(500, 60_000);
  expect(groups.reduce((sum, size) => sum + size, 0)).toBe(500);
  expect(Math.max(...groups)).toBe(10);
});

test.each([
  [10_000, 200, 500],
  [7, 1000, 7],
  [3, 0, 3],
  [0, 1000, 0],
])("%i in %i ms are let go %i in a moment", async (count, withinMs, atOnce) => {
  expect(Math.max(0, ...(await groupsOf(count, withinMs)))).toBe(atOnce);
});
