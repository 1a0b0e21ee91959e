import { expect, test } from "vitest";
import type { Fault } from "../../src/sandbox/faults.ts";
import { failedDelete } from "../../src/sandbox/workspace/workspace.pod.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { filesOf, modelsAs } from "./models.asking.ts";

interface Write {
  readonly method: string;
  readonly path: RegExp;
  readonly server?: "projectApi";
  /** How many like it are let through before the one that is meant. */
  readonly after?: number;
}

const failure = JSON.stringify({
  error: { name: "Error", status: 500, message: "it broke in /srv/platform/x" },
});
const broken = { status: 500, headers: { "content-type": "application/json" }, body: failure };

function breakWrite(sett: Sett, { server, method, path, after = 0 }: Write, fault: Fault, times: number) {
  const { faults } = sett.sandbox.workspaces[server ?? "workspaceApi"];
  if (after > 0) faults.set({ mode: "slow", ms: 0 }, { method, path, times: after });
  faults.set(fault, { method, path, times });
}

/** A change of Car that takes a write of every kind. */
const change = {
  name: "Car",
  plural: "Autos",
  properties: [
    { name: "brand", required: false },
    { name: "doors", type: "number" },
  ],
  relations: [{ name: "drivers", type: "hasMany", model: "Driver" }],
  methods: [{ name: "start" }],
  config: { dataSource: "memory" },
};

const changeWrites: Readonly<Record<string, Write>> = {
  "the definition": { method: "POST", path: /ModelDefinitions$/ },
  "the properties": { method: "POST", path: /ModelProperties$/ },
  "a property's deletion": { method: "DELETE", path: /ModelProperties\/server\.Car\.tags$/ },
  "the old relations' deletion": { method: "DELETE", path: /ModelDefinitions\/server\.Car\/relations$/ },
  "the relations": { method: "POST", path: /ModelRelations$/ },
  "the old methods' deletion": { method: "DELETE", path: /ModelDefinitions\/server\.Car\/methods$/ },
  "the methods": { method: "POST", path: /ModelMethods$/ },
  "the configuration": { method: "POST", path: /ModelConfigs$/ },
};

const renaming = { name: "Auto", renamedFrom: "Car" };

const renameWrites: Readonly<Record<string, Write>> = {
  "the definition": { method: "POST", path: /ModelDefinitions$/ },
  "the properties": { method: "POST", path: /ModelProperties$/ },
  "the relations": { method: "POST", path: /ModelRelations$/ },
  "the methods": { method: "POST", path: /ModelMethods$/ },
  "the configuration": { method: "POST", path: /ModelConfigs$/ },
  "the old configuration's deletion": { method: "DELETE", path: /ModelConfigs\/server\.Car$/ },
  "the script": { method: "PUT", path: /WorkspaceFiles/, server: "projectApi" },
  "the others' relations": { method: "POST", path: /ModelRelations$/, after: 1 },
  "the others' base": { method: "POST", path: /ModelDefinitions$/, after: 1 },
  "the old files' deletion": { method: "PUT", path: /WorkspaceFiles/, server: "projectApi", after: 1 },
};

const cases = [
  ...Object.entries(changeWrites).map(([name, write]) => ["a change", name, change, write] as const),
  ...Object.entries(renameWrites).map(([name, write]) => ["a rename", name, renaming, write] as const),
];

/** Car's relation is in use, its script is written, and others are tied to it. */
async function start() {
  const sett = await startSett();
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModel({ name: "Truck", base: "Car", idInjection: true, options: {} });
  state.disk.files.set("server/models/car.js", "module.exports = () => 1;\n");
  await modelsAs(sett).save({ name: "Wheel", relations: [{ name: "car", type: "belongsTo", model: "Car" }] });
  return { sett, before: filesOf(sett) };
}

test.each(cases)("%s is finished although %s failed once", async (_kind, _name, input, write) => {
  const { sett } = await start();
  breakWrite(sett, write, { mode: "answer", ...broken }, 1);
  const { data, errors } = await modelsAs(sett).save(input);
  expect(errors).toEqual([]);
  expect(data?.saveModel?.steps.every(({ outcome }) => outcome === "DONE")).toBe(true);
  const whole = await start();
  await modelsAs(whole.sett).save(input);
  expect(filesOf(sett)).toEqual(filesOf(whole.sett));
});

