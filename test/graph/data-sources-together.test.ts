import { expect, test } from "vitest";
import { failedDelete } from "../../src/sandbox/workspace/workspace.pod.ts";
import { startSett } from "../support/sett.ts";
import { dataSourcesAs, podState, stored } from "./data-sources.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const collection = /\/DataSourceDefinitions/;

/** A change made by somebody else, past the gateway. */
function changeElsewhere(sett: Awaited<ReturnType<typeof startSett>>, change: Record<string, unknown>): void {
  const source = { ...stored(sett, "garage"), name: "garage", connector: "mysql", ...change };
  podState(sett).addDataSource(source);
}

test("who starts from what is there has it saved", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const revision = await demo.revision("garage");
  const { data } = await demo.save({ name: "garage", host: "new.example", revision });
  expect(data?.saveDataSource?.outcome).toBe("SAVED");
  expect(data?.saveDataSource?.dataSource.revision).not.toBe(revision);
});

test("when others changed another field both changes are kept", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const revision = await demo.revision("garage");
  changeElsewhere(sett, { port: 3307, charset: "utf8", password: "hunter3" });
  const { data, errors } = await demo.save({
    name: "garage",
    host: "new.example",
    settings: { pool: 5 },
    revision,
  });
  expect(errors).toEqual([]);
  expect(data?.saveDataSource?.outcome).toBe("MERGED");
  expect(stored(sett, "garage")).toMatchObject({
    host: "new.example",
    port: 3307,
    charset: "utf8",
    pool: 5,
    password: "hunter3",
  });
});

test("a field that was sent as it had been read is theirs when they changed it", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const options = { tls: true, password: "hunter2" };
  await demo.save({
    name: "garage",
    url: "mysql://mechanic:hunter2@one.example/cars",
    settings: { options },
  });
  const { data } = await demo.read("garage");
  const { revision, port, url, settings } = data?.project?.dataSource ?? {};
  const theirs = { port: 3307, url: "mysql://mechanic:hunter3@two.example/cars", options: { tls: false } };
  changeElsewhere(sett, theirs);
  const mine = { name: "garage", host: "new.example", port: port ?? 0, url: url ?? "", settings, revision };
  expect((await demo.save(mine)).errors).toEqual([]);
  expect(stored(sett, "garage")).toMatchObject({ ...theirs, host: "new.example" });
});

test("when both changed the same it is a conflict, told without a secret, and nothing is written", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  await demo.save({ name: "garage", url: "mysql://mechanic:hunter2@one.example/cars" });
  const revision = await demo.revision("garage");
  changeElsewhere(sett, { url: "mysql://mechanic:hunter2@two.example/cars" });
  sett.upstreamCalls();
  const url = "mysql://mechanic:hunter2@three.example/cars";
  const { errors, text } = await demo.save({ name: "garage", url, revision });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: await demo.revision("garage") },
    entities: [
      {
        entity: "url",
        base: "mysql://***@one.example/cars",
        theirs: "mysql://***@two.example/cars",
        mine: "mysql://***@three.example/cars",
      },
    ],
  });
  expect(text).not.toContain("hunter2");
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a new secret in a field that others changed is a conflict", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  await demo.save({ name: "garage", url: "mysql://mechanic:hunter2@one.example/cars" });
  const revision = await demo.revision("garage");
  changeElsewhere(sett, { url: "mysql://mechanic:hunter2@two.example/cars" });
  const url = "mysql://mechanic:hunter3@one.example/cars";
  const { errors } = await demo.save({ name: "garage", url, revision });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", entities: [{ entity: "url" }] });
});

test("a revision that nobody knows is a conflict, never a silent overwrite", async () => {
  const sett = await startSett();
  const { errors } = await dataSourcesAs(sett).save({
    name: "garage",
    host: "new.example",
    revision: "nobody-knows-this-revision-",
  });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    entities: [{ entity: "host", base: null, theirs: "garage.cars.example", mine: "new.example" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
});

test("who changes or deletes what others deleted or changed is told", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const revision = await demo.revision("weather");
  await dataSourcesAs(sett, "al").save({ name: "weather", host: "new.example" });
  const deletion = await demo.delete({ name: "weather", revision });
  expect(deletion.errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: await demo.revision("weather") },
    entities: [{ entity: "host", base: null, theirs: "new.example", mine: null }],
  });
  await dataSourcesAs(sett, "al").delete({ name: "weather" });
  const password = "hunter9";
  const { errors, text } = await demo.save({ name: "weather", host: "x.example", password, revision });
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { revision: null },
    entities: expect.arrayContaining([
      { entity: "connector", base: "rest", theirs: null, mine: "rest" },
      { entity: "host", base: null, theirs: null, mine: "x.example" },
      { entity: "settings/password", base: null, theirs: null, mine: null },
    ]) as unknown[],
  });
  expect(text).not.toContain(password);
});

