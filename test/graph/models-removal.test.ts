import { expect, test } from "vitest";
import { idOf } from "../../src/sandbox/seed/car.ids.ts";
import { ReorderModelsDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { filesOf, modelsAs, workspaceWrites } from "./models.asking.ts";

const reorder = (sett: Sett, names: string[]) =>
  sett.as("demo").ask(ReorderModelsDocument, { input: { project: { producer: "demo" }, names } });

test("a deleted model goes with its files and its configuration, in the repository too", async () => {
  const sett = await startSett();
  const { data, errors } = await modelsAs(sett).delete({ name: "Car" });
  expect(errors).toEqual([]);
  expect(data?.deleteModel).toMatchObject({
    deletedName: "Car",
    project: { models: [{ name: "Wheel" }, { name: "Driver" }] },
    steps: [{ outcome: "DONE" }, { outcome: "DONE" }, { outcome: "DONE" }],
  });
  const files = filesOf(sett);
  expect(Object.keys(files).filter((path) => path.includes("car"))).toEqual([]);
  expect(Object.keys(files["server/model-config.json"] as object)).not.toContain("Car");
  sett.sandbox.workspaces.pod("demo", "dev").push();
  const kept = sett.sandbox.gitea.platform.readFile("customer-demo", "dev", "server/models/car.json");
  expect(kept).toBeUndefined();
});

test("with a model go the connections of the canvas that led to it or from it, and no others", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const car = state.models().find(({ name }) => name === "Car")?.["lunchbadgerId"];
  const all = state.project()["connections"] as { fromId: string; toId: string }[];
  const others = all.filter(({ fromId, toId }) => fromId !== car && toId !== car);
  expect(others.length).toBeLessThan(all.length);
  const { data } = await modelsAs(sett).delete({ name: "Car" });
  expect(data?.deleteModel?.steps.map(({ outcome }) => outcome)).toEqual(["DONE", "DONE", "DONE"]);
  expect(state.project()["connections"]).toEqual(others);
});

test("connections that also lead to something else with the model's id are kept", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const [car, pipeline] = [idOf("model", 1), idOf("pipeline", 1)];
  state.addModel({ name: "Twin", base: "PersistedModel", lunchbadgerId: car });
  state.addModel({ name: "Odd", base: "PersistedModel", lunchbadgerId: pipeline });
  const before = state.project()["connections"];
  for (const name of ["Car", "Odd"]) {
    const { data, errors } = await modelsAs(sett).delete({ name });
    expect(errors).toEqual([]);
    expect(data?.deleteModel?.steps.map(({ title }) => title)).not.toContain(
      `Take away the connections of ${name}`,
    );
  }
  expect(state.project()["connections"]).toEqual(before);
});

test("a model whose script is gone is deleted all the same", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.pod("demo", "dev").state.disk.files.delete("server/models/car.js");
  expect((await modelsAs(sett).delete({ name: "Car" })).errors).toEqual([]);
  expect(await modelsAs(sett).read("Car")).toBeNull();
});

test("a model that others build on is not deleted, and they are named", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.pod("demo", "dev").state.addModel({ name: "Truck", base: "Car" });
  const { errors } = await modelsAs(sett).delete({ name: "Car" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.name" }],
  });
  expect(errors[0]?.message).toContain("Truck");
  expect(workspaceWrites(sett)).toEqual([]);
});

test("a model that is not there is not found, and nothing is written", async () => {
  const sett = await startSett();
  expect((await modelsAs(sett).delete({ name: "Boat" })).codes).toEqual(["NOT_FOUND"]);
  expect(workspaceWrites(sett)).toEqual([]);
});

test("models are put in an order by one call that writes those that move, the others following", async () => {
  const sett = await startSett();
  const { data, errors } = await reorder(sett, ["Wheel", "Car"]);
  expect(errors).toEqual([]);
  expect(data?.reorderModels?.project.models).toEqual([
    { name: "Wheel", itemOrder: 0 },
    { name: "Car", itemOrder: 1 },
    { name: "Driver", itemOrder: 2 },
  ]);
  expect(workspaceWrites(sett)).toEqual(["POST /ModelDefinitions"]);
  const car = await modelsAs(sett).read("Car");
  expect(car).toMatchObject({
    plural: "Cars",
    description: "What is driven.",
    relations: [{ name: "wheels" }],
  });
});

test("an order that is there already is not written", async () => {
  const sett = await startSett();
  expect((await reorder(sett, ["Car"])).errors).toEqual([]);
  expect(workspaceWrites(sett)).toEqual([]);
});

test("an order of models that are not there, or that names one twice, is refused", async () => {
  const sett = await startSett();
  const { errors } = await reorder(sett, ["Wheel", "Boat", "Wheel"]);
  expect(errors[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    problems: [{ field: "input.names.1" }, { field: "input.names.2" }],
  });
  expect(workspaceWrites(sett)).toEqual([]);
});
