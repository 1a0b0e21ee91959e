import { expect, it } from "vitest";
import { failedDelete } from "../../src/sandbox/workspace/workspace.pod.ts";
import { ask, eachTestHasWorkspaces, restart, sandbox, savedProject } from "./workspaces.harness.ts";

eachTestHasWorkspaces();

it("each producer's workspace answers below an address of its own, with what the repository holds", async () => {
  expect(sandbox.addresses.projectApi).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\$PRODUCER-\$ENV\/api$/);
  for (const producer of ["demo", "eve"]) {
    const { body } = await ask("projectApi", producer, `GET /Projects/${producer}-dev`);
    expect(body).toEqual(savedProject(producer));
  }
  const { body } = await ask("workspaceApi", "demo", "GET /Facets/server/models?filter[include]=relations");
  expect(body).toMatchObject([
    { name: "Car", relations: [{ model: "Wheel" }] },
    { name: "Driver" },
    { name: "Wheel" },
  ]);
});

it("demo's canvas keeps all its ids when it is saved as it was read", async () => {
  const before = (await ask("projectApi", "demo", "GET /Projects/demo-dev")).body;
  expect((await ask("projectApi", "demo", "PATCH /Projects", before)).body).toEqual(before);
});

it("a new producer's empty repository makes a blank project", async () => {
  const { platform } = sandbox.gitea;
  platform.addUser({ login: "customer-new-one", email: "new@customer.example" });
  platform.addRepository("customer-new-one", "dev");
  const { body } = await ask("projectApi", "new-one", "GET /Projects/new-one-dev");
  expect(body).toMatchObject({
    id: "new-one-dev",
    name: "main",
    gateways: [],
    functions: [],
    microServices: [],
  });
  await ask("projectApi", "new-one", "PATCH /Projects", { id: "new-one-dev", name: "main", touched: 1 });
  await expect.poll(() => savedProject("new-one")).toMatchObject({ touched: 1 });
});

it.each(["nobody", "demo-two", "demo-functions", ""])(
  "there is no host for %j: every connection to it is cut",
  async (producer) => {
    for (const kind of ["projectApi", "workspaceApi", "openApi"] as const) {
      await expect(ask(kind, producer, "GET /Projects")).rejects.toThrow("fetch failed");
    }
    expect(sandbox.workspaces.projectApi.requests.at(-1)?.status).toBeUndefined();
  },
);

it("a repository of functions is no workspace, and neither is one that has been removed", async () => {
  expect(() => sandbox.workspaces.pod("demo", "functions")).toThrow("no pod of demo runs in functions");
  await ask("projectApi", "demo", "GET /Projects");
  sandbox.gitea.platform.removeRepository("customer-demo", "dev");
  await expect(ask("projectApi", "demo", "GET /Projects")).rejects.toThrow("fetch failed");
});

it("a running project describes the API of its public models", async () => {
  const { status, body } = await ask("openApi", "demo", "GET ");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    swagger: "2.0",
    info: { title: "demo-dev" },
    basePath: "/api",
    paths: {
      "/Cars": { post: { operationId: "Car.create" } },
      "/Cars/{id}/wheels": { get: { tags: ["Car"] } },
      "/Cars/{id}/honk": { post: { operationId: "Car.prototype.honk" } },
    },
    definitions: {
      Car: {
        required: ["brand"],
        properties: {
          tags: { items: { type: "string" } },
          owner: { properties: { city: {} } },
          year: { default: 1990 },
        },
      },
    },
  });
  await ask("workspaceApi", "demo", "POST /ModelConfigs", {
    id: "server.Driver",
    facetName: "server",
    name: "Driver",
    public: false,
  });
  const { paths } = (await ask("openApi", "demo", "GET ")).body as { paths: object };
  expect(Object.keys(paths).filter((path) => path.includes("Driver"))).toEqual([]);
});

it("while everything is installed anew, nobody listens where the project runs", async () => {
  await restart({ installMs: 60_000 });
  expect((await ask("projectApi", "demo", "POST /WorkspaceStatus/reinstall")).status).toBe(204);
  await expect(ask("openApi", "demo", "GET ")).rejects.toThrow("fetch failed");
  expect((await ask("projectApi", "demo", "GET /WorkspaceStatus/ping")).status).toBe(204);
});

it("two producers share nothing: models, data sources, documents, status", async () => {
  const eve = sandbox.workspaces.pod("eve", "dev").state;
  const before = { files: eve.files(), status: eve.status.current };
  await ask("workspaceApi", "demo", "POST /ModelDefinitions", { facetName: "server", name: "Bike" });
  await ask("workspaceApi", "demo", "POST /DataSourceDefinitions", {
    facetName: "server",
    name: "x",
    connector: "memory",
  });
  await ask("projectApi", "demo", "POST /Projects/demo-dev/clear");
  await ask("projectApi", "demo", "POST /WorkspaceStatus/reinstall");
  expect({ files: eve.files(), status: eve.status.current }).toEqual(before);
  expect((await ask("projectApi", "eve", "GET /Projects")).body).toHaveLength(1);
});

it("faults hit by the whole path, so one producer's service can be broken alone", async () => {
  const { workspaceApi } = sandbox.workspaces;
  workspaceApi.faults.set(failedDelete("ModelConfig"), {
    method: "DELETE",
    path: /^\/demo-dev\/api\//,
    times: 1,
  });
  workspaceApi.faults.set({ mode: "drop" }, { path: /^\/eve-dev\// });
  const { status, body } = await ask("workspaceApi", "demo", "DELETE /ModelConfigs/server.Car");
  expect(status).toBe(500);
  expect(body).toMatchObject({ error: { message: "Error deleting ModelConfig" } });
  expect(sandbox.workspaces.pod("demo", "dev").state.modelConfigs()).toHaveLength(2);
  await expect(ask("workspaceApi", "eve", "GET /Facets")).rejects.toThrow("fetch failed");
  expect((await ask("workspaceApi", "al", "GET /Facets")).status).toBe(200);
});
