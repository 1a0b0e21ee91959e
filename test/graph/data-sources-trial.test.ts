import { expect, test, vi } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { dataSourcesAs, stored } from "./data-sources.asking.ts";

const trial = { path: /testConnection/ };

/** What the workspace says of a data source while somebody writes the project. */
function sayHalfWritten(sett: Sett, times: number): void {
  const message = "Cannot parse package.json: /srv/platform/package.json: Unexpected end of JSON input";
  const body = JSON.stringify({ error: { name: "SyntaxError", status: 500, message } });
  sett.sandbox.workspaces.workspaceApi.faults.set({ mode: "answer", status: 500, body }, { ...trial, times });
}

const trials = (sett: Sett) => sett.upstreamCalls().filter((call) => call.includes("testConnection"));

test("nobody waits while a data source is tried: writers do not, and readers do not", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  sett.sandbox.workspaces.workspaceApi.faults.set({ mode: "hang" }, { ...trial, times: 1 });
  let isOver = false;
  const tried = demo.test("garage").finally(() => (isOver = true));
  await vi.waitFor(() => expect(trials(sett)).toHaveLength(1), { timeout: 10_000 });
  expect((await demo.save({ name: "garage", host: "new.example" })).errors).toEqual([]);
  expect((await demo.list()).errors).toEqual([]);
  expect(stored(sett, "garage")?.["host"]).toBe("new.example");
  expect(isOver).toBe(false);
  await sett.sandbox.workspaces.workspaceApi.stop();
  expect((await tried).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test("what is said of a half-written project is no answer about a database: it is asked again", async () => {
  const sett = await startSett();
  sayHalfWritten(sett, 1);
  const { data } = await dataSourcesAs(sett).test("memory");
  expect(data?.testDataSource).toEqual({ connects: true, message: null });
  expect(trials(sett)).toHaveLength(2);
});

test("a project that is half written all along is an outage, and no answer about a database", async () => {
  const sett = await startSett();
  sayHalfWritten(sett, 2);
  const { data, errors, text } = await dataSourcesAs(sett).test("memory");
  expect(data?.testDataSource).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "workspace-api" });
  expect(text).not.toContain("package.json");
  expect(trials(sett)).toHaveLength(2);
});
