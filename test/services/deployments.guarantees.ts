import { expect, test } from "vitest";
import type { Deployment } from "../../src/live/deployment.record.ts";
import type { DeploymentStore } from "../../src/services/functions/deployments/deployment.store.ts";

/** A deployment of demo's function hello, unless told otherwise. */
export function deployment(differing: Partial<Deployment> = {}): Deployment {
  return {
    key: "one",
    producer: "demo",
    env: "dev",
    functionName: "hello",
    kind: "DEPLOY",
    state: "QUEUED",
    queuedAt: "2026-11-20T10:00:00.000Z",
    by: "customer-al",
    ...differing,
  };
}

const hello = { producer: "demo", env: "dev", functionName: "hello" };

/** What holds wherever deployments are kept. */
export function testDeployments(open: () => Promise<DeploymentStore>): void {
  test("a deployment is found as it was last heard of", async () => {
    const store = await open();
    await store.save(deployment());
    await store.save(deployment({ state: "FAILED", reason: "It failed." }));
    expect(await store.find("one")).toEqual(deployment({ state: "FAILED", reason: "It failed." }));
    expect(await store.find("two")).toBeUndefined();
  });

  test("the newest of a function is the one that was asked for last, whichever has come further since", async () => {
    const store = await open();
    await store.save(deployment());
    await store.save(deployment({ key: "two" }));
    await store.save(deployment({ key: "other", functionName: "convert" }));
    await store.save(deployment({ state: "RUNNING" }));
    expect((await store.last(hello))?.key).toBe("two");
    expect(await store.last({ ...hello, producer: "eve" })).toBeUndefined();
  });

  test("a function that is gone has had no deployment, and its deployments are still found", async () => {
    const store = await open();
    await store.save(deployment());
    await store.forgetLast(hello);
    expect(await store.last(hello)).toBeUndefined();
    expect((await store.find("one"))?.key).toBe("one");
  });
}
