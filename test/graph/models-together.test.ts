import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { modelsAs, workspaceWrites } from "./models.asking.ts";

const unknown = "A".repeat(27);

/** Two people who have both read Car as it was. */
async function startTogether() {
  const sett = await startSett();
  const [demo, al] = [modelsAs(sett, "demo"), modelsAs(sett, "al")];
  const { revision = "" } = (await demo.read("Car")) ?? {};
  return { sett, demo, al, revision };
}

const restart = (sett: Sett) => sett.upstreamCalls();

test("who names the revision that is there saves, and reads the next one", async () => {
  const { demo, revision } = await startTogether();
  const { data } = await demo.save({ name: "Car", revision, plural: "Autos" });
  expect(data?.saveModel?.outcome).toBe("SAVED");
  const next = data?.saveModel?.model.revision ?? "";
  expect(next).not.toBe(revision);
  const again = await demo.save({ name: "Car", revision: next, plural: "Cars" });
  expect(again.data?.saveModel?.outcome).toBe("SAVED");
  expect(again.data?.saveModel?.model.revision).toBe(revision);
});

test("changes of other things of a model are kept together", async () => {
  const { demo, al, revision } = await startTogether();
  const before = await demo.read("Car");
  const properties = before?.properties.map(({ name }) => ({ name })) ?? [];
  await al.save({
    name: "Car",
    revision,
    plural: "Autos",
    properties: [...properties, { name: "doors", type: "number" }],
    methods: [{ name: "start" }],
  });
  const { data, errors } = await demo.save({
    name: "Car",
    revision,
    description: "Four wheels.",
    properties: [...properties.filter(({ name }) => name !== "tags"), { name: "seats", type: "number" }],
    config: { public: false },
  });
  expect(errors).toEqual([]);
  expect(data?.saveModel?.outcome).toBe("MERGED");
  const { model } = data?.saveModel ?? {};
  expect(model).toMatchObject({
    plural: "Autos",
    description: "Four wheels.",
    config: { dataSource: "garage", public: false },
    methods: [{ name: "start" }],
  });
  expect(model?.properties.map(({ name }) => name).sort()).toEqual([
    "brand",
    "doors",
    "owner",
    "seats",
    "year",
  ]);
});

test("a rename is merged with what others changed of the model meanwhile", async () => {
  const { demo, al, revision } = await startTogether();
  await al.save({ name: "Car", revision, plural: "Autos" });
  const { data } = await demo.save({ name: "Auto", renamedFrom: "Car", revision, description: "New." });
  expect(data?.saveModel).toMatchObject({
    outcome: "MERGED",
    model: { name: "Auto", plural: "Autos", description: "New." },
  });
});

test("different changes of the same thing are a conflict that names it, with base, theirs and mine", async () => {
  const { sett, demo, al, revision } = await startTogether();
  const theirs = await al.save({
    name: "Car",
    revision,
    plural: "Autos",
    relations: [],
  });
  restart(sett);
  const { errors, data } = await demo.save({
    name: "Car",
    revision,
    plural: "Wagons",
    description: "Mine alone.",
    relations: [{ name: "wheels", foreignKey: "wagonId" }],
  });
  expect(data?.saveModel).toBeNull();
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: theirs.data?.saveModel?.model.revision },
    entities: [
      { entity: "definition/plural", base: "Cars", theirs: "Autos", mine: "Wagons" },
      {
        entity: "relations/wheels",
        base: { foreignKey: "carId" },
        theirs: null,
        mine: { foreignKey: "wagonId" },
      },
    ],
  });
  expect(workspaceWrites(sett)).toEqual([]);
  expect((await demo.read("Car"))?.plural).toBe("Autos");
});

test("a revision that nobody knows any more is a conflict, never a silent overwrite", async () => {
  const { sett, demo, revision } = await startTogether();
  restart(sett);
  const { errors } = await demo.save({ name: "Car", revision: unknown, plural: "Wagons" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision },
    entities: [{ entity: "definition/plural", base: null, theirs: "Cars", mine: "Wagons" }],
  });
  expect(workspaceWrites(sett)).toEqual([]);
});

