import { addConnectionRoutes } from "./connection.routes.ts";
import type { Kind } from "./entity.kind.ts";
import { addEntityRoutes, found } from "./entity.routes.ts";
import { addFacetRoutes } from "./facet.routes.ts";
import { dataSourceKind, modelConfigKind } from "./listed.kind.ts";
import { LoopbackRoutes } from "./loopback.server.ts";
import {
  accessControlKind,
  methodKind,
  propertyKind,
  relationKind,
  validationKind,
} from "./model-part.kinds.ts";
import { addModelPartRoutes } from "./model-part.routes.ts";
import { modelKind } from "./model.kind.ts";
import { addPackageRoutes } from "./package.routes.ts";
import { addProjectRoutes } from "./project.routes.ts";
import { addFileRoutes, addStatusRoutes } from "./status.routes.ts";
import type { WorkspaceState } from "./workspace.state.ts";

const entityKinds: readonly Kind[] = [
  dataSourceKind,
  modelKind,
  modelConfigKind,
  propertyKind,
  relationKind,
  methodKind,
];

/** What the Workspace API of a pod answers. */
export function workspaceRoutes(state: WorkspaceState): LoopbackRoutes {
  const listed = [validationKind, accessControlKind];
  const routes = new LoopbackRoutes({
    ...Object.fromEntries([...entityKinds, ...listed].map((kind) => [kind.plural, kind.name])),
    Facets: "Facet",
    PackageDefinitions: "PackageDefinition",
    Workspaces: "Workspace",
  });
  addConnectionRoutes(routes, state);
  for (const kind of entityKinds) addEntityRoutes(routes, state.disk, kind);
  for (const kind of listed)
    routes.add("GET", `/${kind.plural}`, ({ query }) => found(state.disk, kind, query));
  addModelPartRoutes(routes, state.disk);
  addFacetRoutes(routes, state.disk);
  addPackageRoutes(routes, state.disk);
  const types = ["string", "number", "boolean", "object", "array", "date", "buffer", "geopoint", "any"];
  routes.add("GET", "/ModelProperties/available-types", () => types);
  routes.add("GET", "/Workspaces/loopback-versions", () => ({
    versions: [
      { value: "3.x", description: "Active Long Term Support" },
      { value: "2.x", description: "Maintenance Long Term Support" },
    ],
  }));
  const templates = ["api-server", "empty-server", "hello-world", "notes"];
  routes.add("GET", "/Workspaces/component-templates", () => ({ templates }));
  return routes;
}

/** What the Project API of a pod answers. */
export function projectRoutes(state: WorkspaceState): LoopbackRoutes {
  const classes = {
    Projects: "Project",
    WorkspaceFiles: "WorkspaceFiles",
    WorkspaceStatus: "WorkspaceStatus",
  };
  const routes = new LoopbackRoutes(classes);
  addProjectRoutes(routes, state);
  addFileRoutes(routes, state);
  addStatusRoutes(routes, state);
  return routes;
}
