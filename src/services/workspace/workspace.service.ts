import type { ProjectGrant } from "../../permissions/grant.ts";
import type { WorkspaceUpstream } from "../http/upstream.ts";
import type { ReadDataSource } from "./data-sources/data-source.reader.ts";
import { createDataSourcesService, type DataSourcesService } from "./data-sources/data-sources.service.ts";
import type { WorkspaceLock } from "./lock/workspace.lock.ts";
import { createDocumentService, type DocumentService, type ReadDocument } from "./document.service.ts";
import { createFilesService, type ReadFile, type WorkspaceFilesService } from "./files/files.service.ts";
import type { RevisionStore } from "./merge/revisions.ts";
import type { ReadModel } from "./models/model.reader.ts";
import { createModelsService, type ModelsService } from "./models/models.service.ts";
import type { JsonObject } from "./json.ts";
import type { ProjectApi } from "./project-api.client.ts";
import { createRunningService, type RunningService } from "./running/running.service.ts";
import type { StoredStatus } from "./status.reader.ts";
import { createWorkspaceAccess, type WorkspaceAccess } from "./workspace.access.ts";
import type { WorkspaceApi } from "./workspace-api.client.ts";

/** Everything that can be asked of the workspace of a producer's environment. */
export interface WorkspaceService {
  readonly access: WorkspaceAccess;
  /** What a request reads, each once; all but what runs is read in one turn: `loaders/workspace-reads.ts`. */
  readonly reads: {
    readonly document: (grant: ProjectGrant) => Promise<ReadDocument>;
    readonly models: (grant: ProjectGrant) => Promise<readonly ReadModel[]>;
    readonly dataSources: (grant: ProjectGrant) => Promise<readonly ReadDataSource[]>;
    readonly files: (grant: ProjectGrant) => Promise<readonly ReadFile[]>;
    readonly status: (grant: ProjectGrant) => Promise<StoredStatus>;
    readonly openApi: (grant: ProjectGrant) => Promise<JsonObject>;
  };
  readonly document: DocumentService;
  readonly models: ModelsService;
  readonly dataSources: DataSourcesService;
  readonly files: WorkspaceFilesService;
  readonly running: RunningService;
}

/** What the parts of the service are made from. */
export interface WorkspaceMeans {
  readonly projectApi: ProjectApi;
  readonly workspaceApi: WorkspaceApi;
  /** The running project itself, which describes its own API. */
  readonly runningProject: WorkspaceUpstream;
  readonly access: WorkspaceAccess;
  readonly revisions: RevisionStore;
}

export function createWorkspaceService(
  parts: Omit<WorkspaceMeans, "access"> & { readonly lock: WorkspaceLock },
): WorkspaceService {
  const access = createWorkspaceAccess(parts.lock);
  const means: WorkspaceMeans = { ...parts, access };
  const document = createDocumentService(means);
  const models = createModelsService(means);
  const dataSources = createDataSourcesService(means);
  const files = createFilesService(means);
  const running = createRunningService(means);
  return {
    access,
    reads: {
      document: document.read,
      models: models.read,
      dataSources: dataSources.read,
      files: files.read,
      status: running.status,
      openApi: running.openApi,
    },
    document,
    models,
    dataSources,
    files,
    running,
  };
}
