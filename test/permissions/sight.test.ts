import { expect, onTestFinished, test, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Context } from "../../src/context.ts";
import { NotFound } from "../../src/errors.ts";
import { createSignal } from "../../src/live/signal.ts";
import { createPermissionWatches } from "../../src/permissions/permission.watches.ts";
import { createPlatformNames } from "../../src/permissions/platform-names.ts";
import { createLookFor } from "../../src/permissions/sight.ts";
import type { RepositoryName } from "../../src/permissions/subject.ts";

const question = { permission: "functions:read", value: { producer: "demo", env: "dev" } } as const;
const functions = { owner: "customer-demo", name: "functions" };
const granted = () => Promise.resolve(functions);
const refused = () => Promise.reject(new NotFound("project"));

/** Somebody whose permission is answered as the test says. */
function somebody(intervalMs = 1e6) {
  const rightsChanged = createSignal<RepositoryName>();
  const names = createPlatformNames(readConfig({}), "own-token");
  const watches = createPermissionWatches({ intervalMs, graceMs: 1e6, rightsChanged, names });
  const state: { answer: () => Promise<unknown>; asked: number } = { answer: granted, asked: 0 };
  const require = () => {
    state.asked += 1;
    return state.answer();
  };
  const lookFor = createLookFor({
    watches,
    callerKey: "somebody",
    renew: async () => ({ signedIn: { policy: { require } } }) as unknown as Context,
    refusal: async () => undefined,
  });
  const look = () => lookFor(question, () => undefined);
  return { state, watches, look, change: () => rightsChanged.tell(functions) };
}

/** Answers that come when the test says so. */
function late() {
  let refuse: (error: unknown) => void = () => undefined;
  const answer = () =>
    new Promise<never>((_, reject) => {
      refuse = reject;
    });
  return { answer, refuse: () => refuse(new NotFound("project")) };
}

test("one who comes while a permission is being lost does not hold it, at whatever moment that is", async () => {
  for (let moment = 0; moment < 20; moment += 1) {
    const { state, watches, look, change } = somebody();
    const { answer, refuse } = late();
    const first = await look();
    expect(first.held()).toBe(true);
    state.answer = answer;
    change();
    await vi.waitFor(() => expect(state.asked).toBe(2), { timeout: 10_000 });
    state.answer = refused;
    refuse();
    for (let passed = 0; passed < moment; passed += 1) await Promise.resolve();
    const second = await look();
    await vi.waitFor(() => expect([first.held(), second.held()]).toEqual([false, false]), {
      timeout: 10_000,
    });
    expect(watches.count()).toBe(0);
    state.answer = granted;
    change();
    await vi.waitFor(() => expect([first.held(), second.held()]).toEqual([true, true]), { timeout: 10_000 });
    watches.close();
  }
});

test("rights that are changed while it is being looked are looked for again, once", async () => {
  const { state, watches, look, change } = somebody();
  state.answer = refused;
  const sight = await look();
  const { answer, refuse } = late();
  state.answer = answer;
  change();
  await vi.waitFor(() => expect(state.asked).toBe(2), { timeout: 10_000 });
  state.answer = granted;
  change();
  change();
  refuse();
  await vi.waitFor(() => expect(sight.held()).toBe(true), { timeout: 10_000 });
  sight.leave();
  watches.close();
});

test("all who lack the same are asked about with one question, whenever they came", async () => {
  // Not all of them: what earlier tests left in this process would go round and round in the time that is made to pass.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const { state, watches, look } = somebody(1000);
  state.answer = refused;
  for (let count = 0; count < 5; count += 1) {
    await look();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(state.asked).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(state.asked).toBe(11);
  await look();
  expect(state.asked).toBe(11);
  await vi.advanceTimersByTimeAsync(1100);
  await look();
  expect(state.asked).toBe(12);
  watches.close();
});

test("who has left is looked for no longer", async () => {
  const { state, watches, look, change } = somebody();
  state.answer = refused;
  const [one, other] = [await look(), await look()];
  one.leave();
  other.leave();
  const { asked } = state;
  change();
  const third = await look();
  expect(state.asked).toBe(asked + 1);
  third.leave();
  watches.close();
});
