import { expect, test } from "vitest";
import {
  ReadOpenApiDocument,
  ReadWorkspaceDocument,
  ReinstallDependenciesDocument,
  ResetWorkspaceDocument,
  RestartWorkspaceDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { podState } from "./data-sources.asking.ts";
import { upstreamWrites } from "./upstream-writes.ts";
import { workspaceMutations } from "./workspace.mutations.data.ts";

const producer = "demo";
const input = { project: { producer } };

const read = (sett: Sett) => sett.as("zu").ask(ReadWorkspaceDocument, { producer });

test("zu reads what demo's workspace is doing", async () => {
  const sett = await startSett();
  const { data, errors } = await read(sett);
  expect(errors).toEqual([]);
  const { instance, ws_git: commit } = podState(sett).status.current;
  expect(data?.project?.workspace).toEqual({
    status: "RUNNING",
    output: "",
    instance,
    running: false,
    commit,
  });
});

test.each([
  ["installing", "INSTALLING"],
  ["crashed", "CRASHED"],
  ["dreaming", "UNKNOWN"],
])("a workspace that is %s is said to be %s", async (status, shown) => {
  const sett = await startSett();
  podState(sett).status.update({ status: status as "running" });
  expect((await read(sett)).data?.project?.workspace?.status).toBe(shown);
});

test("what a workspace says is told without credentials in it", async () => {
  const sett = await startSett();
  const output = "cannot reach mysql://mechanic:hunter2@garage/cars\n  at left-pad@1.0.0";
  podState(sett).status.update({ status: "crashed", output });
  expect((await read(sett)).data?.project?.workspace?.output).toBe(
    "cannot reach mysql://***@garage/cars\n  at left-pad@1.0.0",
  );
});

test("while somebody writes, the workspace's status is told all the same", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "slow", ms: 500 }, { path: /hard-reset/ });
  const done: string[] = [];
  const reset = sett
    .as("demo")
    .ask(ResetWorkspaceDocument, { input })
    .then(() => done.push("reset"));
  await expect.poll(() => upstreamWrites(sett)).not.toEqual([]);
  expect((await read(sett)).errors).toEqual([]);
  done.push("read");
  await reset;
  expect(done).toEqual(["read", "reset"]);
});

test("while the workspace is down its status is null and said to be unavailable, and the rest is answered", async () => {
  const sett = await startSett();
  sett.sandbox.workspaces.projectApi.faults.set({ mode: "drop" });
  const { data, errors } = await read(sett);
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" });
  expect(data).toEqual({ viewer: { login: "customer-zu" }, project: { workspace: null } });
});

test("the running project describes its API", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("zu").ask(ReadOpenApiDocument, { producer });
  expect(errors).toEqual([]);
  expect(data?.project?.openApi).toMatchObject({ swagger: "2.0", paths: expect.any(Object) as object });
});

test("while the workspace installs there is no description, and the rest is answered", async () => {
  const sett = await startSett();
  podState(sett).status.update({ status: "installing" });
  const { data, errors } = await sett.as("zu").ask(ReadOpenApiDocument, { producer });
  expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "running-project" });
  expect(data?.project).toEqual({ openApi: null, workspace: { status: "INSTALLING" } });
});

test.each([
  ["no JSON", "<html>"],
  ["no description", '{"swagger": "2.0"}'],
  ["a list", "[]"],
])("a running project that answers %s is not available", async (_what, body) => {
  const sett = await startSett();
  sett.sandbox.workspaces.runningProjects.faults.set({ mode: "answer", status: 200, body });
  const { data, codes } = await sett.as("zu").ask(ReadOpenApiDocument, { producer });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(data?.project?.workspace).toEqual({ status: "RUNNING" });
});

test("al restarts the workspace and installs its dependencies anew", async () => {
  const sett = await startSett({ workspaceTiming: { installMs: 60_000 } });
  const restarted = await sett.as("al").ask(RestartWorkspaceDocument, { input });
  expect(restarted.errors).toEqual([]);
  expect(restarted.data?.restartWorkspace).toMatchObject({
    project: { producer },
    workspace: { status: "RUNNING" },
  });
  const reinstalled = await sett.as("al").ask(ReinstallDependenciesDocument, { input });
  expect(reinstalled.data?.reinstallDependencies?.workspace).toMatchObject({
    status: "INSTALLING",
    output: 'Now running "yarn install"',
  });
  expect(upstreamWrites(sett)).toEqual([
    "project-api POST /demo-dev/api/WorkspaceStatus/restart",
    "project-api POST /demo-dev/api/WorkspaceStatus/reinstall",
  ]);
});

test("a reset that was done is done, although the workspace answers that it broke", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("demo").ask(ResetWorkspaceDocument, { input });
  expect(errors).toEqual([]);
  expect(data?.resetWorkspace).toMatchObject({ project: { producer }, workspace: { status: "RUNNING" } });
  expect(upstreamWrites(sett)).toEqual(["project-api POST /demo-dev/api/WorkspaceStatus/hard-reset"]);
});

test("a reset that broke otherwise has failed", async () => {
  const sett = await startSett();
  const body = JSON.stringify({ error: { name: "Error", status: 500, message: "git is not there" } });
  sett.sandbox.workspaces.projectApi.faults.set(
    { mode: "answer", status: 500, body },
    { path: /hard-reset/ },
  );
  const { codes } = await sett.as("demo").ask(ResetWorkspaceDocument, { input });
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test.each(Object.entries(workspaceMutations))(
  "%s: while the workspace is down the answer is an outage",
  async (_name, mutate) => {
    const sett = await startSett();
    sett.sandbox.workspaces.projectApi.faults.set({ mode: "drop" });
    const { errors } = await mutate(sett.as("demo"), producer);
    expect(errors[0]?.extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" });
  },
);

test.each(["resetWorkspace", "clearProject"])(
  "%s: al, who may write, may not, and nothing is done",
  async (name) => {
    const sett = await startSett();
    const errors = (await workspaceMutations[name]?.(sett.as("al"), producer))?.errors ?? [];
    expect(errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "project:admin" });
    expect(upstreamWrites(sett)).toEqual([]);
  },
);
