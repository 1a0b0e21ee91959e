import { expect, test } from "vitest";
import { SaveFilesDocument, type FileToSave } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { podState } from "./data-sources.asking.ts";
import { modelsAs } from "./models.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const save = (sett: Sett, files: FileToSave[]) =>
  sett.as("al").ask(SaveFilesDocument, { input: { project: { producer: "demo" }, files } });

const model = (path: string, content: object): FileToSave => ({
  path: `server/models/${path}.json`,
  text: JSON.stringify(content),
});

const configs = (content: object): FileToSave => ({
  path: "server/model-config.json",
  text: JSON.stringify(content),
});

const refused: Readonly<Record<string, FileToSave>> = {
  "a name that a model in another file has": model("zzz", { name: "Car" }),
  "a name whose file may be another model's": model("zzz", { name: "c_AR" }),
  "a file that may be another model's": model("c-ar", { name: "Boat" }),
  "a name that another file is called by": model("zzz", { name: "Elsewhere" }),
  "a model without a name": model("zzz", { plural: "Boats" }),
  "properties that are a number": model("zzz", { name: "Boat", properties: 5 }),
  "a property that is no object": model("zzz", { name: "Boat", properties: { sail: "string" } }),
  "relations that are a list": model("zzz", { name: "Boat", relations: [1] }),
  "methods that are nothing": model("zzz", { name: "Boat", methods: null }),
  "access rules that are no list": model("zzz", { name: "Boat", acls: {} }),
  "a validation that is no object": model("zzz", { name: "Boat", validations: ["x"] }),
  "broken parts of a model that is there": model("car", { name: "Car", properties: [] }),
  "a configuration that is no object": configs({ Car: true }),
};

test.each(Object.entries(refused))(
  "%s is refused at its place, and nothing is written",
  async (_what, file) => {
    const sett = await startSett();
    podState(sett).disk.files.set("server/models/elsewhere.json", JSON.stringify({ name: "Moved" }));
    const { errors } = await save(sett, [{ path: "server/a.txt", text: "a" }, file]);
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.files.1.text" }],
    });
    expect(upstreamWrites(sett)).toEqual([]);
    expect(await modelsAs(sett).all()).toHaveLength(4);
  },
);

test("two new files with one model in both are refused", async () => {
  const sett = await startSett();
  const { errors } = await save(sett, [model("boat", { name: "Boat" }), model("ship", { name: "Boat" })]);
  expect(errors[0]?.extensions["problems"]).toHaveLength(2);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a model moves to another file when the one it was in is deleted with that", async () => {
  const sett = await startSett();
  const content = JSON.parse(podState(sett).disk.files.get("server/models/car.json") ?? "") as object;
  const { errors } = await save(sett, [
    { path: "server/models/car.json", text: null },
    model("my-car", content),
  ]);
  expect(errors).toEqual([]);
  expect((await modelsAs(sett).read("Car"))?.configFile).toBe("server/models/my-car.json");
});

test("a model with parts of all kinds is saved as a file, and read as a model", async () => {
  const sett = await startSett();
  const { errors } = await save(sett, [
    model("boat", {
      name: "Boat",
      base: "PersistedModel",
      properties: { sail: { type: "string" } },
      relations: {},
      methods: { start: {} },
      validations: [{ name: "sail" }],
      acls: [{ permission: "DENY" }],
    }),
    configs({ _meta: { sources: [] }, Boat: { dataSource: "memory" } }),
  ]);
  expect(errors).toEqual([]);
  expect(await modelsAs(sett).read("Boat")).toMatchObject({
    properties: [{ name: "sail" }],
    acls: [{ permission: "DENY" }],
  });
});

test("what is odd about a file already does not stand in the way of another change of it", async () => {
  const sett = await startSett();
  const twin = (more: object) => model("twin", { name: "Car", ...more });
  podState(sett).disk.files.set("server/models/twin.json", twin({}).text ?? "");
  expect((await save(sett, [twin({ plural: "Twins" })])).errors).toEqual([]);
});
