import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { dataSourcesAs, stored } from "./data-sources.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

test("zu reads demo's data sources in the order of the canvas, without a secret", async () => {
  const sett = await startSett();
  const { data, errors, text } = await dataSourcesAs(sett, "zu").list();
  expect(errors).toEqual([]);
  expect(data?.project?.dataSources?.map(({ name }) => name)).toEqual(["memory", "garage", "weather"]);
  expect(data?.project?.dataSources?.[1]).toMatchObject({
    connector: "mysql",
    itemOrder: 1,
    host: "garage.cars.example",
    port: 3306,
    database: "garage",
    username: "mechanic",
    url: "",
    settings: {},
    secrets: ["password"],
  });
  expect(data?.project?.dataSources?.[2]).toMatchObject({
    settings: { predefined: "custom", options: { strictSSL: true, headers: { accept: "application/json" } } },
    secrets: ["options.headers.authorization"],
  });
  expect(text).not.toContain("hunter2");
});

test("a data source is read by its name, and one that is not there is absent", async () => {
  const sett = await startSett();
  const found = await dataSourcesAs(sett, "zu").read("memory");
  expect(found.data?.project?.dataSource).toMatchObject({ name: "memory", connector: "memory", secrets: [] });
  const absent = await dataSourcesAs(sett, "zu").read("nosuch");
  expect(absent.codes).toEqual(["NOT_FOUND"]);
  expect(absent.data?.project).toEqual({ env: "dev", dataSource: null });
});

test("however many fields ask for data sources, the workspace is asked once", async () => {
  const sett = await startSett();
  await sett.as("demo").askText("{ viewer { login } }");
  sett.upstreamCalls();
  const { errors } = await sett.as("demo").askText(
    `{ project(producer: "demo") {
        dataSources { name } dataSource(name: "memory") { name } other: dataSource(name: "garage") { name }
    } }`,
  );
  expect(errors).toEqual([]);
  const calls = sett.upstreamCalls().filter((call) => !call.startsWith("gitea"));
  expect(calls).toEqual(["workspace-api GET /demo-dev/api/Facets/server/datasources"]);
});

test("while the workspace is down data sources are null and said to be unavailable, and the rest is answered", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.workspaceApi.faults.set({ mode: "drop" });
  const { data, errors } = await dataSourcesAs(sett).list();
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "workspace-api" });
  expect(data).toEqual({ viewer: { login: "customer-demo" }, project: { dataSources: null } });
});

test("al makes a data source: it is put last, is given an id and is stored with its password", async () => {
  const sett = await startSett();
  const { data, errors, text } = await dataSourcesAs(sett, "al").save({
    name: "spare",
    connector: "memory",
    host: "db.example",
    port: 5432,
    password: "opensesame",
    settings: { file: "spare.json" },
  });
  expect(errors).toEqual([]);
  expect(data?.saveDataSource).toMatchObject({
    outcome: "LAST_WRITE_WINS",
    dataSource: { name: "spare", itemOrder: 3, settings: { file: "spare.json" }, secrets: ["password"] },
  });
  expect(data?.saveDataSource?.project.dataSources).toHaveLength(4);
  expect(data?.saveDataSource?.dataSource.lunchbadgerId).toMatch(/^[0-9a-f-]{36}$/);
  expect(text).not.toContain("opensesame");
  expect(stored(sett, "spare")).toMatchObject({ port: 5432, password: "opensesame", file: "spare.json" });
});

test("what is left out stays, secrets included, and only what is said is changed", async () => {
  const sett = await startSett();
  const before = stored(sett, "garage");
  const { errors } = await dataSourcesAs(sett).save({ name: "garage", host: "new.example" });
  expect(errors).toEqual([]);
  expect(stored(sett, "garage")).toEqual({ ...before, host: "new.example" });
});

test("a nested secret stays when what is around it is sent as it was shown and changed", async () => {
  const sett = await startSett();
  const options = { strictSSL: false, headers: { accept: "text/plain" } };
  await dataSourcesAs(sett).save({ name: "weather", settings: { options } });
  expect(stored(sett, "weather")?.["options"]).toEqual({
    strictSSL: false,
    headers: { accept: "text/plain", authorization: "Bearer hunter2-weather" },
  });
});

test("what is null is removed, secrets included", async () => {
  const sett = await startSett();
  const { data } = await dataSourcesAs(sett).save({ name: "garage", password: null, database: null });
  expect(data?.saveDataSource?.dataSource).toMatchObject({ secrets: [], database: null });
  expect(Object.keys(stored(sett, "garage") ?? {})).not.toContain("password");
  expect(Object.keys(stored(sett, "garage") ?? {})).not.toContain("database");
});

test("an address that is sent as it was shown keeps its credentials, and one that was changed says them anew", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const made = await demo.save({ name: "garage", url: "mysql://mechanic:hunter2@garage.example/cars" });
  expect(made.data?.saveDataSource?.dataSource).toMatchObject({
    url: "mysql://***@garage.example/cars",
    secrets: ["password", "url"],
  });
  await demo.save({ name: "garage", url: "mysql://***@garage.example/cars", host: "other.example" });
  expect(stored(sett, "garage")?.["url"]).toBe("mysql://mechanic:hunter2@garage.example/cars");
  const { errors } = await demo.save({ name: "garage", url: "mysql://***@elsewhere.example/cars" });
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field: "input.url" }] });
});

test("saving what is there already writes nothing", async () => {
  const sett = await startSett();
  const { errors } = await dataSourcesAs(sett).save({
    name: "garage",
    port: 3306,
    password: "hunter2-garage",
  });
  expect(errors).toEqual([]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each<[string, Parameters<ReturnType<typeof dataSourcesAs>["save"]>[0], string]>([
  ["a name that differs from another in case only", { name: "GARAGE", connector: "memory" }, "input.name"],
  ["a new one without a connector", { name: "spare" }, "input.connector"],
  ["a connector that is no name", { name: "spare", connector: "../evil" }, "input.connector"],
  ["a connector that is removed", { name: "garage", connector: null }, "input.connector"],
  ["a port that is none", { name: "garage", port: 65_536 }, "input.port"],
  [
    "a field of its own among the settings",
    { name: "garage", settings: { host: "x" } },
    "input.settings.host",
  ],
  ["a field of the platform's", { name: "garage", settings: { facetName: "x" } }, "input.settings.facetName"],
  ["a mark for no secret", { name: "memory", settings: { token: "***" } }, "input.settings.token"],
])("%s is refused, and nothing is written", async (_what, input, field) => {
  const sett = await startSett();
  const { errors } = await dataSourcesAs(sett).save(input);
  expect(errors[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", problems: [{ field }] });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("more than the workspace reads is refused, and nothing is written", async () => {
  const sett = await startSett();
  const settings = { note: "x".repeat(110_000) };
  const { codes } = await dataSourcesAs(sett).save({ name: "garage", settings });
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a name that is none is refused before anybody is asked", async () => {
  const sett = await startSett();
  const { codes } = await dataSourcesAs(sett).save({ name: "bad name!", connector: "memory" });
  expect(codes).toEqual(["BAD_USER_INPUT"]);
  expect(sett.upstreamCalls()).toEqual([]);
});
