import { expect, test } from "vitest";
import { createSlowWaits, type SlowPatience } from "../../../src/actualizer/sources/slow.waits.ts";
import { startSource, unhurried } from "./source.harness.ts";

const anHour = 3_600_000;
const hasty: SlowPatience = {
  promptMs: 5,
  longestMs: 10,
  atOnce: 2,
  restMs: anHour,
  longestRestMs: anHour,
};

const never = () => new Promise<string>(() => undefined);

test("a service that has not answered in time is left alone for a while, and asked again once it has come up", async () => {
  const waits = createSlowWaits(hasty);
  let asked = 0;
  const ask = (answer: () => Promise<string>) =>
    waits.wait("demo", "demo-dev", () => {
      asked += 1;
      return answer();
    });
  expect(await ask(never)).toBeUndefined();
  expect(await ask(async () => "there")).toBeUndefined();
  expect(asked).toBe(1);
  waits.forgive("demo-dev");
  expect(await ask(async () => "there")).toBe("there");
  expect(await ask(async () => "there again")).toBe("there again");
});

test("one that is left alone is asked again later, and at once after it has answered", async () => {
  const waits = createSlowWaits({ ...hasty, restMs: 1, longestRestMs: 1 });
  expect(await waits.wait("demo", "demo-dev", never)).toBeUndefined();
  await expect.poll(() => waits.wait("demo", "demo-dev", async () => "there"), { interval: 1 }).toBe("there");
});

test("slow services of some producers are waited for, those of more are not, and prompt ones always are", async () => {
  const waits = createSlowWaits({ ...hasty, longestMs: anHour });
  const ends: ((answer: string) => void)[] = [];
  const slow = () => new Promise<string>((resolve) => void ends.push(resolve));
  const waited = [waits.wait("one", "one/a", slow), waits.wait("one", "one/b", slow)];
  waited.push(waits.wait("two", "two/a", slow));
  // Both producers that may be waited for have been for longer than a prompt answer takes.
  expect(await waits.wait("late", "late/a", never)).toBeUndefined();
  expect(await waits.wait("three", "three/a", never)).toBeUndefined();
  expect(await waits.wait("four", "four/a", async () => "prompt")).toBe("prompt");
  for (const end of ends) end("slow");
  expect(await Promise.all(waited)).toEqual(["slow", "slow", "slow"]);
});

test("what goes wrong is told to who asked, and held against nobody", async () => {
  const waits = createSlowWaits(hasty);
  const broken = () => Promise.reject(new Error("a fault of ours"));
  await expect(waits.wait("demo", "demo-dev", broken)).rejects.toThrow("a fault of ours");
  expect(await waits.wait("demo", "demo-dev", async () => "there")).toBe("there");
});

test("a workspace that does not answer is not asked by the next reading, until it has come up", async () => {
  const { sandbox, source, environment, calls } = await startSource({ env: { UPSTREAM_TIMEOUT: "600ms" } });
  const { workspaceApi } = sandbox.workspaces;
  workspaceApi.faults.set({ mode: "hang" });
  expect((await environment("demo", "dev")).models).toBeUndefined();
  const asked = () => calls().filter((call) => call.startsWith("workspace-api")).length;
  expect(asked()).toBeGreaterThan(0);
  workspaceApi.faults.clear();
  await source.read("demo", unhurried);
  expect(asked()).toBe(0);
  source.cameUp?.({ producer: "demo", env: "dev" });
  expect((await environment("demo", "dev")).models).toBeInstanceOf(Array);
});
