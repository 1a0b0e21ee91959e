import { afterEach, beforeEach, expect, it } from "vitest";
import { startWorkspacePod, type WorkspacePod } from "../../src/sandbox/workspace/workspace.pod.ts";
import { subscribe, type ChangeSubscriber } from "./change.subscriber.ts";
import { clientOf, type PodClient } from "./pod.client.ts";

type Document = Record<string, Record<string, unknown>[]>;

let pod: WorkspacePod;
let client: PodClient;
let saves: Record<string, string>[];
let subscribers: ChangeSubscriber[];

beforeEach(async () => {
  saves = [];
  subscribers = [];
  pod = await startWorkspacePod({
    producer: "demo",
    env: "dev",
    timing: { readMs: 0, overlapMs: 0, writeMs: 0, tornMs: 0, installMs: 1, testConnectionMs: 1, clearMs: 0 },
    onSaved: (files) => void saves.push(files),
  });
  client = clientOf(pod);
});

afterEach(async () => {
  for (const subscriber of subscribers) subscriber.stop();
  await pod.stop();
});

it("a model seeded through the state is read with its properties over HTTP", async () => {
  pod.state.addModel(
    { name: "BigCar", base: "PersistedModel" },
    { brand: { type: "string", required: true } },
  );
  const { body } = await client.workspace("GET /Facets/server/models?filter[include]=properties");
  const brand = { id: "server.BigCar.brand", modelId: "server.BigCar", facetName: "server", name: "brand" };
  expect(body).toEqual([
    {
      id: "server.BigCar",
      facetName: "server",
      readonly: false,
      name: "BigCar",
      base: "PersistedModel",
      idInjection: true,
      options: { validateUpsert: true },
      configFile: "server/models/big-car.json",
      properties: [{ ...brand, type: "string", required: true }],
    },
  ]);
});

it("a read is answered 304 by its ETag, which is a weak hash of the body; If-Match is looked at by nobody", async () => {
  const first = await client.workspace("GET /Facets/server/models");
  const etag = String(first.headers.get("etag"));
  expect(etag).toBe('W/"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w"');
  const again = await client.workspace("GET /Facets/server/models", undefined, { "If-None-Match": etag });
  expect(again).toMatchObject({ status: 304, body: "" });

  const model = { facetName: "server", name: "Car" };
  const written = await client.workspace("POST /ModelDefinitions", model, { "If-Match": '"other"' });
  expect(written.status).toBe(200);
});

it("whichever origin asks is let in by both APIs, and no credential is looked at", async () => {
  const headers = { Origin: "http://canvas.test", Authorization: "Bearer nonsense" };
  for (const ask of [
    client.workspace("GET /Facets", undefined, headers),
    client.project("GET /Projects", undefined, headers),
  ]) {
    const answer = await ask;
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("http://canvas.test");
  }
});

it("a method posted for one model takes the place of another model's method of that name", async () => {
  pod.state.addModel({ name: "A" });
  pod.state.addModel({ name: "B" });
  await client.workspace("POST /ModelMethods", [{ name: "list", modelId: "server.A" }]);
  await client.workspace("POST /ModelMethods", [{ name: "list", modelId: "server.B" }]);
  expect((await client.workspace("GET /ModelDefinitions/server.A/methods")).body).toEqual([]);
  expect((await client.workspace("GET /ModelDefinitions/server.B/methods")).body).toHaveLength(1);
});

it("two models whose names differ only in case share a file, and the earlier is lost", async () => {
  await client.workspace("POST /ModelDefinitions", { facetName: "server", name: "Car" });
  await client.workspace("POST /ModelDefinitions", { facetName: "server", name: "car" });
  expect(pod.state.models().map(({ id }) => id)).toEqual(["server.car"]);
});

it("PUT by id answers the new values and stores nothing", async () => {
  pod.state.addModelConfig({ name: "Car", dataSource: "memory", public: true });
  const answer = await client.workspace("PUT /ModelConfigs/server.Car", { public: false });
  expect(answer).toMatchObject({ status: 200, body: { public: false } });
  expect(pod.state.modelConfigs()).toMatchObject([{ public: true }]);
});

it("a data source of another kind than memory has its connector installed in the background", async () => {
  const source = { facetName: "server", name: "db", connector: "mysql", host: "127.0.0.1", port: "3306" };
  await client.workspace("POST /DataSourceDefinitions", source);
  const installed = (): unknown => JSON.parse(pod.state.files()["package.json"] ?? "{}");
  await expect.poll(installed).toMatchObject({ dependencies: { "loopback-connector-mysql": "^5.4.3" } });
});

it("testing a connection answers true or the driver's complaint", async () => {
  pod.state.addDataSource({ name: "db", connector: "mysql", host: "127.0.0.1", port: 3306 });
  const path = "GET /DataSourceDefinitions/server.db/testConnection";
  const message = "connect ECONNREFUSED 127.0.0.1:3306";
  expect(await client.workspace(path)).toMatchObject({
    status: 500,
    body: { error: { status: 500, message } },
  });
  pod.state.answeringHosts.add("127.0.0.1:3306");
  expect(await client.workspace(path)).toMatchObject({ status: 200, body: { status: true } });
});

