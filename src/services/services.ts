import { setTimeout as wait } from "node:timers/promises";
import type { Config, UpstreamAddresses } from "../config.ts";
import { createHub, type Hub } from "../live/hub.ts";
import type { LiveEvents } from "../live/live-events.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { createConfigstoreService, type ConfigstoreService } from "./configstore.service.ts";
import { createDeploymentRunner } from "./functions/deployments/deployment.runner.ts";
import { createDeployments } from "./functions/deployments/deployments.service.ts";
import { createFunctionsService, type FunctionsService } from "./functions/functions.service.ts";
import { createSlsApi } from "./functions/sls-api.client.ts";
import { createGitApiService, type GitApiService } from "./git-api.service.ts";
import { createCollaboratorsService, type CollaboratorsService } from "./gitea/collaborators.service.ts";
import { createFilesService, type FilesService } from "./gitea/files.service.ts";
import { createGiteaClient } from "./gitea/gitea.client.ts";
import { openGatewayUpstream } from "./gateways/gateway.upstream.ts";
import { createGatewaysService, type GatewaysService } from "./gateways/gateways.service.ts";
import { createHistoryService, type HistoryService } from "./gitea/history.service.ts";
import { createKeysService, type KeysService } from "./gitea/keys.service.ts";
import { createRepositoriesService, type RepositoriesService } from "./gitea/repositories.service.ts";
import { createUsersService, type UsersService } from "./gitea/users.service.ts";
import { openProducerUpstream, openUpstream } from "./http/upstream.ts";
import { createProducersService, type ProducersService } from "./producers.service.ts";
import { createProjectsService, type ProjectsService } from "./projects.service.ts";
import { createReadinessService, type ReadinessService } from "./readiness.service.ts";
import { createSharingService, type SharingService } from "./sharing.service.ts";
import { openShared } from "./shared.ts";
import { createProjectApi } from "./workspace/project-api.client.ts";
import { createWorkspaceApi } from "./workspace/workspace-api.client.ts";
import { createAccess } from "./workspace/workspace.access.ts";
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
  readonly gateways: GatewaysService;
  readonly functions: FunctionsService;
  readonly readiness: ReadinessService;
  /** Tells those who listen what happens on the platform. */
  readonly hub: Hub<LiveEvents>;
  /** Begins nothing more by itself, and waits so long for what it does; true when nothing had to be given up. */
  readonly finish: (deadlineMs: number) => Promise<boolean>;
  /** Waits so long for changes that are being made, also those whose askers have gone; true when none is left. */
  readonly settle: (deadlineMs: number) => Promise<boolean>;
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
    projectApi: openProducerUpstream<ProjectGrant>("project-api", addresses.projectApi, ofWorkspaces),
    workspaceApi: openProducerUpstream<ProjectGrant>("workspace-api", addresses.workspaceApi, ofWorkspaces),
    runningProject: openProducerUpstream<ProjectGrant>("running-project", addresses.openApi, options),
    gatewayAdmin: openGatewayUpstream("gateway-admin", addresses.gatewayAdmin, options),
    slsApi: openProducerUpstream<FunctionsGrant>("sls-api", addresses.slsApi, {
      ...options,
      timeoutMs: config.FUNCTION_TIMEOUT,
    }),
  };
  const shared = openShared(config, log);
  const slsApi = createSlsApi(upstreams.slsApi, { deployTimeoutMs: config.DEPLOY_TIMEOUT });
  const deployments = createDeployments({
    run: createDeploymentRunner({ slsApi, lookMs: config.DEPLOY_TIMEOUT / 4 }),
    store: shared.deployments,
    lock: shared.lock,
    log,
    limit: config.DEPLOY_LIMIT,
    queueLimit: config.DEPLOY_QUEUE_LIMIT,
    // Taking back is asked for twice when it is not answered.
    lostAfterMs: 3 * config.DEPLOY_TIMEOUT,
  });
  const hub = createHub<LiveEvents>({ queueLimit: config.EVENT_QUEUE_LIMIT });
  deployments.onChange((deployment) => hub.publish("deploymentChanged", deployment.key, deployment));
  const gitea = createGiteaClient(upstreams.gitea, addresses.giteaToken, log);
  const gitApi: GitApiService = createGitApiService(upstreams.gitApi, config.PRODUCER_PREFIX);
  const configstore: ConfigstoreService = createConfigstoreService(upstreams.configstore);
  const queue = createWriteQueue(config.WRITE_QUEUE_LIMIT);
  const users = createUsersService(gitea);
  const repositories = createRepositoriesService(gitea);
  const files = createFilesService(gitea, queue);
  const collaborators = createCollaboratorsService(gitea);
  const workspace = createWorkspaceService({
    projectApi: createProjectApi(upstreams.projectApi),
    workspaceApi: createWorkspaceApi(upstreams.workspaceApi),
    runningProject: upstreams.runningProject,
    lock: shared.lock,
    revisions: shared.revisions,
  });
  // One repository keeps a producer's functions, whatever the environment.
  const functionsAccess = createAccess(
    shared.lock,
    ({ producer }: FunctionsGrant) => `functions ${producer}`,
  );
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
    workspace,
    gateways: createGatewaysService({
      upstream: upstreams.gatewayAdmin,
      lock: shared.lock,
      workspace,
      settle: { settleMs: config.GATEWAY_SETTLE_TIMEOUT, intervalMs: config.GATEWAY_SETTLE_INTERVAL },
      schemasKeepMs: config.GATEWAY_SCHEMAS_TTL,
      modelUrl: config.MODEL_URL_TEMPLATE,
    }),
    functions: createFunctionsService({
      slsApi,
      access: functionsAccess,
      revisions: shared.revisions,
      deployments,
    }),
    readiness: createReadinessService({ users, gitApi, configstore }),
    hub,
    finish: deployments.finish,
    settle: (deadlineMs) => {
      const written = Promise.all([workspace.access.finish(), functionsAccess.finish()]);
      const tooLate = wait(Math.max(deadlineMs, 0), false, { ref: false });
      return Promise.race([written.then(() => true), tooLate]);
    },
    close: async () => {
      hub.close();
      for (const upstream of Object.values(upstreams)) upstream.close();
      await shared.close();
    },
  };
}