test.each(cases)(
  "%s is undone and told of step by step when %s fails again and again",
  async (_kind, _name, input, write) => {
    const { sett, before } = await start();
    breakWrite(sett, write, { mode: "answer", ...broken }, 2);
    const { errors } = await modelsAs(sett).save(input);
    expect(errors).toHaveLength(1);
    const { code, upstream, steps }: Record<string, unknown> = errors[0]?.extensions ?? {};
    expect(code).toBe("UPSTREAM_UNAVAILABLE");
    expect(upstream).toBe(write.server ? "project-api" : "workspace-api");
    const outcomes = (steps as { outcome: string }[]).map(({ outcome }) => outcome);
    expect(outcomes).toContain("UNDONE");
    expect(outcomes).not.toContain("LEFT");
    expect(outcomes).not.toContain("DONE");
    expect(JSON.stringify(errors)).not.toContain("/srv/");
    expect(filesOf(sett)).toEqual(before);
  },
);

test.each(cases)(
  "%s is done although the connection was lost after %s",
  async (_kind, _name, input, write) => {
    const { sett } = await start();
    breakWrite(sett, write, { mode: "lose" }, 1);
    expect((await modelsAs(sett).save(input)).errors).toEqual([]);
  },
);

test.each(cases)("%s is done although %s was answered like a failure", async (_kind, _name, input, write) => {
  const { sett } = await start();
  breakWrite(sett, write, { mode: "misreport", ...broken }, 1);
  expect((await modelsAs(sett).save(input)).errors).toEqual([]);
});

test("a model whose configuration is said not to have been deleted, though it was, is deleted", async () => {
  const { sett } = await start();
  const { workspaceApi } = sett.sandbox.workspaces;
  workspaceApi.faults.set(failedDelete("ModelConfig"), { method: "DELETE", times: 1 });
  const { data, errors } = await modelsAs(sett).delete({ name: "Wheel" });
  expect(errors).toEqual([]);
  expect(data?.deleteModel?.steps.map(({ outcome }) => outcome)).toEqual(["DONE", "DONE"]);
});

test.each([
  ["its configuration's deletion", { method: "DELETE", path: /ModelConfigs/ }],
  ["its files' deletion", { method: "PUT", path: /WorkspaceFiles/, server: "projectApi" }],
] as const)("a model stays as it was when %s fails again and again", async (_name, write: Write) => {
  const { sett, before } = await start();
  breakWrite(sett, write, { mode: "answer", ...broken }, 2);
  const { codes } = await modelsAs(sett).delete({ name: "Wheel" });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(filesOf(sett)).toEqual(before);
});

test("a model whose deletion cannot be read back is put back whole, with its script and its rules", async () => {
  const { sett, before } = await start();
  const { faults } = sett.sandbox.workspaces.workspaceApi;
  const reads = { method: "GET", path: /server\/models\?/ };
  faults.set({ mode: "slow", ms: 0 }, { ...reads, times: 1 });
  faults.set({ mode: "answer", ...broken }, reads);
  sett.sandbox.workspaces.pod("demo", "dev").state.disk.files.delete("server/models/truck.json");
  const { errors } = await modelsAs(sett).delete({ name: "Car" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    steps: [{ outcome: "UNDONE" }, { outcome: "UNDONE" }, { outcome: "UNDONE" }],
  });
  const { "server/models/truck.json": _gone, ...rest } = before;
  expect(filesOf(sett)).toEqual(rest);
});

test("a write that the workspace says yes to and does not do is not told as done", async () => {
  const { sett, before } = await start();
  sett.sandbox.workspaces.workspaceApi.faults.set(
    { mode: "answer", status: 200, headers: { "content-type": "application/json" }, body: "{}" },
    { method: "POST", path: /ModelConfigs$/ },
  );
  const { errors } = await modelsAs(sett).save({ name: "Car", plural: "Autos", config: { public: false } });
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_REJECTED",
    steps: [{ outcome: "UNDONE" }, { outcome: "UNDONE" }],
  });
  expect(filesOf(sett)).toEqual(before);
});