test("a change of a model that somebody has deleted meanwhile is a conflict, and does not bring it back", async () => {
  const { sett, demo, al, revision } = await startTogether();
  await al.delete({ name: "Car" });
  restart(sett);
  const { errors } = await demo.save({ name: "Car", revision, plural: "Wagons" });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", current: { revision: null } });
  expect(workspaceWrites(sett)).toEqual([]);
});

test("a model is not deleted by somebody who has not seen what others changed of it", async () => {
  const { sett, demo, al, revision } = await startTogether();
  await al.save({ name: "Car", plural: "Autos" });
  restart(sett);
  const { errors } = await demo.delete({ name: "Car", revision });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    entities: [{ entity: "definition/plural", base: "Cars", theirs: "Autos", mine: null }],
  });
  expect(workspaceWrites(sett)).toEqual([]);
  const { revision: now = "" } = (await demo.read("Car")) ?? {};
  expect((await demo.delete({ name: "Car", revision: now })).errors).toEqual([]);
});

test("a model is not deleted by somebody who has not seen that others took something out of it", async () => {
  const { sett, demo, al, revision } = await startTogether();
  const properties = (await al.read("Car"))?.properties.map(({ name }) => ({ name })) ?? [];
  await al.save({ name: "Car", properties: properties.filter(({ name }) => name !== "brand") });
  restart(sett);
  const { errors } = await demo.delete({ name: "Car", revision });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    entities: [{ entity: "properties/brand", base: { type: "string" }, theirs: null, mine: null }],
  });
  expect(workspaceWrites(sett)).toEqual([]);
});

/** Writes an access rule of somebody else's into Car's file. */
function ruleElsewhere(sett: Sett): void {
  const { files } = sett.sandbox.workspaces.pod("demo", "dev").state.disk;
  const path = "server/models/car.json";
  const model = JSON.parse(files.get(path) ?? "") as object;
  files.set(path, JSON.stringify({ ...model, acls: [{ principalId: "$everyone", permission: "DENY" }] }));
}

test("a model is not deleted by somebody who has not seen what others wrote into its file", async () => {
  const { sett, demo, revision } = await startTogether();
  ruleElsewhere(sett);
  restart(sett);
  const { errors } = await demo.delete({ name: "Car", revision });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    entities: [{ entity: "acls", theirs: [{ permission: "DENY" }], mine: null }],
  });
  expect(workspaceWrites(sett)).toEqual([]);
});

test("what others wrote into a model's file does not stand in the way of a save, and stays", async () => {
  const { sett, demo, revision } = await startTogether();
  ruleElsewhere(sett);
  const { data, errors } = await demo.save({ name: "Car", revision, plural: "Autos" });
  expect(errors).toEqual([]);
  expect(data?.saveModel).toMatchObject({
    outcome: "MERGED",
    model: { plural: "Autos", acls: [{ permission: "DENY" }] },
  });
});

test("who wants what is there already overwrites nothing, whatever they started from", async () => {
  const { sett, demo } = await startTogether();
  const { data, errors } = await demo.save({ name: "Car", revision: unknown, plural: "Cars" });
  expect(errors).toEqual([]);
  expect(data?.saveModel?.outcome).toBe("MERGED");
  expect(workspaceWrites(sett)).toEqual([]);
});

test("without a revision the last write wins, and says so", async () => {
  const { demo, al, revision } = await startTogether();
  await al.save({ name: "Car", revision, plural: "Autos" });
  const { data } = await demo.save({ name: "Car", plural: "Wagons" });
  expect(data?.saveModel).toMatchObject({ outcome: "LAST_WRITE_WINS", model: { plural: "Wagons" } });
});

test("ten people who each add a property at once lose none of them", async () => {
  const { demo, al, revision } = await startTogether();
  const properties = (await demo.read("Wheel"))?.properties.map(({ name }) => ({ name })) ?? [];
  const { revision: started = "" } = (await demo.read("Wheel")) ?? {};
  expect(started).not.toBe(revision);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? demo : al).save({
        name: "Wheel",
        revision: started,
        properties: [...properties, { name: `bolt${index}`, type: "string", itemOrder: 2 }],
      }),
    ),
  );
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  expect((await demo.read("Wheel"))?.properties).toHaveLength(12);
});