it("items without an id get a new one on every save, others keep theirs", async () => {
  const project = {
    id: "demo-dev",
    name: "main",
    connections: [{ fromId: "a", toId: "b" }],
    serviceEndpoints: [{ id: "s", name: "S", urls: ["http://a.test"] }],
  };
  const [first, second] = [
    await client.project("PATCH /Projects", project),
    await client.project("PATCH /Projects", project),
  ];
  const idsOf = (body: unknown): unknown[] => {
    const { connections = [], serviceEndpoints = [] } = body as Document;
    return [...connections, ...serviceEndpoints].map(({ id }) => id);
  };
  expect(idsOf(first.body)).toEqual([expect.any(String), "s"]);
  expect(idsOf(second.body)).toEqual([expect.any(String), "s"]);
  expect(idsOf(second.body)[0]).not.toEqual(idsOf(first.body)[0]);
});

it("a saved project is handed over as lunchbadger.json, a string within a string", async () => {
  await client.project("PATCH /Projects", { id: "demo-dev", name: "main", disabled: true });
  const saved = JSON.parse(saves.at(-1)?.["lunchbadger.json"] ?? "{}") as {
    models: { Project: Record<string, string> };
  };
  expect(JSON.parse(saved.models.Project["demo-dev"] ?? "{}")).toEqual(pod.state.project());
  expect(pod.state.project()).toMatchObject({ disabled: true });
});

it("the removal of a deleted model's files is handed over with the next save only", async () => {
  pod.state.addModel({ name: "Car" });
  await client.workspace("DELETE /ModelDefinitions/server.Car");
  expect(saves.at(-1)).toHaveProperty(["server/models/car.json"]);
  await client.workspace("POST /ModelConfigs", { facetName: "server", name: "Car", dataSource: null });
  expect(saves.at(-1)).not.toHaveProperty(["server/models/car.json"]);
});

it("files are written and deleted as a tree, and names are joined to the path unchecked", async () => {
  const files = { server: { "new.txt": "n", "../up.txt": "u" }, "../out.txt": "o" };
  expect(await client.project("PUT /WorkspaceFiles/files", { files })).toMatchObject({
    status: 200,
    body: {},
  });
  expect(pod.state.files()).toMatchObject({ "server/new.txt": "n", "up.txt": "u", "../out.txt": "o" });
  await client.project("PUT /WorkspaceFiles/files", { files: { server: { "new.txt": null } } });
  expect(pod.state.files()).not.toHaveProperty(["server/new.txt"]);
});

it("a clear empties the lists of the project and deletes models, data sources and configs", async () => {
  pod.state.addModel({ name: "Car" });
  pod.state.addDataSource({ name: "memory", connector: "memory" });
  pod.state.addModelConfig({ name: "Car", dataSource: "memory" });
  pod.state.changeProject({ connections: [{ fromId: "a", toId: "b" }], kept: 1 });
  expect((await client.project("POST /Projects/demo-dev/clear")).status).toBe(204);
  expect([pod.state.models(), pod.state.dataSources(), pod.state.modelConfigs()]).toEqual([[], [], []]);
  expect(pod.state.project()).toMatchObject({ connections: [], kept: 1 });
});

it("the status stream tells the current state at once, and the commit of every save", async () => {
  const stream = await listen();
  const first = await stream.next();
  expect(first).toEqual({
    event: "data",
    data: { target: 1, data: { ...pod.state.status.current }, type: "update" },
  });
  await client.project("PATCH /Projects", { id: "demo-dev", name: "main", touched: 1 });
  const { data } = await stream.next();
  expect(data).toEqual({ target: 1, data: { ...pod.state.status.current }, type: "update" });
  expect(data["data"]).not.toEqual(first.data["data"]);
});

it("a push from outside installs everything anew in another instance, and leaves the document as it was", async () => {
  const { instance } = pod.state.status.current;
  const stream = await listen();
  await stream.next();
  pod.state.pushFromOutside({ "lunchbadger.json": "{}", "server/boot/root.js": "// theirs" });
  const told = [await stream.next(), await stream.next(), await stream.next()].map(
    ({ data }) => data["data"],
  );
  const installing = { status: "installing", output: 'Now running "yarn install"' };
  expect(told).toMatchObject([installing, installing, { status: "running", output: "" }]);
  expect(pod.state.status.current.instance).not.toBe(instance);
  expect(pod.state.files()).toMatchObject({ "server/boot/root.js": "// theirs" });
  expect(pod.state.project()).toMatchObject({ id: "demo-dev", name: "main" });
});

it("a reinstall is told as installing and then running, in the same instance", async () => {
  const { instance } = pod.state.status.current;
  const stream = await listen();
  await stream.next();
  expect((await client.project("POST /WorkspaceStatus/reinstall")).status).toBe(204);
  const told = [await stream.next(), await stream.next()].map(({ data }) => data["data"]);
  expect(told).toMatchObject([
    { status: "installing", instance },
    { status: "running", instance },
  ]);
});

async function listen(): Promise<ChangeSubscriber> {
  const subscriber = await subscribe(`${pod.projectApi.url}/api/WorkspaceStatus`, "");
  subscribers.push(subscriber);
  return subscriber;
}
