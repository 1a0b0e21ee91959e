import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import type { FunctionsGrant } from "../../src/permissions/grant.ts";
import { createLocalDeployments } from "../../src/services/functions/deployments/deployment.store.ts";
import { createDeployments } from "../../src/services/functions/deployments/deployments.service.ts";
import { createLocalLock } from "../../src/services/workspace/lock/local.lock.ts";

type Write = FunctionsGrant<"write">;

const of = (producer: string) => ({ producer, env: "dev" }) as unknown as Write;
const al = { login: "customer-al", mayStill: async () => true };

/** Deployments that come to no end until they are told to. */
function startDeployments({ limit = 4, mayStill = al.mayStill } = {}) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const deployments = createDeployments({
    run: async ({ producer }, name) => {
      begun.push(`${producer} ${name}`);
      await new Promise<void>((resolve) => ends.push(resolve));
      return { state: "SUCCEEDED" };
    },
    store: createLocalDeployments({ size: 100, keepMs: 60_000 }),
    lock: createLocalLock({ waitMs: 1000 }),
    log: createLog("silent"),
    limit: limit === Infinity ? undefined : limit,
    queueLimit: 10,
    lostAfterMs: 60_000,
    aloneWaitMs: 50,
  });
  onTestFinished(async () => {
    await deployments.finish(1);
  });
  const start = (producer: string, name: string) =>
    deployments.start(of(producer), name, "DEPLOY", { ...al, mayStill });
  return { deployments, begun, ends, start };
}

test("one producer's deployments never take all the places there are", async () => {
  const { begun, start } = startDeployments({ limit: 4 });
  for (const name of ["one", "two", "three", "four", "five"]) await start("demo", name);
  await start("eve", "pay");
  await expect.poll(() => begun, { interval: 2 }).toEqual(["demo one", "demo two", "eve pay"]);
});

test("where somebody else carries them out those of different functions are all asked for at once", async () => {
  const { begun, start } = startDeployments({ limit: Infinity });
  const names = ["one", "two", "three", "four", "five", "six"];
  for (const name of names) await start("demo", name);
  await start("demo", "one");
  await expect.poll(() => begun, { interval: 2 }).toEqual(names.map((name) => `demo ${name}`));
});

test("deployments that wait for their function keep no place from others", async () => {
  const { begun, start } = startDeployments({ limit: 4 });
  for (let index = 0; index < 4; index += 1) await start("demo", "one");
  await start("demo", "two");
  await expect.poll(() => begun, { interval: 2 }).toEqual(["demo one", "demo two"]);
});

test("who wants a function alone is turned away when what runs of it takes too long, and nothing is done later", async () => {
  const { deployments, begun, ends, start } = startDeployments();
  const { key } = await start("demo", "one");
  await expect.poll(() => begun.length, { interval: 2 }).toBe(1);
  let isDone = false;
  const work = async () => void (isDone = true);
  await expect(deployments.alone(of("demo"), "one", work)).rejects.toMatchObject({
    extensions: { code: "RATE_LIMITED" },
  });
  ends[0]?.();
  await expect.poll(async () => (await deployments.find(of("demo"), key))?.state).toBe("SUCCEEDED");
  const after = async () => "after";
  expect(await deployments.alone(of("demo"), "one", after)).toBe("after");
  expect(isDone).toBe(false);
});

test("what its asker may not do any more when its turn comes is cancelled, with a reason", async () => {
  const { deployments, begun, start } = startDeployments({ mayStill: async () => false });
  const { key } = await start("demo", "one");
  const found = () => deployments.find(of("demo"), key);
  await expect.poll(async () => (await found())?.state).toBe("CANCELLED");
  expect((await found())?.reason).toContain("may not deploy");
  expect(begun).toEqual([]);
});
