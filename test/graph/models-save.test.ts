import { expect, test } from "vitest";
import { SaveModelAndReadDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { filesOf, modelsAs, workspaceWrites } from "./models.asking.ts";

test("a new model is made whole in one go, and reads as it was saved", async () => {
  const sett = await startSett();
  const { data, errors } = await modelsAs(sett).save({
    name: "Garage",
    plural: "Garages",
    description: "Where cars stay.",
    http: { path: "garages" },
    other: { colour: "red" },
    properties: [
      { name: "street", type: "string", required: true },
      { name: "places", type: { number: { type: "number" } }, default: { number: 2 }, other: { mysql: 1 } },
    ],
    relations: [{ name: "cars", type: "hasMany", model: "Car", foreignKey: "garageId" }],
    methods: [
      { name: "prototype.open", http: [{ path: "/open", verb: "post" }] },
      { name: "nearest", accepts: [{ arg: "city", type: "string" }] },
    ],
    config: { dataSource: "garage" },
  });
  expect(errors).toEqual([]);
  const saved = data?.saveModel;
  expect(saved?.outcome).toBe("SAVED");
  expect(saved?.model).toMatchObject({
    name: "Garage",
    plural: "Garages",
    base: "PersistedModel",
    public: true,
    strict: false,
    itemOrder: 3,
    http: { path: "garages" },
    other: { colour: "red" },
    configFile: "server/models/garage.json",
    properties: [
      { name: "street", type: "string", required: true, itemOrder: 0, other: {} },
      { name: "places", default: { number: 2 }, itemOrder: 1, other: { mysql: 1 } },
    ],
    relations: [{ name: "cars", type: "hasMany", model: "Car", foreignKey: "garageId" }],
    methods: [
      { name: "nearest", isStatic: true, accepts: [{ arg: "city", type: "string" }], other: {} },
      { name: "open", isStatic: false, http: [{ path: "/open", verb: "post" }], other: {} },
    ],
    config: { dataSource: "garage", public: true, other: {} },
  });
  expect(saved?.model.lunchbadgerId).toMatch(/^[0-9a-f-]{36}$/);
  expect(saved?.steps.every(({ outcome }) => outcome === "DONE")).toBe(true);
  expect(await modelsAs(sett).read("Garage")).toEqual(saved?.model);
  const file = filesOf(sett)["server/models/garage.json"];
  expect(file).toMatchObject({ name: "Garage", methods: { "prototype.open": {}, nearest: {} } });
});

test("a change of methods alone is committed, too", async () => {
  const sett = await startSett();
  await modelsAs(sett).save({ name: "Car", methods: [{ name: "start" }] });
  sett.sandbox.workspaces.pod("demo", "dev").push();
  const file = sett.sandbox.gitea.platform.readFile("customer-demo", "dev", "server/models/car.json") ?? "";
  expect(JSON.parse(file)).toMatchObject({ methods: { start: {} } });
});

test("of a model that is there, only what differs is sent", async () => {
  const sett = await startSett();
  const { save } = modelsAs(sett);
  const writes = async (input: Parameters<typeof save>[0]) => {
    sett.upstreamCalls();
    const { errors } = await save(input);
    expect(errors).toEqual([]);
    return workspaceWrites(sett);
  };
  expect(await writes({ name: "Car" })).toEqual([]);
  expect(await writes({ name: "Car", plural: "Cars", config: { dataSource: "garage" } })).toEqual([]);
  expect(await writes({ name: "Car", plural: "Autos" })).toEqual(["POST /ModelDefinitions"]);
  expect(await writes({ name: "Car", config: { dataSource: "memory" } })).toEqual(["POST /ModelConfigs"]);
  expect(await writes({ name: "Wheel", properties: [{ name: "inches" }] })).toEqual([
    "DELETE /ModelProperties/server.Wheel.carId",
  ]);
  expect(await writes({ name: "Car", methods: [] })).toEqual([
    "DELETE /ModelDefinitions/server.Car/methods",
    "POST /ModelDefinitions",
  ]);
});

test("what is left out stays, also what only canvases and people know of; null takes a field away", async () => {
  const sett = await startSett();
  const { save, read } = modelsAs(sett);
  await save({
    name: "Wheel",
    description: "Round.",
    other: { colour: "black", spare: true },
    properties: [{ name: "inches", other: { mysql: { columnName: "size" } } }, { name: "carId" }],
    config: { other: { cached: true } },
  });
  await save({
    name: "Wheel",
    description: null,
    other: { spare: null },
    properties: [{ name: "inches", required: true, description: null }, { name: "carId" }],
    relations: null,
    config: { dataSource: null },
  });
  expect(await read("Wheel")).toMatchObject({
    plural: "Wheels",
    description: null,
    other: { colour: "black" },
    properties: [
      {
        name: "inches",
        type: "number",
        required: true,
        description: null,
        other: { mysql: { columnName: "size" } },
      },
      { name: "carId", type: "number", itemOrder: 1 },
    ],
    config: { dataSource: null, public: true, other: { cached: true } },
  });
});

test("al, who may write, saves demo's models", async () => {
  const sett = await startSett();
  expect((await modelsAs(sett, "al").save({ name: "Car", plural: "Autos" })).errors).toEqual([]);
  expect((await modelsAs(sett, "zu").read("Car"))?.plural).toBe("Autos");
});

test("saving a model leaves its script, validations, access rules and the other models as they are", async () => {
  const sett = await startSett();
  const before = filesOf(sett);
  await modelsAs(sett).save({ name: "Car", plural: "Autos", properties: [], relations: [], methods: [] });
  const after = filesOf(sett);
  expect(after["server/models/car.json"]).toEqual({
    ...(before["server/models/car.json"] as object),
    plural: "Autos",
    properties: {},
    relations: {},
    methods: {},
  });
  expect({ ...after, "server/models/car.json": 0 }).toEqual({ ...before, "server/models/car.json": 0 });
});

test("what is asked for after a change in the same request is as it then is", async () => {
  const sett = await startSett();
  const { data } = await sett
    .as("demo")
    .ask(SaveModelAndReadDocument, { input: { project: { producer: "demo" }, name: "Boat" } });
  const names = data?.saveModel?.project.models?.map(({ name }) => name);
  expect(names).toEqual(["Car", "Wheel", "Driver", "Boat"]);
});

test("while the workspace is down nothing is saved, and the answer names it", async () => {
  const sett = await startSett();
  await sett.sandbox.workspaces.workspaceApi.stop();
  const { errors } = await modelsAs(sett).save({ name: "Car", plural: "Autos" });
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "workspace-api" });
});

