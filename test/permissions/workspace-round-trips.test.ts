import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import {
  calls,
  sorted,
  theDataSources,
  theDocument,
  theFiles,
  theModels,
  thePermission,
} from "./workspace.calls.ts";

const longMemory = { PERMISSION_TTL: "10m", VIEWER_TTL: "10m" };

/** Everything that a canvas shows, some of it several times and at several depths. */
const canvasLoad = `query ($producer: ProducerName!) {
  project(producer: $producer) {
    revision
    document
    gateways { name pipelines { name policies { name } } }
    models { name properties { name } config { dataSource } dataSource { name connector } }
    car: model(name: "Car") { name revision dataSource { name } }
    dataSources { name connector }
    garage: dataSource(name: "garage") { name }
    files { path text }
    file(path: "package.json") { text }
    workspace { status running }
    openApi
    viewerCan(permission: "project:write")
  }
  again: project(producer: $producer) {
    revision
    serviceEndpoints { name }
    all: models { name }
    workspace { status }
  }
}`;

const theCanvas = [
  theDocument,
  theFiles,
  theDataSources,
  ...theModels,
  "project-api GET /WorkspaceStatus/1",
  "running-project GET /explorer/swagger.json",
] as const;

const load = (sett: Sett) => sett.as("demo").askText(canvasLoad, { producer: "demo" });

test("a canvas load is one call for each thing that the workspace has, whatever the aliases and the nesting, and one for the permission", async () => {
  const sett = await startSett();
  expect((await load(sett)).codes).toEqual([]);
  expect(calls(sett)).toEqual(sorted([thePermission, ...theCanvas]));
});

test("a second load reads the workspace again, and the permission from memory", async () => {
  const sett = await startSett({ env: longMemory });
  await load(sett);
  calls(sett);
  expect((await load(sett)).codes).toEqual([]);
  expect(calls(sett)).toEqual(sorted(theCanvas));
});

test("all that a canvas load asks the workspace for is on its way before the first of it is answered", async () => {
  const sett = await startSett();
  const { projectApi, workspaceApi, runningProjects } = sett.sandbox.workspaces;
  const servers = [projectApi, workspaceApi, runningProjects];
  for (const server of servers) server.faults.set({ mode: "hang" });
  const loading = load(sett);
  const asked = () => servers.flatMap(({ requests }) => requests);
  await expect.poll(() => asked().length).toBe(theCanvas.length);
  expect(asked().map(({ status }) => status)).toEqual(theCanvas.map(() => undefined));
  expect(calls(sett)).toEqual(sorted([thePermission, ...theCanvas]));
  // Nothing is going to answer: what waits is cut off.
  await Promise.all(servers.map((server) => server.stop()));
  expect(new Set((await loading).codes)).toEqual(new Set(["UPSTREAM_UNAVAILABLE"]));
});

test("somebody who may not read a project costs its workspace nothing", async () => {
  const sett = await startSett();
  const { codes } = await sett.as("eve").askText(canvasLoad, { producer: "demo" });
  expect(codes).toEqual(["NOT_FOUND", "NOT_FOUND"]);
  expect(calls(sett)).toEqual([thePermission]);
});
