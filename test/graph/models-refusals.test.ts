import { expect, test } from "vitest";
import { idOf } from "../../src/sandbox/seed/car.ids.ts";
import { startSett } from "../support/sett.ts";
import { filesOf, modelsAs, workspaceWrites } from "./models.asking.ts";

type Saving = Parameters<ReturnType<typeof modelsAs>["save"]>[0];

const text = { type: "string" };

const refused: Readonly<Record<string, readonly [Saving, string]>> = {
  "a name that differs in case only, and so shares a file": [{ name: "car" }, "input.name"],
  "a name whose file may be another's": [{ name: "C-ar" }, "input.name"],
  "the name of one of LoopBack's own models": [{ name: "User" }, "input.name"],
  "the name of another model, for a rename": [{ name: "Wheel", renamedFrom: "Car" }, "input.name"],
  "a rename that changes only the case": [{ name: "CAR", renamedFrom: "Car" }, "input.name"],
  "another model's id, for one that has none": [
    { name: "Truck", lunchbadgerId: idOf("model", 1) },
    "input.lunchbadgerId",
  ],
  "another model's id, for a new one": [
    { name: "Boat", lunchbadgerId: idOf("model", 1) },
    "input.lunchbadgerId",
  ],
  "another id for a model that has one": [{ name: "Car", lunchbadgerId: "car" }, "input.lunchbadgerId"],
  "another id along with another name": [
    { name: "Auto", renamedFrom: "Car", lunchbadgerId: "auto" },
    "input.lunchbadgerId",
  ],
  "no id any more": [{ name: "Car", lunchbadgerId: null }, "input.lunchbadgerId"],
  "an id that is no text": [{ name: "Car", other: { lunchbadgerId: 5 } }, "input.lunchbadgerId"],
  "a base that is not there": [{ name: "Car", base: "Vehicle" }, "input.base"],
  "itself as its base": [{ name: "Car", base: "Car" }, "input.base"],
  "its old name as its base": [{ name: "Auto", renamedFrom: "Car", base: "Car" }, "input.base"],
  "a base that builds on it": [{ name: "Car", base: "Truck" }, "input.base"],
  "a data source that is not there": [
    { name: "Car", config: { dataSource: "cellar" } },
    "input.config.dataSource",
  ],
  "a property given twice": [
    {
      name: "Car",
      properties: [
        { name: "a", ...text },
        { name: "a", ...text },
      ],
    },
    "input.properties.1.name",
  ],
  "a relation given twice": [
    { name: "Car", relations: [{ name: "wheels" }, { name: "wheels" }] },
    "input.relations.1.name",
  ],
  "a method given twice, once of instances": [
    { name: "Car", methods: [{ name: "go" }, { name: "prototype.go" }] },
    "input.methods.1.name",
  ],
  "a method that another model has": [{ name: "Wheel", methods: [{ name: "honk" }] }, "input.methods.0.name"],
  "a method that is of instances by name and not": [
    { name: "Car", methods: [{ name: "prototype.go", isStatic: true }] },
    "input.methods.0.isStatic",
  ],
  "a new property without a type": [{ name: "Car", properties: [{ name: "a" }] }, "input.properties.0.type"],
  "a number as a type": [{ name: "Car", properties: [{ name: "a", type: 5 }] }, "input.properties.0.type"],
  "no type in a list": [
    { name: "Car", properties: [{ name: "a", type: [null] }] },
    "input.properties.0.type",
  ],
  "a new relation without a type": [{ name: "Car", relations: [{ name: "a" }] }, "input.relations.0.type"],
  "a relation of no known type": [
    { name: "Car", relations: [{ name: "a", type: "has" }] },
    "input.relations.0.type",
  ],
  "a field that the workspace keeps to itself": [{ name: "Car", other: { id: "x" } }, "input.other.id"],
  "a field twice, once among the others": [{ name: "Car", other: { plural: "x" } }, "input.other.plural"],
  "a property's field that is its name": [
    { name: "Car", properties: [{ name: "brand", other: { name: "x" } }] },
    "input.properties.0.other.name",
  ],
};

test.each(Object.entries(refused))(
  "%s is refused at its place, and nothing is written",
  async (_what, [input, field]) => {
    const sett = await startSett();
    sett.sandbox.workspaces.pod("demo", "dev").state.addModel({ name: "Truck", base: "Car" });
    const before = filesOf(sett);
    const { errors } = await modelsAs(sett).save(input);
    expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
    expect(workspaceWrites(sett)).toEqual([]);
    expect(filesOf(sett)).toEqual(before);
  },
);

test("what is odd about a model already does not stand in the way of another change", async () => {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModel({ name: "Odd", base: "Vehicle" }, { part: { required: true } });
  state.addModelConfig({ name: "Odd", dataSource: "cellar" });
  const { data, errors } = await modelsAs(sett).save({
    name: "Odd",
    base: "Vehicle",
    plural: "Odds",
    properties: [{ name: "part" }],
    config: { dataSource: "cellar" },
  });
  expect(errors).toEqual([]);
  expect(data?.saveModel?.model.plural).toBe("Odds");
});

test("everything that is wrong is told at once", async () => {
  const sett = await startSett();
  const { errors } = await modelsAs(sett).save({
    name: "User",
    base: "Nothing",
    config: { dataSource: "cellar" },
    properties: [{ name: "a" }],
  });
  expect(errors[0]?.extensions["problems"]).toHaveLength(4);
});

test("malformed names are refused before anybody is asked, each at its place", async () => {
  const sett = await startSett();
  const { errors } = await modelsAs(sett).save({
    name: "../Car",
    properties: [{ name: "a b", ...text }],
    relations: [{ name: "__proto__", type: "hasMany" }],
    methods: [{ name: "prototype." }],
    revision: "short",
  });
  const problems = errors[0]?.extensions["problems"] as { field: string }[];
  expect(problems.map(({ field }) => field).sort()).toEqual([
    "input.methods.0.name",
    "input.name",
    "input.properties.0.name",
    "input.relations.0.name",
    "input.revision",
  ]);
  expect(sett.upstreamCalls()).toEqual([]);
});

test("more than the workspace reads is refused before anything is written", async () => {
  const sett = await startSett({ env: { BODY_LIMIT: "1000000" } });
  const { errors } = await modelsAs(sett).save({
    name: "Car",
    plural: "Autos",
    properties: [{ name: "a", ...text, description: "x".repeat(110_000) }],
  });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "input" }] });
  expect(errors[0]?.message).toContain("the properties of Car");
  expect(workspaceWrites(sett)).toEqual([]);
});

test("a name that only the workspace knows to be taken is told as its refusal, and nothing is left of it", async () => {
  const sett = await startSett();
  const before = filesOf(sett);
  sett.sandbox.workspaces.workspaceApi.faults.set(
    {
      mode: "answer",
      status: 422,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ error: { message: '`name` is not unique (value: "Boat").', details: {} } }),
    },
    { method: "POST", path: /ModelDefinitions$/, times: 1 },
  );
  const { errors } = await modelsAs(sett).save({ name: "Boat" });
  expect(errors[0]?.extensions["code"]).toBe("UPSTREAM_REJECTED");
  expect(errors[0]?.message).toContain("is not unique");
  expect(filesOf(sett)).toEqual(before);
});
