import { describe, expect, it } from "vitest";
import { addMarked } from "../../support/environment.marks.ts";
import { startSource, unhurried } from "./source.harness.ts";

describe("Environments that were made beyond the limit", () => {
  it("are there, are not read and say why, those that were made last", async () => {
    const { source, sandbox, calls } = await startSource({ env: { ENVIRONMENT_LIMIT: "2" } });
    for (const name of ["zoo", "stage", "a"]) addMarked(sandbox, "customer-demo", name);
    calls();

    const facts = await source.read("demo", unhurried);

    expect(facts?.environments.map(({ env, leftOut }) => [env, leftOut])).toEqual([
      [
        "a",
        "Besides those that every producer has, 2 environments can be run, and others were made before this one.",
      ],
      ["dev", undefined],
      ["stage", undefined],
      ["zoo", undefined],
    ]);
    expect(calls().filter((call) => call.includes("customer-demo/a/"))).toEqual([]);
  });
});

describe("Functions beyond those that an environment may have", () => {
  it("are told without being looked into", async () => {
    const { environment, sandbox, calls } = await startSource();
    const names = Array.from({ length: 305 }, (_each, index) => `a${String(index).padStart(3, "0")}`);
    const files = Object.fromEntries(names.map((name) => [`${name}/serverless.yml`, `service: ${name}`]));
    sandbox.gitea.platform.push("customer-demo", "functions", { commits: [{ message: "many", files }] });
    calls();

    const { functions } = await environment("demo", "dev");

    expect(functions?.length).toBeGreaterThanOrEqual(305);
    expect(calls().filter((call) => call.includes("serverless.yml")).length).toBeLessThanOrEqual(300);
  });
});
