import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changedModel,
  newModel,
  type ModelChange,
} from "../../src/services/workspace/models/model.change.ts";
import { isWritten, treeOf, withFileParts } from "../../src/services/workspace/models/model.files.ts";
import { sharesFile } from "../../src/services/workspace/models/model.names.ts";
import { groupIn, readModels, type ReadModel } from "../../src/services/workspace/models/model.reader.ts";

const stored = (name: string, more: object = {}) => ({
  ...{ id: `server.${name}`, facetName: "server", readonly: false, name },
  configFile: `server/models/${name.toLowerCase()}.json`,
  ...{ properties: [], relations: [], methods: [], validations: [], accessControls: [] },
  ...more,
});

const named = (name: string, configFile: string): ReadModel => {
  const model = readModels([{ ...stored(name), configFile }], []).models.get(name);
  if (!model) throw new Error("it was put there");
  return model;
};

const text = fc.constantFrom("brand", "year", "tags", "owner");
const change: fc.Arbitrary<ModelChange> = fc.record(
  {
    name: fc.constant("Car"),
    plural: fc.option(fc.string()),
    strict: fc.option(fc.boolean()),
    other: fc.dictionary(fc.constantFrom("colour", "doors"), fc.jsonValue() as fc.Arbitrary<string>),
    properties: fc.uniqueArray(
      fc.record({ name: text, type: fc.constantFrom("string", "number") }, { requiredKeys: ["name"] }),
      { selector: ({ name }) => name },
    ),
    methods: fc.uniqueArray(fc.record({ name: text, isStatic: fc.option(fc.boolean()) }), {
      selector: ({ name }) => name,
    }),
    config: fc.record(
      { dataSource: fc.option(fc.string()), public: fc.option(fc.boolean()) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["name"] },
);

describe("a change of a model", () => {
  test("made twice is made once", () => {
    fc.assert(
      fc.property(change, change, (first, second) => {
        const once = changedModel(newModel(first, 0), second);
        expect(changedModel(once, second)).toEqual(once);
      }),
    );
  });

  test("that says nothing changes nothing", () => {
    fc.assert(
      fc.property(change, (first) => {
        const model = newModel(first, 0);
        expect([...changedModel(model, { name: "Car" })]).toEqual([...model]);
      }),
    );
  });

  test("leaves of a list what it names, and nothing else", () => {
    fc.assert(
      fc.property(change, change, (first, second) => {
        const names = groupIn(changedModel(newModel(first, 0), second), "properties").keys();
        const wanted = second.properties ?? first.properties ?? [];
        expect([...names].sort()).toEqual(wanted.map(({ name }) => name).sort());
      }),
    );
  });
});

describe("what is read of models", () => {
  test("has the same revision however the workspace orders its answer", () => {
    const properties = [
      { name: "a", type: "string" },
      { name: "b", type: { x: 1, y: 2 } },
    ];
    const [a, b] = properties;
    const one = readModels([stored("Car", { plural: "Cars", strict: true, properties })], []);
    const other = readModels(
      [
        stored("Car", {
          strict: true,
          plural: "Cars",
          properties: [{ type: { y: 2, x: 1 }, name: b?.name }, a],
        }),
      ],
      [],
    );
    expect(other.models.get("Car")?.revision).toBe(one.models.get("Car")?.revision);
  });

  test("tells a model without a config from one with", () => {
    const config = { id: "server.Car", name: "Car", public: true };
    const [without, having] = [readModels([stored("Car")], []), readModels([stored("Car")], [config])];
    expect(without.configured.size).toBe(0);
    expect(having.models.get("Car")?.revision).not.toBe(without.models.get("Car")?.revision);
  });

  test("leaves out the stray key that methods are answered with", () => {
    const methods = [
      { id: "honk", modelId: "server.Car", name: "honk", isStatic: false, undefined: "prototype.honk" },
    ];
    const { models } = readModels([stored("Car", { methods })], []);
    expect(models.get("Car")?.entities.get("methods/honk")).toEqual({ isStatic: false });
  });
});

describe("names that share a file", () => {
  const models = [
    named("BigBoat", "server/models/big-boat.json"),
    named("Tyre3", "server/models/tyre-3.json"),
    named("Moved", "server/models/elsewhere.json"),
  ];

  test.each(["bigboat", "BIGBOAT", "big-boat", "Big_Boat", "tyre3", "Tyre-3", "Elsewhere", "moved"])(
    "%s is one",
    (name) => expect(sharesFile(name, models)).toBeDefined(),
  );

  test.each(["Boat", "BigBoats", "Tyre", "Tyre33"])("%s is none", (name) =>
    expect(sharesFile(name, models)).toBeUndefined(),
  );
});

describe("a model's files", () => {
  test("a script with nothing in it is nobody's work", () => {
    expect(isWritten("'use strict';\n\nmodule.exports = function(Car) {\n\n};\n")).toBe(false);
    expect(isWritten("'use strict';\n\nmodule.exports = function(Car) {\n  Car.x = 1;\n};\n")).toBe(true);
    expect(isWritten(undefined)).toBe(false);
  });

  test("only the rules are taken over from another's file", () => {
    const own = JSON.stringify({ name: "Auto", plural: "Autos", acls: [] });
    const other = JSON.stringify({ name: "Car", plural: "Cars", acls: [{ permission: "DENY" }] });
    expect(JSON.parse(withFileParts(own, other))).toEqual({
      ...{ name: "Auto", plural: "Autos" },
      acls: [{ permission: "DENY" }],
    });
  });

  test("a tree holds what is written, null for what is deleted, and not what is left alone", () => {
    expect(treeOf("server/models/car.json", { definition: null, script: undefined })).toEqual({
      server: { models: { "car.json": null } },
    });
  });
});
