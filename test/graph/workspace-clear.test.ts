import { expect, test } from "vitest";
import { ClearProjectDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { podState } from "./data-sources.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const producer = "demo";

const clear = (sett: Sett) => sett.as("demo").ask(ClearProjectDocument, { input: { project: { producer } } });

/** What is left on demo's canvas. */
function left(sett: Sett) {
  const state = podState(sett);
  const lists = Object.values(state.project()).flatMap((value): unknown[] =>
    Array.isArray(value) ? value : [],
  );
  return [...state.models(), ...state.modelConfigs(), ...state.dataSources(), ...lists];
}

test("demo clears her project: models, data sources and all that the document lists are gone", async () => {
  const sett = await startSett();
  expect(left(sett).length).toBeGreaterThan(10);
  const { data, errors } = await clear(sett);
  expect(errors).toEqual([]);
  expect(data?.clearProject).toMatchObject({
    project: { producer, dataSources: [] },
    workspace: { status: "RUNNING" },
  });
  expect(left(sett)).toEqual([]);
  expect(upstreamWrites(sett)).toEqual(["project-api POST /demo-dev/api/Projects/demo-dev/clear"]);
});

test("clearing an empty project is fine", async () => {
  const sett = await startSett();
  await clear(sett);
  expect((await clear(sett)).errors).toEqual([]);
});

test("a model that has lost its name does not keep a project from being cleared", async () => {
  const sett = await startSett();
  const { files } = podState(sett).disk;
  files.set("server/models/lost.json", '{"base": "PersistedModel", "properties": {}}');
  files.set("server/models/lost.js", "module.exports = () => {};\n");
  const { errors } = await clear(sett);
  expect(errors).toEqual([]);
  expect(left(sett)).toEqual([]);
  expect([...files.keys()].filter((path) => path.startsWith("server/models/"))).toEqual([]);
});

test("models that have lost their scripts do not keep a project from being cleared", async () => {
  const sett = await startSett();
  const { files } = podState(sett).disk;
  files.delete("server/models/car.js");
  files.delete("server/models/wheel.js");
  const { errors } = await clear(sett);
  expect(errors).toEqual([]);
  expect(left(sett)).toEqual([]);
});

test("a clearing whose answer is lost is a clearing", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "lose" }, { path: /clear$/, times: 1 });
  expect((await clear(sett)).errors).toEqual([]);
  expect(left(sett)).toEqual([]);
  expect(upstreamWrites(sett)).toHaveLength(1);
});

test("a clearing that cannot be finished says that it was left half done", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ error: { status: 500, message: "no" } });
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "answer", status: 500, body }, { path: /clear$/ });
  const { errors } = await clear(sett);
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    steps: [{ title: "Clear the project", outcome: "LEFT" }],
  });
});
