import { expect, test } from "vitest";
import {
  ListWorkspaceFilesDocument,
  ReadWorkspaceFileDocument,
  SaveFilesDocument,
  type FileToSave,
} from "../generated/operations.ts";
import { startSett, type PersonName, type Sett } from "../support/sett.ts";
import { podState } from "./data-sources.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const producer = "demo";

const list = (sett: Sett, path?: string) =>
  sett.as("zu").ask(ListWorkspaceFilesDocument, { producer, ...(path ? { path } : {}) });
const read = (sett: Sett, path: string) => sett.as("zu").ask(ReadWorkspaceFileDocument, { producer, path });
const save = (sett: Sett, files: FileToSave[], name: PersonName = "al") =>
  sett.as(name).ask(SaveFilesDocument, { input: { project: { producer }, files } });

const onDisk = (sett: Sett, path: string) => podState(sett).disk.files.get(path);

const script = "server/models/car.js";

test("zu reads the files of demo's project, in the order of their paths and without what the workspace keeps", async () => {
  const sett = await startSett();
  const { data, errors } = await list(sett);
  expect(errors).toEqual([]);
  const paths = (data?.project?.files ?? []).map(({ path }) => path);
  expect(paths).toEqual(paths.toSorted());
  expect(paths).toEqual(expect.arrayContaining(["package.json", script, "server/models/car.json"]));
  expect(paths).not.toContain("lunchbadger.json");
});

test("the files of a folder are all below it", async () => {
  const sett = await startSett();
  const { data } = await list(sett, "server/models");
  expect((data?.project?.files ?? []).map(({ path }) => path)).toEqual(
    [...podState(sett).disk.files.keys()].filter((path) => path.startsWith("server/models/")).toSorted(),
  );
  expect((await list(sett, "server/mod")).data?.project?.files).toEqual([]);
});

test("a file is read by its path, however many fields ask at one call", async () => {
  const sett = await startSett();
  await sett.as("zu").askText("{ viewer { login } }");
  sett.upstreamCalls();
  const { data, errors } = await read(sett, script);
  expect(errors).toEqual([]);
  expect(data?.project?.file).toMatchObject({
    path: script,
    text: onDisk(sett, script),
    size: onDisk(sett, script)?.length,
  });
  const calls = sett.upstreamCalls().filter((call) => !call.startsWith("gitea"));
  expect(calls).toEqual(["project-api GET /demo-dev/api/WorkspaceFiles/files"]);
});

test("a file that is not there is absent", async () => {
  const sett = await startSett();
  const { data, codes } = await read(sett, "server/nope.js");
  expect(codes).toEqual(["NOT_FOUND"]);
  expect(data?.project?.env).toBe("dev");
});

test("the file of data sources is shown without the secrets in it", async () => {
  const sett = await startSett();
  const { data, text } = await read(sett, "server/datasources.json");
  const shown = JSON.parse(data?.project?.file?.text ?? "") as Record<string, object>;
  expect(shown["garage"]).toMatchObject({ host: "garage.cars.example", username: "mechanic" });
  expect(text).not.toContain("hunter2");
  expect((await list(sett)).text).not.toContain("hunter2");
});

test("a file of data sources that cannot be read has no text", async () => {
  const sett = await startSett();
  podState(sett).disk.files.set("server/datasources.local.json", '{"garage": {"password": "hunter2"');
  const { data, text } = await read(sett, "server/datasources.local.json");
  expect(data?.project?.file).toMatchObject({ text: null, size: null });
  expect(text).not.toContain("hunter2");
});

test("while the workspace is down files are null and said to be unavailable, and the rest is answered", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "drop" });
  const { data, errors } = await list(sett);
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" });
  expect(data).toEqual({ viewer: { login: "customer-zu" }, project: { files: null } });
});

