import { startServer, type Fault, type SandboxServer } from "../http.ts";
import { LoopbackError } from "./loopback.error.ts";
import { loopbackHandler } from "./loopback.server.ts";
import { projectRoutes, workspaceRoutes } from "./pod.routes.ts";
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
 * Starts a pod by itself, without a repository. Left out of the Workspace API are the catalogue of connectors,
 * middlewares, views and database columns beyond their being empty, and changing validations and access rules; of the
 * Project API the forecasts.
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
    startServer({ port: options.projectPort ?? 0, handle: loopbackHandler(projectRoutes(state), ready) }),
    startServer({ port: options.workspacePort ?? 0, handle: loopbackHandler(workspaceRoutes(state), ready) }),
  ]);
  const stop = async (): Promise<void> => {
    state.close();
    await Promise.all([projectApi.stop(), workspaceApi.stop()]);
  };
  return { projectApi, workspaceApi, state, stop };
}

/** The failure that now and then is told of a delete that was done: `set` it on the Workspace API. */
export function failedDelete(kind: "ModelConfig" | "DataSourceDefinition"): Fault {
  const { status, headers, body } = new LoopbackError(500, `Error deleting ${kind}`).reply;
  return { mode: "misreport", status, headers: headers ?? {}, body: String(body) };
}