test("a conflict over nothing but a secret names the secret, and tells nothing of it", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const revision = await demo.revision("garage");
  await dataSourcesAs(sett, "al").save({ name: "garage", password: null });
  sett.upstreamCalls();
  const secret = { entity: "settings/password", base: null, theirs: null, mine: null };
  const deletion = await demo.delete({ name: "garage", revision });
  expect(deletion.errors[0]?.extensions).toMatchObject({ code: "CONFLICT", entities: [secret] });
  const unknown = "nobody-knows-this-revision-";
  const { errors, text } = await demo.save({ name: "garage", password: "hunter9", revision: unknown });
  expect(errors[0]?.extensions).toMatchObject({ code: "CONFLICT", entities: [secret] });
  expect(text).not.toContain("hunter");
  expect(upstreamWrites(sett)).toEqual([]);
});

test("whether a guessed secret is the one that is stored is not to be had from a conflict", async () => {
  const sett = await startSett();
  const revision = "nobody-knows-this-revision-";
  const [right, wrong] = await Promise.all(
    ["hunter2-garage", "hunter2-cellar"].map((password) =>
      dataSourcesAs(sett).save({ name: "garage", password, revision }),
    ),
  );
  expect(stored(sett, "garage")?.["password"]).toBe("hunter2-garage");
  expect(right?.errors[0]?.extensions["entities"]).toEqual(wrong?.errors[0]?.extensions["entities"]);
});

test("who wants what is there already overwrites nothing, whatever they started from", async () => {
  const sett = await startSett();
  const revision = "nobody-knows-this-revision-";
  const { data, errors } = await dataSourcesAs(sett).save({
    name: "garage",
    host: "garage.cars.example",
    revision,
  });
  expect(errors).toEqual([]);
  expect(data?.saveDataSource?.outcome).toBe("MERGED");
  expect(upstreamWrites(sett)).toEqual([]);
});

test("a changed password changes no revision, one that is set or removed does", async () => {
  const sett = await startSett();
  const demo = dataSourcesAs(sett);
  const revision = await demo.revision("garage");
  await demo.save({ name: "garage", password: "another" });
  expect(await demo.revision("garage")).toBe(revision);
  await demo.save({ name: "garage", password: null });
  expect(await demo.revision("garage")).not.toBe(revision);
});

test("a delete that was done although the answer says otherwise is a delete", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.workspaces.workspaceApi;
  faults.set(failedDelete("DataSourceDefinition"), { method: "DELETE", times: 1 });
  const { data, errors } = await dataSourcesAs(sett).delete({ name: "weather" });
  expect(errors).toEqual([]);
  expect(data?.deleteDataSource?.deletedName).toBe("weather");
});

test("a write whose answer is lost is done once", async () => {
  const sett = await startSett();
  const { faults } = sett.sandbox.workspaces.workspaceApi;
  faults.set({ mode: "lose" }, { method: "POST", path: collection, times: 1 });
  const { errors } = await dataSourcesAs(sett).save({ name: "garage", host: "new.example" });
  expect(errors).toEqual([]);
  expect(stored(sett, "garage")?.["host"]).toBe("new.example");
  expect(upstreamWrites(sett)).toHaveLength(1);
});

test("a write that fails for good leaves all as it was, and its error repeats nothing that the workspace said", async () => {
  const sett = await startSett();
  const before = stored(sett, "garage");
  const body = JSON.stringify({ error: { status: 500, message: "cannot store opensesame" } });
  sett.sandbox.workspaces.workspaceApi.faults.set(
    { mode: "answer", status: 500, body },
    { method: "POST", path: collection, times: 2 },
  );
  const { errors, text } = await dataSourcesAs(sett).save({ name: "garage", password: "opensesame" });
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    steps: [{ title: "Save the data source garage", outcome: "UNDONE" }],
  });
  expect(text).not.toContain("opensesame");
  expect(sett.log.text.join("")).not.toContain("opensesame");
  expect(stored(sett, "garage")).toEqual(before);
});

test("a refusal of the workspace's is told without its words, for they may quote a secret", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ error: { status: 422, message: "invalid (value: opensesame)" } });
  sett.sandbox.workspaces.workspaceApi.faults.set(
    { mode: "answer", status: 422, body },
    { method: "POST", path: collection, times: 1 },
  );
  const { codes, text } = await dataSourcesAs(sett).save({ name: "garage", password: "opensesame" });
  expect(codes).toEqual(["UPSTREAM_REJECTED"]);
  expect(text).not.toContain("opensesame");
});
