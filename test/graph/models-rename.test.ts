import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { filesOf, modelsAs, workspaceWrites } from "./models.asking.ts";

const script = "'use strict';\n\nmodule.exports = (Car) => {\n  Car.honks = true;\n};\n";

/** A Car that others are tied to, with a script of its own. */
async function startWithTies(): Promise<Sett> {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModel({ name: "Truck", base: "Car", plural: "Trucks" });
  state.disk.files.set("server/models/car.js", script);
  const { save } = modelsAs(sett);
  await save({
    name: "Wheel",
    relations: [
      { name: "car", type: "belongsTo", model: "Car" },
      { name: "drivers", type: "hasMany", model: "Driver", through: "Car" },
      { name: "driver", type: "belongsTo", model: "Driver" },
    ],
  });
  await save({
    name: "Car",
    relations: [{ name: "wheels" }, { name: "twin", type: "hasOne", model: "Car", foreignKey: "twinId" }],
  });
  sett.upstreamCalls();
  return sett;
}

test("a renamed model keeps all that belongs to it, and whatever pointed at it follows", async () => {
  const sett = await startWithTies();
  const models = modelsAs(sett);
  const before = await models.read("Car");
  const { data, errors } = await models.save({ name: "Auto", renamedFrom: "Car", plural: "Autos" });
  expect(errors).toEqual([]);
  const after = data?.saveModel?.model;
  const { configFile, revision, relations, ...same } = before ?? {};
  expect(after).toMatchObject({
    ...same,
    name: "Auto",
    plural: "Autos",
    configFile: "server/models/auto.json",
  });
  expect(configFile).toBe("server/models/car.json");
  expect(after?.revision).not.toBe(revision);
  expect(after?.relations).toMatchObject([
    { name: "twin", model: "Auto" },
    { name: "wheels", model: "Wheel", lunchbadgerId: relations?.[1]?.lunchbadgerId },
  ]);
  expect(after?.acls).toHaveLength(1);
  expect(after?.validations).toHaveLength(1);
  expect((await models.read("Wheel"))?.relations).toMatchObject([
    { name: "car", model: "Auto" },
    { name: "driver", model: "Driver" },
    { name: "drivers", model: "Driver", through: "Auto" },
  ]);
  expect((await models.read("Truck"))?.base).toBe("Auto");
  const files = filesOf(sett);
  expect(files["server/models/auto.js"]).toBe(script);
  expect(Object.keys(files).filter((path) => path.includes("car"))).toEqual([]);
  expect(Object.keys(files["server/model-config.json"] as object)).not.toContain("Car");
  expect(files["server/model-config.json"]).toMatchObject({ Auto: { dataSource: "garage", public: true } });
});

test("the repository has the renamed model and the old one no more, without a further write", async () => {
  const sett = await startWithTies();
  await modelsAs(sett).save({ name: "Auto", renamedFrom: "Car" });
  sett.sandbox.workspaces.pod("demo", "dev").push();
  const kept = (name: string) =>
    sett.sandbox.gitea.platform.readFile("customer-demo", "dev", `server/models/${name}`);
  expect(JSON.parse(kept("auto.json") ?? "")).toMatchObject({ name: "Auto" });
  expect([kept("auto.js"), kept("car.json"), kept("car.js")]).toEqual([script, undefined, undefined]);
});

test("a model that is renamed to the name it has is not renamed", async () => {
  const sett = await startWithTies();
  const { data } = await modelsAs(sett).save({ name: "Car", renamedFrom: "Car" });
  expect(data?.saveModel?.steps).toEqual([]);
});

test("a model that is not there cannot be renamed, and nothing is written", async () => {
  const sett = await startSett();
  expect((await modelsAs(sett).save({ name: "Auto", renamedFrom: "Boat" })).codes).toEqual(["NOT_FOUND"]);
  expect(workspaceWrites(sett)).toEqual([]);
});

test("a script that nobody has written anything into is made anew under the new name", async () => {
  const sett = await startSett();
  expect((await modelsAs(sett).save({ name: "Pilot", renamedFrom: "Driver" })).errors).toEqual([]);
  expect(filesOf(sett)["server/models/pilot.js"]).toContain("function(Pilot)");
});