test("al writes files and deletes one, in one call that holds nothing else", async () => {
  const sett = await startSett();
  podState(sett).disk.files.set("server/old.txt", "old");
  const { data, errors } = await save(sett, [
    { path: "server/new/a.txt", text: "a" },
    { path: script, text: "// new" },
    { path: "server/old.txt", text: null },
    { path: "package.json", text: onDisk(sett, "package.json") ?? "" },
  ]);
  expect(errors).toEqual([]);
  expect(data?.saveFiles).toMatchObject({
    files: [
      { path: "server/new/a.txt", text: "a", size: 1 },
      { path: script, text: "// new" },
      { path: "package.json" },
    ],
    deleted: ["server/old.txt"],
    project: { producer },
  });
  expect(onDisk(sett, "server/new/a.txt")).toBe("a");
  expect(onDisk(sett, "server/old.txt")).toBeUndefined();
  expect(data?.saveFiles?.project.files?.map(({ path }) => path)).toContain("server/new/a.txt");
  expect(upstreamWrites(sett)).toEqual(["project-api PUT /demo-dev/api/WorkspaceFiles/files"]);
});

test("writing what is there already writes nothing", async () => {
  const sett = await startSett();
  const { errors } = await save(sett, [{ path: script, text: onDisk(sett, script) ?? "" }]);
  expect(errors).toEqual([]);
  expect((await save(sett, [])).errors).toEqual([]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test("who starts from what is there has it saved; when others changed it, it is a conflict with both texts", async () => {
  const sett = await startSett();
  const revision = (await read(sett, script)).data?.project?.file?.revision;
  expect((await save(sett, [{ path: script, text: "// first", revision }])).errors).toEqual([]);
  sett.upstreamCalls();
  const { errors } = await save(sett, [
    { path: script, text: "// second", revision },
    { path: "server/b.txt", text: "b" },
  ]);
  expect(errors[0]?.extensions).toMatchObject({
    code: "CONFLICT",
    current: { files: [{ path: script }] },
    entities: [{ entity: script, base: null, theirs: "// first", mine: "// second" }],
  });
  expect(upstreamWrites(sett)).toEqual([]);
  expect(onDisk(sett, "server/b.txt")).toBeUndefined();
});

test.each<[string, FileToSave]>([
  ["the saved canvas", { path: "lunchbadger.json", text: "{}" }],
  ["the file of data sources", { path: "server/datasources.json", text: "{}" }],
  ["a package.json that is none", { path: "package.json", text: "no JSON" }],
  ["a file where a folder is", { path: "server", text: "x" }],
  ["the deletion of a file that is not there", { path: "server/nope.txt", text: null }],
  ["a file of which neither text nor null is said", { path: script }],
  ["more than the workspace reads", { path: script, text: "x".repeat(110_000) }],
])("%s is refused, and nothing is written", async (_what, file) => {
  const sett = await startSett();
  expect((await save(sett, [file])).codes).toEqual(["BAD_USER_INPUT"]);
  expect(upstreamWrites(sett)).toEqual([]);
});

test.each(["../outside.txt", "/etc/passwd", "server//x", "server/../../x", "a\\b", "server/./x", ""])(
  "the path %j is refused before anybody is asked",
  async (path) => {
    const sett = await startSett();
    const { errors } = await save(sett, [{ path, text: "x" }]);
    expect(errors[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      problems: [{ field: "input.files.0.path" }],
    });
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test("a write whose answer is lost is done once, deletions included", async () => {
  const sett = await startSett();
  podState(sett).disk.files.set("server/old.txt", "old");
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "lose" }, { method: "PUT", times: 1 });
  const { errors } = await save(sett, [
    { path: "server/a.txt", text: "a" },
    { path: "server/old.txt", text: null },
  ]);
  expect(errors).toEqual([]);
  expect(upstreamWrites(sett)).toHaveLength(1);
});

test("a write that fails for good leaves all as it was, and says so", async () => {
  const sett = await startSett();
  const before = onDisk(sett, script);
  const body = JSON.stringify({ error: { status: 500, message: "ENOSPC: /srv/platform/workspace" } });
  const fault = { mode: "answer", status: 500, body } as const;
  sett.sandbox.workspaces.projectApi.faults.set(fault, { method: "PUT", times: 2 });
  const { errors, text } = await save(sett, [
    { path: script, text: "// new" },
    { path: "server/a.txt", text: "a" },
  ]);
  expect(errors[0]?.extensions).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    upstream: "project-api",
    steps: [{ title: "Write 2 files", outcome: "UNDONE" }],
  });
  expect(text).not.toContain("/srv");
  expect(onDisk(sett, script)).toBe(before);
  expect(onDisk(sett, "server/a.txt")).toBeUndefined();
});