test("of a new model, what is null is as usual", async () => {
  const sett = await startSett();
  const { data, errors } = await modelsAs(sett).save({
    name: "Boat",
    base: null,
    lunchbadgerId: null,
    itemOrder: null,
    methods: [{ name: "float", isStatic: null }],
    config: { public: null, dataSource: null },
  });
  expect(errors).toEqual([]);
  expect(data?.saveModel?.model).toMatchObject({
    base: "PersistedModel",
    lunchbadgerId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    itemOrder: 3,
    methods: [{ name: "float", isStatic: true }],
    config: { public: true, dataSource: null },
  });
});

test("a method is made one of instances, and back, without the others being written", async () => {
  const sett = await startSett();
  const { save } = modelsAs(sett);
  await save({ name: "Car", methods: [{ name: "honk" }, { name: "start", description: "Goes." }] });
  sett.upstreamCalls();
  const { data } = await save({
    name: "Car",
    methods: [{ name: "honk", isStatic: true }, { name: "start" }],
  });
  expect(workspaceWrites(sett)).toEqual(["POST /ModelMethods", "POST /ModelDefinitions"]);
  expect(data?.saveModel?.model.methods).toMatchObject([
    { name: "honk", isStatic: true, description: "Sounds the horn." },
    { name: "start", isStatic: true, description: "Goes." },
  ]);
  const again = await save({ name: "Car", methods: [{ name: "prototype.honk" }, { name: "start" }] });
  expect(again.data?.saveModel?.model.methods[0]).toMatchObject({ name: "honk", isStatic: false });
  expect(
    Object.keys((filesOf(sett)["server/models/car.json"] as { methods: object }).methods).sort(),
  ).toEqual(["prototype.honk", "start"]);
});
