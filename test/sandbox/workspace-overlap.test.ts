import { afterEach, expect, it } from "vitest";
import {
  failedDelete,
  startWorkspacePod,
  type WorkspacePod,
  type WorkspacePodOptions,
} from "../../src/sandbox/workspace/workspace.pod.ts";
import { clientOf, type PodAnswer, type PodClient } from "./pod.client.ts";

let pod: WorkspacePod;

afterEach(() => pod.stop());

const eight = Array.from({ length: 8 }, (_each, index) => `source${index}`);
/** Long enough for calls made together to overlap. */
const overlapping = { overlapMs: 100, readMs: 0, writeMs: 20 };

it("eight writers at once lose data sources whose creation was answered with 200", async () => {
  const client = await start({ timing: overlapping });
  const answers = await Promise.all(eight.map((name) => createSource(client, name)));
  expect(statuses(answers)).toEqual(eight.map(() => 200));
  expect(pod.state.dataSources().length).toBeLessThan(eight.length);
});

it("the same eight writes one after the other lose nothing", async () => {
  const client = await start({ timing: { overlapMs: 2, writeMs: 0 } });
  for (const name of eight) expect((await createSource(client, name)).status).toBe(200);
  expect(pod.state.dataSources().map(({ name }) => name)).toEqual(eight);
});

it("eight writers at once lose nothing where the damage is switched off", async () => {
  const client = await start({ timing: overlapping, damage: false });
  await Promise.all(eight.map((name) => createSource(client, name)));
  expect(pod.state.dataSources().map(({ name }) => name)).toEqual(eight);
});

it("models created at once are all there, each having a file of its own", async () => {
  const client = await start({ timing: overlapping });
  const created = eight.map((name) =>
    client.workspace("POST /ModelDefinitions", { facetName: "server", name }),
  );
  expect(statuses(await Promise.all(created))).toEqual(eight.map(() => 200));
  expect(pod.state.models().map(({ name }) => name)).toEqual(eight);
});

it("two creations of one new id at once are both acknowledged", async () => {
  const client = await start({ timing: overlapping });
  const body = { id: "server.Car", facetName: "server", name: "Car" };
  const both = [
    client.workspace("POST /ModelDefinitions", body),
    client.workspace("POST /ModelDefinitions", body),
  ];
  expect(statuses(await Promise.all(both))).toEqual([200, 200]);
});

it("changes of different fields of one model at once are both kept", async () => {
  const client = await start({ timing: overlapping });
  pod.state.addModel({ name: "Car" });
  const change = (fields: object): Promise<PodAnswer> =>
    client.workspace("PATCH /ModelDefinitions", {
      id: "server.Car",
      facetName: "server",
      name: "Car",
      ...fields,
    });
  await Promise.all([change({ plural: "Carz" }), change({ itemOrder: 7 })]);
  expect(pod.state.models()).toEqual([expect.objectContaining({ plural: "Carz", itemOrder: 7 })]);
});

it("a delete during another write is undone by it, and the model then has no script", async () => {
  const client = await start({ timing: overlapping });
  pod.state.addModel({ name: "Car" });
  const write = createSource(client, "memory");
  await begun();
  pod.state.disk.files.delete("server/models/car.json");
  pod.state.disk.files.delete("server/models/car.js");
  await write;
  expect(pod.state.models()).toHaveLength(1);

  const gone = await client.workspace("DELETE /ModelDefinitions/server.Car");
  expect(gone.status).toBe(500);
  expect(gone.body).toMatchObject({ error: { code: "ENOENT", syscall: "unlink" } });
  expect(pod.state.models()).toEqual([]);
});

