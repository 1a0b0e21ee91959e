import type { Config, UpstreamAddresses } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { createConfigstoreService, type ConfigstoreService } from "./configstore.service.ts";
import { createGitApiService, type GitApiService } from "./git-api.service.ts";
import { createCollaboratorsService, type CollaboratorsService } from "./gitea/collaborators.service.ts";
import { createFilesService, type FilesService } from "./gitea/files.service.ts";
import { createGiteaClient } from "./gitea/gitea.client.ts";
import { createHistoryService, type HistoryService } from "./gitea/history.service.ts";
import { createKeysService, type KeysService } from "./gitea/keys.service.ts";
import { createRepositoriesService, type RepositoriesService } from "./gitea/repositories.service.ts";
import { createUsersService, type UsersService } from "./gitea/users.service.ts";
import { openUpstream, openWorkspaceUpstream } from "./http/upstream.ts";
import { createProducersService, type ProducersService } from "./producers.service.ts";
import { createProjectsService, type ProjectsService } from "./projects.service.ts";
import { createReadinessService, type ReadinessService } from "./readiness.service.ts";
import { createSharingService, type SharingService } from "./sharing.service.ts";
import { openShared } from "./shared.ts";
import { createProjectApi } from "./workspace/project-api.client.ts";
import { createWorkspaceApi } from "./workspace/workspace-api.client.ts";
import { createWorkspaceService, type WorkspaceService } from "./workspace/workspace.service.ts";
import { createWriteQueue } from "./write-queue.ts";

/** Everything that can be asked of the services behind the gateway. */
export interface Services {
  readonly users: UsersService;
  readonly repositories: RepositoriesService;
  readonly history: HistoryService;
  readonly files: FilesService;
  readonly collaborators: CollaboratorsService;
  readonly keys: KeysService;
  readonly sharing: SharingService;
  readonly projects: ProjectsService;
  readonly producers: ProducersService;
  readonly workspace: WorkspaceService;
  readonly readiness: ReadinessService;
  readonly close: () => Promise<void>;
}

interface Means {
  readonly config: Config;
  readonly addresses: UpstreamAddresses;
  readonly names: PlatformNames;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Puts the services together over one client to each upstream. */
export function createServices({ config, addresses, names, log, metrics }: Means): Services {
  const options = {
    timeoutMs: config.UPSTREAM_TIMEOUT,
    answerLimit: config.UPSTREAM_ANSWER_LIMIT,
    connections: config.UPSTREAM_CONNECTIONS,
    log,
    metrics,
  };
  const ofWorkspaces = { ...options, timeoutMs: config.WORKSPACE_TIMEOUT };
  const upstreams = {
    gitea: openUpstream("gitea", addresses.gitea, options),
    gitApi: openUpstream("git-api", addresses.gitApi, options),
    configstore: openUpstream("configstore", addresses.configstore, options),
    projectApi: openWorkspaceUpstream("project-api", addresses.projectApi, ofWorkspaces),
    workspaceApi: openWorkspaceUpstream("workspace-api", addresses.workspaceApi, ofWorkspaces),
    runningProject: openWorkspaceUpstream("running-project", addresses.openApi, options),
  };
  const shared = openShared(config, log);
  const gitea = createGiteaClient(upstreams.gitea, addresses.giteaToken, log);
  const gitApi: GitApiService = createGitApiService(upstreams.gitApi, config.PRODUCER_PREFIX);
  const configstore: ConfigstoreService = createConfigstoreService(upstreams.configstore);
  const queue = createWriteQueue(config.WRITE_QUEUE_LIMIT);
  const users = createUsersService(gitea);
  const repositories = createRepositoriesService(gitea);
  const files = createFilesService(gitea, queue);
  const collaborators = createCollaboratorsService(gitea);
  return {
    users,
    repositories,
    history: createHistoryService(gitea),
    files,
    collaborators,
    keys: createKeysService(gitea),
    sharing: createSharingService(collaborators, queue),
    projects: createProjectsService(files),
    producers: createProducersService({ configstore, gitApi, repositories, names, queue }),
    workspace: createWorkspaceService({
      projectApi: createProjectApi(upstreams.projectApi),
      workspaceApi: createWorkspaceApi(upstreams.workspaceApi),
      runningProject: upstreams.runningProject,
      lock: shared.lock,
      revisions: shared.revisions,
    }),
    readiness: createReadinessService({ users, gitApi, configstore }),
    close: async () => {
      for (const upstream of Object.values(upstreams)) upstream.close();
      await shared.close();
    },
  };
}
