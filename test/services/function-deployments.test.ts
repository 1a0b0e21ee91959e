import { describe, expect, test } from "vitest";
import { createLocalDeployments } from "../../src/services/functions/deployments/deployment.store.ts";
import { deployment, testDeployments } from "./deployments.guarantees.ts";

describe("deployments kept in the process", () => {
  testDeployments(async () => createLocalDeployments({ size: 100, keepMs: 60_000 }));

  test("no more are kept than may be, the oldest go first", async () => {
    const store = createLocalDeployments({ size: 2, keepMs: 60_000 });
    for (const key of ["one", "two", "three"]) await store.save(deployment({ key }));
    expect(await store.find("one")).toBeUndefined();
    expect((await store.find("two"))?.key).toBe("two");
    expect((await store.find("three"))?.key).toBe("three");
  });
});
