import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs, functionService, running } from "./functions.asking.ts";

const timing = { deployMs: 300, undeployMs: 5 };

test("a deployment that waits is not carried out for one who has lost the right to it meanwhile", async () => {
  const sett = await startSett({ functionTiming: timing });
  const demo = functionsAs(sett);
  await demo.deploy("hello");
  const { data } = await functionsAs(sett, "al").undeploy("hello");
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "functions", "customer-al", "read");
  const deployment = await demo.finished(data?.undeployFunction?.deployment.id);
  expect(deployment).toMatchObject({ state: "CANCELLED", startedAt: null });
  expect(deployment?.reason).toContain("may not");
  expect(running(sett, "hello")).toBeDefined();
});

test("who deletes a function waits for what runs of it, and not for what waits: that is given up", async () => {
  const sett = await startSett({ functionTiming: timing });
  const demo = functionsAs(sett);
  const first = (await demo.deploy("hello")).data?.deployFunction?.deployment.id;
  const others = [await demo.deploy("hello"), await demo.undeploy("hello")];
  expect((await demo.remove({ name: "hello" })).errors).toEqual([]);
  expect((await demo.finished(first))?.state).toBe("SUCCEEDED");
  const ids = others.map(({ data }) => Object.values(data ?? {})[0] as { deployment: { id: string } } | null);
  for (const asked of ids) {
    const deployment = await demo.finished(asked?.deployment.id);
    expect(deployment).toMatchObject({ state: "CANCELLED", startedAt: null });
    expect(deployment?.reason).toContain("deleted");
  }
  expect(functionService(sett).names()).toEqual(["convert"]);
});

test("what waits for a function that is not deleted after all is not given up", async () => {
  const sett = await startSett({ functionTiming: timing });
  const demo = functionsAs(sett);
  await demo.deploy("hello");
  const { data } = await demo.deploy("hello");
  const revision = (await demo.found("hello"))?.revision ?? "";
  await demo.save({ name: "hello", files: [{ path: "late.js", text: "1" }] });
  expect((await demo.remove({ name: "hello", revision })).codes).toEqual(["CONFLICT"]);
  expect((await demo.finished(data?.deployFunction?.deployment.id))?.state).toBe("SUCCEEDED");
});

test("the function of a deployment that waits for a place among others is deleted without them", async () => {
  const sett = await startSett({
    env: { DEPLOY_LIMIT: "1", SHUTDOWN_DEADLINE: "10ms" },
    functionTiming: { deployMs: 60_000, undeployMs: 5 },
  });
  const demo = functionsAs(sett);
  await demo.deploy("hello");
  const { data } = await demo.deploy("convert");
  expect((await demo.remove({ name: "convert" })).errors).toEqual([]);
  expect((await demo.finished(data?.deployFunction?.deployment.id))?.state).toBe("CANCELLED");
});
