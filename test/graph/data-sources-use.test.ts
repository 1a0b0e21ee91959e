import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { dataSourcesAs, podState, stored } from "./data-sources.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

test("al deletes a data source that no model uses", async () => {
  const sett = await startSett();
  const { data, errors } = await dataSourcesAs(sett, "al").delete({ name: "weather" });
  expect(errors).toEqual([]);
  expect(data?.deleteDataSource).toEqual({
    deletedName: "weather",
    project: { dataSources: [{ name: "memory" }, { name: "garage" }] },
  });
  expect(stored(sett, "weather")).toBeUndefined();
});

test("a data source that models use is not deleted, and they are named", async () => {
  const sett = await startSett();
  const { errors } = await dataSourcesAs(sett).delete({ name: "garage" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.name", message: expect.stringContaining("Car, Wheel") as string }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a data source that is not there can be neither deleted nor tried", async () => {
  const sett = await startSett();
  expect((await dataSourcesAs(sett).delete({ name: "nosuch" })).codes).toEqual(["NOT_FOUND"]);
  expect((await dataSourcesAs(sett).test("nosuch")).codes).toEqual(["NOT_FOUND"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a data source that answers connects, and one that does not says why", async () => {
  const sett = await startSett();
  expect((await dataSourcesAs(sett).test("memory")).data?.testDataSource).toEqual({
    connects: true,
    message: null,
  });
  expect((await dataSourcesAs(sett).test("garage")).data?.testDataSource).toEqual({
    connects: false,
    message: "connect ECONNREFUSED garage.cars.example:3306",
  });
  podState(sett).answeringHosts.add("garage.cars.example:3306");
  expect((await dataSourcesAs(sett).test("garage")).data?.testDataSource?.connects).toBe(true);
});

test("a driver's message is told without secrets and places on the disk", async () => {
  const sett = await startSett();
  const message = `Access denied for mechanic with hunter2-garage at mysql://mechanic:hunter2-garage@garage/x in /srv/platform/driver.js ${"x".repeat(250)} hunter2-garage`;
  sett.sandbox.workspaces.workspaceApi.faults.set(
    { mode: "answer", status: 500, body: JSON.stringify({ error: { status: 500, message } }) },
    { path: /testConnection/ },
  );
  const { data, text } = await dataSourcesAs(sett).test("garage");
  expect(data?.testDataSource?.message).toMatch(
    /^Access denied for mechanic with \*\*\* at mysql:\/\/\*\*\*@garage/,
  );
  expect(text).not.toMatch(/hunter2|platform/);
  expect(sett.log.text.join("")).not.toContain("hunter2");
});
