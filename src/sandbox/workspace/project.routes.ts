import { dataOf, oneOrMany, type Entity } from "./loopback.body.ts";
import { LoopbackError, noModel, unknownId } from "./loopback.error.ts";
import { filterOf, meets, picked, whereOf } from "./loopback.filter.ts";
import type { LoopbackRoutes } from "./loopback.server.ts";
import { dataSourceKind, modelConfigKind } from "./listed.kind.ts";
import { modelFiles, idOfModel } from "./model.file.ts";
import { modelKind } from "./model.kind.ts";
import { checkedProject, newProject } from "./project.store.ts";
import type { WorkspaceState } from "./workspace.state.ts";
import { pass } from "./workspace.timing.ts";

/** The embedded lists that have an address of their own, by its last part. */
const listPaths = {
  gateway: "gateways",
  api: "apis",
  "service-endpoint": "serviceEndpoints",
  "api-endpoint": "apiEndpoints",
  connection: "connections",
  state: "states",
  portal: "portals",
};

/** Projects: documents that are kept in memory and written to one file at every save. */
export function addProjectRoutes(routes: LoopbackRoutes, state: WorkspaceState): void {
  const { projects } = state;
  const existing = (id: unknown): Entity => {
    const project = projects.find(String(id));
    if (project === undefined) throw noModel(String(id));
    return project;
  };

  routes.add("GET", "/Projects", ({ query }) => {
    const { where, fields, limit } = filterOf(query);
    const met = projects.all().filter((each) => meets(each, where));
    return met.slice(0, limit).map((each) => picked(each, fields));
  });
  routes.add("GET", "/Projects/findOne", ({ query }) => {
    const { where, fields } = filterOf(query);
    const first = projects.all().find((each) => meets(each, where));
    if (first === undefined) throw unknownId("Project", "undefined");
    return picked(first, fields);
  });
  routes.add("GET", "/Projects/count", ({ query }) => {
    const where = whereOf(query);
    return { count: projects.all().filter((each) => meets(each, where)).length };
  });
  routes.add("GET", "/Projects/:id", ({ params, query }) => {
    const project = projects.find(String(params["id"]));
    if (project === undefined) throw unknownId("Project", String(params["id"]));
    return picked(project, filterOf(query).fields);
  });
  routes.add("GET", "/Projects/:id/exists", ({ params }) => ({
    exists: projects.find(String(params["id"])) !== undefined,
  }));
  for (const [path, list] of Object.entries(listPaths)) {
    routes.add("GET", `/Projects/:id/${path}`, ({ params }) => existing(params["id"])[list] ?? []);
  }

  routes.add("POST", "/Projects", async ({ body }) => {
    const project = newProject(checkedProject(dataOf(body), { nameNeeded: true }));
    if (projects.find(String(project["id"])) !== undefined) {
      throw new LoopbackError(500, "Duplicate entry for Project.id");
    }
    return state.saved(() => project);
  });
  routes.add(["PUT", "PATCH"], "/Projects", async ({ body }) => {
    const sent = oneOrMany(body);
    if (!Array.isArray(sent)) return upserted(state, sent);
    return Promise.all(sent.map((each) => upserted(state, each)));
  });
  routes.add(["PUT", "PATCH"], "/Projects/:id", async ({ params, body }) => {
    const { id } = existing(params["id"]);
    const change = checkedProject(dataOf(body), { nameNeeded: false });
    return state.saved(() => ({ ...existing(id), ...change, id }));
  });
  routes.add("POST", "/Projects/:id/replace", async ({ params, body }) => {
    const { id } = existing(params["id"]);
    const whole = checkedProject(dataOf(body), { nameNeeded: true });
    return state.saved(() => newProject({ ...whole, id }));
  });
  routes.add("POST", "/Projects/update", async ({ query, body }) => {
    const where = whereOf(query);
    const change = checkedProject(dataOf(body), { nameNeeded: false });
    const met = projects.all().filter((each) => meets(each, where));
    await Promise.all(met.map((each) => state.saved(() => ({ ...each, ...change }))));
    return { count: met.length };
  });
  routes.add("DELETE", "/Projects/:id", ({ params }) => {
    const count = projects.delete(String(params["id"]));
    state.disk.commit();
    return { count };
  });
  routes.add("POST", "/Projects/:id/clear", async ({ params }) => cleared(state, existing(params["id"])));
}

/** Merges what is known by the body's id with the body, field by field; anything else makes another project. */
async function upserted(state: WorkspaceState, body: Entity): Promise<Entity> {
  const change = checkedProject(body, { nameNeeded: true });
  const known = (): Entity | undefined => state.projects.find(String(body["id"]));
  const isNew = known() === undefined;
  const project = await state.saved(() => ({ ...(known() ?? newProject(body)), ...change }));
  // Reads add the lists of a project that was made with an id; the answer to its making does not.
  return isNew && body["id"] !== undefined ? change : project;
}

/** Deletes models, data sources and model configs; stops at the first model that has lost its name or its script. */
async function cleared(state: WorkspaceState, project: Entity): Promise<void> {
  const { disk, timing } = state;
  for (const { model } of modelFiles(disk.files)) {
    await pass(timing.clearMs);
    modelKind.remove(disk.files, idOfModel(model));
  }
  for (const kind of [dataSourceKind, modelConfigKind]) {
    for (const { id } of kind.list(disk.files)) kind.remove(disk.files, String(id));
  }
  const lists = Object.keys(project).filter((field) => Array.isArray(project[field]));
  const emptied = Object.fromEntries(lists.map((field) => [field, []]));
  await state.saved(() => ({ ...state.projects.find(String(project["id"])), ...emptied }));
}