it("properties posted while their model is deleted leave a file without a name, at which a clear stops", async () => {
  const client = await start({ timing: { ...overlapping, clearMs: 0 } });
  pod.state.addModel({ name: "Car" });
  const property = { modelId: "server.Car", name: "brand", type: "string" };
  const write = client.workspace("POST /ModelProperties", [property]);
  await begun();
  pod.state.disk.files.delete("server/models/car.json");
  pod.state.disk.files.delete("server/models/car.js");
  expect((await write).status).toBe(200);

  const listed = await client.workspace("GET /Facets/server/models?filter[include]=properties");
  expect(listed.body).toEqual([expect.objectContaining({ id: "server", facetName: "server" })]);
  expect((await client.project("POST /Projects/demo-dev/clear")).status).toBe(500);
  expect((await client.project("POST /Projects/demo-dev/clear")).status).toBe(204);
});

it("a read while files are being written answers 500 about package.json, and never after the write", async () => {
  const client = await start({ timing: { readMs: 0, tornMs: 200 } });
  const write = createSource(client, "memory");
  await expect.poll(() => pod.state.disk.isHalfWritten, { interval: 1 }).toBe(true);
  const torn = await client.workspace("GET /Facets/server/models");
  const message = expect.stringMatching(
    /^Cannot parse package.json: .*: Unexpected end of JSON input$/,
  ) as string;
  expect(torn).toMatchObject({ status: 500, body: { error: { name: "SyntaxError", status: 500, message } } });
  await write;
  expect((await client.workspace("GET /Facets/server/models")).status).toBe(200);
});

it("readers without a writer are never disturbed", async () => {
  const client = await start({ timing: {} });
  const reads = eight.map(() => client.workspace("GET /Facets/server/models"));
  expect(statuses(await Promise.all(reads))).toEqual(eight.map(() => 200));
});

it("two saves of different fields of the document at once are both kept, of one list only the later", async () => {
  const client = await start({ timing: overlapping });
  const save = (change: object): Promise<PodAnswer> =>
    client.project("PATCH /Projects", { id: "demo-dev", name: "main", ...change });
  await Promise.all([save({ one: 1 }), save({ two: 2 })]);
  expect(pod.state.project()).toMatchObject({ one: 1, two: 2 });

  const endpoint = (name: string): object => ({ serviceEndpoints: [{ name, urls: ["http://a.test"] }] });
  await Promise.all([save(endpoint("A")), save(endpoint("B"))]);
  expect(pod.state.project()["serviceEndpoints"]).toHaveLength(1);
});

it("a delete can be made to answer 500 although it was done", async () => {
  const client = await start({ timing: {} });
  pod.state.addModelConfig({ name: "Car", dataSource: null });
  pod.workspaceApi.faults.set(failedDelete("ModelConfig"), { method: "DELETE", times: 1 });
  const answer = await client.workspace("DELETE /ModelConfigs/server.Car");
  const error = { name: "Error", status: 500, message: "Error deleting ModelConfig" };
  expect(answer).toMatchObject({ status: 500, body: { error } });
  expect(pod.state.modelConfigs()).toEqual([]);
});

it("git after a write holds up both APIs", async () => {
  const client = await start({ timing: { gitMs: 100 } });
  await createSource(client, "memory");
  let isIdle = false;
  void pod.state.disk.idle().then(() => (isIdle = true));
  await client.project("GET /WorkspaceStatus/ping");
  expect(isIdle).toBe(true);
});

async function start(options: Partial<WorkspacePodOptions>): Promise<PodClient> {
  pod = await startWorkspacePod({ producer: "demo", env: "dev", ...options });
  return clientOf(pod);
}

function createSource(client: PodClient, name: string): Promise<PodAnswer> {
  const body = { facetName: "server", name, connector: "memory" };
  return client.workspace("POST /DataSourceDefinitions", body);
}

function statuses(answers: readonly PodAnswer[]): number[] {
  return answers.map(({ status }) => status);
}

/** A write has read the project and not yet written it back. */
async function begun(): Promise<void> {
  await expect.poll(() => pod.state.disk.writing, { interval: 1 }).toBe(1);
}
