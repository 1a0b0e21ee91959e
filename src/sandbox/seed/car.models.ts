import type { Entity } from "../workspace/loopback.body.ts";
import { methodKind, relationKind } from "../workspace/model-part.kinds.ts";
import { parsed } from "../workspace/project.disk.ts";
import { written } from "../workspace/project.template.ts";
import type { WorkspaceState } from "../workspace/workspace.state.ts";
import { idOf } from "./car.ids.ts";

/** Adds cars, their wheels and their drivers, and where they are kept. */
export function addCars(state: WorkspaceState): void {
  addDataSources(state);
  const number = { type: "number", required: false, index: false, description: "" };
  const text = { ...number, type: "string" };
  state.addModel(model(1, "Car", { description: "What is driven." }), {
    brand: { ...text, required: true, index: true, description: "Who made it.", itemOrder: 0 },
    year: { ...number, default: 1990, itemOrder: 1 },
    tags: { ...text, type: ["string"], itemOrder: 2 },
    owner: { ...text, type: { name: nested("owner.name", 0), city: nested("owner.city", 1) }, itemOrder: 3 },
  });
  state.addModel(model(2, "Wheel"), {
    inches: { ...number, itemOrder: 0 },
    carId: { ...number, itemOrder: 1 },
  });
  state.addModel(model(3, "Driver", { wasBundled: true }), {
    name: { ...text, required: true, itemOrder: 0 },
    born: { ...text, type: "date", itemOrder: 1 },
  });
  addCarParts(state);
  for (const [name, dataSource] of [
    ["Car", "garage"],
    ["Wheel", "garage"],
    ["Driver", "memory"],
  ] as const) {
    state.addModelConfig({ name, dataSource, public: true });
  }
}

function addDataSources(state: WorkspaceState): void {
  const source = (number: number) => ({
    lunchbadgerId: idOf("dataSource", number),
    itemOrder: number - 1,
    error: null,
  });
  state.addDataSource({ name: "memory", connector: "memory", ...source(1) });
  state.addDataSource({
    name: "garage",
    connector: "mysql",
    ...source(2),
    host: "garage.cars.example",
    port: 3306,
    database: "garage",
    username: "mechanic",
    password: "hunter2-garage",
    url: "",
  });
  const headers = { accept: "application/json", authorization: "Bearer hunter2-weather" };
  const template = {
    method: "GET",
    url: "https://weather.example/v1/{city}",
    headers: { accept: "application/json" },
  };
  state.addDataSource({
    name: "weather",
    connector: "rest",
    ...source(3),
    predefined: "custom",
    options: { strictSSL: true, headers },
    operations: [{ template, functions: { weatherIn: ["city"] } }],
  });
}

function addCarParts({ disk: { files } }: WorkspaceState): void {
  const of = { modelId: "server.Car", facetName: "server" };
  const wheels = { name: "wheels", type: "hasMany", model: "Wheel", foreignKey: "carId" };
  relationKind.put(files, { ...of, ...wheels, lunchbadgerId: idOf("relation", 1) }, files);
  const honk = {
    name: "prototype.honk",
    description: "Sounds the horn.",
    accepts: [{ arg: "times", type: "number" }],
    returns: [{ arg: "sound", type: "string", root: true }],
    http: [{ path: "/honk", verb: "post" }],
  };
  methodKind.put(files, { ...of, ...honk }, files);
  const path = "server/models/car.json";
  const validations = [{ name: "brand", type: "presenceOf", message: "has to be told" }];
  const acls = [
    {
      accessType: "WRITE",
      principalType: "ROLE",
      principalId: "$unauthenticated",
      permission: "DENY",
      property: "*",
    },
  ];
  files.set(path, written({ ...parsed(files, path), validations, acls }));
}

function model(number: number, name: string, more: Entity = {}): Entity & { name: string } {
  return {
    name,
    plural: `${name}s`,
    base: "PersistedModel",
    http: { path: "" },
    public: true,
    strict: false,
    itemOrder: number - 1,
    lunchbadgerId: idOf("model", number),
    wasBundled: false,
    ...more,
  };
}

/** A property within a property, as the canvas saves one. */
function nested(name: string, itemOrder: number): object {
  const ids = { id: `server.Car.${name}`, modelId: "server.Car", facetName: "server" };
  return { ...ids, name, type: "string", required: false, index: false, description: "", itemOrder };
}
