import { expect, test } from "vitest";
import { ReadModelDocument, ReadModelsTwiceDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { modelsAs } from "./models.asking.ts";

test("zu reads demo's models, in the order of the canvas, each with all that belongs to it", async () => {
  const sett = await startSett();
  const models = await modelsAs(sett, "zu").all();
  expect(models.map(({ name }) => name)).toEqual(["Car", "Wheel", "Driver"]);
  expect(models[0]).toMatchObject({
    plural: "Cars",
    base: "PersistedModel",
    description: "What is driven.",
    readonly: false,
    idInjection: true,
    options: { validateUpsert: true },
    other: {},
    configFile: "server/models/car.json",
    relations: [{ name: "wheels", type: "hasMany", model: "Wheel", foreignKey: "carId", other: {} }],
    methods: [{ name: "honk", isStatic: false, description: "Sounds the horn.", other: {} }],
    validations: [{ name: "brand", type: "presenceOf" }],
    acls: [{ accessType: "WRITE", permission: "DENY" }],
    config: { dataSource: "garage", public: true, other: {} },
  });
  expect(models[0]?.properties.map(({ name }) => name)).toEqual(["brand", "year", "tags", "owner"]);
  expect(models[0]?.properties[1]).toMatchObject({ type: "number", default: 1990, other: {} });
  expect(models[0]?.properties[2]?.type).toEqual(["string"]);
  expect(models[0]?.properties[3]?.type).toMatchObject({ name: { type: "string" } });
});

test("whatever canvases and people have put into a model is told, also where it is not what it should be", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.pod("demo", "dev").state.addModel(
    {
      name: "Odd",
      colour: "red",
      description: ["two", "lines"],
      itemOrder: "first",
      mixins: { Timestamp: {} },
    },
    { part: { type: "string", mysql: { columnName: "p" }, required: "yes" } },
  );
  expect(await modelsAs(sett).read("Odd")).toMatchObject({
    description: null,
    itemOrder: null,
    base: null,
    config: null,
    other: { colour: "red", description: ["two", "lines"], itemOrder: "first", mixins: { Timestamp: {} } },
    properties: [{ name: "part", required: null, other: { mysql: { columnName: "p" }, required: "yes" } }],
  });
  expect((await modelsAs(sett).all()).map(({ name }) => name)).toEqual(["Car", "Wheel", "Driver", "Odd"]);
});

test("however many models are asked for, a request costs one call for models and one for their configurations", async () => {
  const sett = await startSett();
  const { errors } = await sett.as("demo").ask(ReadModelsTwiceDocument, { producer: "demo" });
  expect(errors).toEqual([]);
  const calls = sett.upstreamCalls().filter((call) => !call.startsWith("gitea "));
  expect(calls.map((call) => call.replace(/\?.*/, "")).sort()).toEqual([
    "workspace-api GET /demo-dev/api/Facets/server/modelConfigs",
    "workspace-api GET /demo-dev/api/Facets/server/models",
  ]);
});

test("a model leads to the data source that it is attached to, without its secrets, all of them in one call", async () => {
  const sett = await startSett();
  const { data, errors, text } = await sett
    .as("zu")
    .askText('{ project(producer: "demo") { models { name dataSource { name connector } } } }');
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    project: {
      models: [
        { name: "Car", dataSource: { name: "garage", connector: "mysql" } },
        { name: "Wheel", dataSource: { name: "garage" } },
        { name: "Driver", dataSource: { name: "memory" } },
      ],
    },
  });
  expect(text).not.toContain("hunter2");
  const calls = sett.upstreamCalls().filter((call) => call.startsWith("workspace-api "));
  expect(calls).toHaveLength(3);
});

test("a model that is attached to nothing, or to what is not there, leads to no data source", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModelConfig({ name: "Car", dataSource: "cellar" });
  state.addModelConfig({ name: "Wheel", dataSource: null });
  const { data, errors } = await sett
    .as("zu")
    .askText('{ project(producer: "demo") { models { dataSource { name } config { dataSource } } } }');
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    project: { models: [{ dataSource: null, config: { dataSource: "cellar" } }, { dataSource: null }, {}] },
  });
});

test("a model that is not there is not found", async () => {
  const sett = await startSett();
  const { codes, data } = await sett.as("zu").ask(ReadModelDocument, { producer: "demo", name: "Boat" });
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(data?.project).toEqual({ model: null });
});

test("to eve, demo's models are as absent as those of nobody", async () => {
  const sett = await startSett();
  const hidden = await sett.as("eve").ask(ReadModelDocument, { producer: "demo", name: "Car" });
  const absent = await sett.as("eve").ask(ReadModelDocument, { producer: "nobody-here", name: "Car" });
  expect(hidden.codes).toEqual(["NOT_FOUND"]);
  expect(hidden.text).toBe(absent.text);
});

test("while the workspace is down its models are an outage, and the rest of the query is answered", async () => {
  const sett = await startSett();
  await sett.sandbox.workspaces.workspaceApi.stop();
  const { data, errors } = await sett
    .as("demo")
    .askText('{ project(producer: "demo") { enabled models { name } model(name: "Car") { name } } }');
  expect(data).toEqual({ project: { enabled: true, models: null, model: null } });
  expect(errors.map(({ extensions }) => extensions)).toMatchObject([
    { code: "UPSTREAM_UNAVAILABLE", upstream: "workspace-api" },
    { code: "UPSTREAM_UNAVAILABLE", upstream: "workspace-api" },
  ]);
});

test("reads that are torn by somebody's write elsewhere are asked again", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ error: { message: "Cannot parse package.json", details: {} } });
  sett.sandbox.workspaces.workspaceApi.faults.set(
    { mode: "answer", status: 500, body },
    { path: /server\/models/, times: 2 },
  );
  expect(await modelsAs(sett).all()).toHaveLength(3);
});
