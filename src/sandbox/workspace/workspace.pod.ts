import type { Fault, SandboxServer } from "../http.ts";
import { addConnectionRoutes } from "./connection.routes.ts";
import {
  accessControlKind,
  methodKind,
  propertyKind,
  relationKind,
  validationKind,
} from "./model-part.kinds.ts";
import type { Kind } from "./entity.kind.ts";
import { addEntityRoutes, found } from "./entity.routes.ts";
import { addFacetRoutes } from "./facet.routes.ts";
import { dataSourceKind, modelConfigKind } from "./listed.kind.ts";
import { LoopbackError } from "./loopback.error.ts";
import { LoopbackRoutes, startLoopback } from "./loopback.server.ts";
import { addModelPartRoutes } from "./model-part.routes.ts";
import { modelKind } from "./model.kind.ts";
import { addPackageRoutes } from "./package.routes.ts";
import { addProjectRoutes } from "./project.routes.ts";
import { addFileRoutes, addStatusRoutes } from "./status.routes.ts";
import { WorkspaceState } from "./workspace.state.ts";
import { defaultTiming, type WorkspaceTiming } from "./workspace.timing.ts";

/** What a pod is started with. */
export interface WorkspacePodOptions {
  producer: string;
  env: string;
  projectPort?: number;
  workspacePort?: number;
  timing?: Partial<WorkspaceTiming>;
  /** Whether calls that overlap do damage, as they do in reality and unless told otherwise. */
  damage?: boolean;
  /** Told all files after every commit, for a push of them; lunchbadger.json is one. */
  onSaved?: (files: Record<string, string>) => void;
}

/** The pod of one producer's environment: two APIs over one project. */
export interface WorkspacePod {
  readonly projectApi: SandboxServer;
  readonly workspaceApi: SandboxServer;
  readonly state: WorkspaceState;
  stop(): Promise<void>;
}

/**
 * Starts a pod. Left out of the Workspace API are the catalogue of connectors, middlewares, views and database columns
 * beyond their being empty, changing validations and access rules, and the API that the running project itself has,
 * with its explorer; of the Project API the forecasts.
 */
export async function startWorkspacePod(options: WorkspacePodOptions): Promise<WorkspacePod> {
  const state = new WorkspaceState({
    id: `${options.producer}-${options.env}`,
    timing: { ...defaultTiming, ...options.timing },
    damage: options.damage ?? true,
    onSaved: options.onSaved ?? (() => undefined),
  });
  const ready = (): Promise<void> => state.disk.idle();
  const [projectApi, workspaceApi] = await Promise.all([
    startLoopback({ port: options.projectPort ?? 0, routes: projectRoutes(state), ready }),
    startLoopback({ port: options.workspacePort ?? 0, routes: workspaceRoutes(state), ready }),
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all([projectApi.stop(), workspaceApi.stop()]);
  };
  return { projectApi, workspaceApi, state, stop };
}

/** The failure that now and then is told of a delete that was done: `set` it on the Workspace API. */
export function failedDelete(kind: "ModelConfig" | "DataSourceDefinition"): Fault {
  const { status, headers, body } = new LoopbackError(500, `Error deleting ${kind}`).reply;
  return { mode: "misreport", status, headers: headers ?? {}, body: String(body) };
}

const entityKinds: readonly Kind[] = [
  dataSourceKind,
  modelKind,
  modelConfigKind,
  propertyKind,
  relationKind,
  methodKind,
];

function workspaceRoutes(state: WorkspaceState): LoopbackRoutes {
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

function projectRoutes(state: WorkspaceState): LoopbackRoutes {
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
