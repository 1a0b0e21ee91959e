import { setTimeout as wait } from "node:timers/promises";
import type { Config, UpstreamAddresses } from "../config.ts";
import type { Hub } from "../live/hub.ts";
import { projectTopic, type LiveEvents } from "../live/live-events.ts";
import { createPresence, type Presence } from "../live/presence.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { createChangesService, type ChangesService } from "./changes/changes.service.ts";
import { deploymentChange } from "./changes/deployment.change.ts";
import { createHooksService, type HooksService } from "./changes/hooks.service.ts";
import { createConfigstoreService, type ConfigstoreService } from "./configstore.service.ts";
import { createDeploymentFollowing } from "./functions/deployments/deployment.following.ts";
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
import { createEventSources } from "./http/event.sources.ts";
import { openProducerUpstream, openUpstream } from "./http/upstream.ts";
import { createClusterService, type ClusterService } from "./kubernetes/cluster.service.ts";
import { measureLogs } from "./kubernetes/logs/log.metrics.ts";
import { createPodLogsService, type PodLogsService } from "./kubernetes/logs/pod-logs.service.ts";
import { createPodEvents, type PodEvents } from "./kubernetes/pod.events.ts";
import { createRestarts, type RestartsService } from "./kubernetes/restarts.ts";
import { createLiveHub } from "./live.hub.ts";
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
  /** What runs. */
  readonly cluster: ClusterService;
  readonly podLogs: PodLogsService;
  readonly podEvents: PodEvents;
  readonly restarts: RestartsService;
  /** What changes without the gateway. */
  readonly changes: ChangesService;
  readonly hooks: HooksService;
  /** Tells those who listen what happens on the platform. */
  readonly hub: Hub<LiveEvents>;
  readonly presence: Presence;
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
  const sources = createEventSources({ connectMs: config.UPSTREAM_TIMEOUT, log, metrics });
  const shared = openShared(config, log);
  const slsApi = createSlsApi(upstreams.slsApi, { deployTimeoutMs: config.DEPLOY_TIMEOUT });
  // Taking back is asked for twice when it is not answered.
  const lostAfterMs = 3 * config.DEPLOY_TIMEOUT;
  const deployments = createDeployments({
    run: createDeploymentRunner({ slsApi, lookMs: config.DEPLOY_TIMEOUT / 4 }),
    store: shared.deployments,
    lock: shared.lock,
    log,
    limit: config.DEPLOY_LIMIT,
    queueLimit: config.DEPLOY_QUEUE_LIMIT,
    lostAfterMs,
  });
  const hub = createLiveHub(config, shared, log);
  const presence = createPresence({ hub, store: shared.presence, keepMs: config.PRESENCE_TTL, log });
  deployments.onChange((deployment) => hub.publish("deploymentChanged", deployment.key, deployment));
  deployments.onChange((deployment) => {
    const change = deploymentChange(deployment);
    if (change) hub.publish("projectChanged", projectTopic(deployment), change);
  });
  const gitea = createGiteaClient(upstreams.gitea, addresses.giteaToken, log);
  const gitApi: GitApiService = createGitApiService(upstreams.gitApi, config.PRODUCER_PREFIX);
  const configstore: ConfigstoreService = createConfigstoreService({
    upstream: upstreams.configstore,
    address: addresses.configstore,
    sources,
    names,
    silenceMs: config.STREAM_SILENCE,
  });
  const queue = createWriteQueue(config.WRITE_QUEUE_LIMIT);
  const users = createUsersService(gitea);
  const repositories = createRepositoriesService(gitea);
  const files = createFilesService(gitea, queue);
  const collaborators = createCollaboratorsService(gitea);
  const workspace = createWorkspaceService({
    projectApi: createProjectApi({
      upstream: upstreams.projectApi,
      address: addresses.projectApi,
      sources,
      lifeMs: config.STREAM_LIFE,
    }),
    workspaceApi: createWorkspaceApi(upstreams.workspaceApi),
    runningProject: upstreams.runningProject,
    lock: shared.lock,
    revisions: shared.revisions,
  });
  const history = createHistoryService(gitea);
  const platformCommitters = config.PLATFORM_COMMITTERS;
  const changes = createChangesService({ hub, configstore, history, names, log, platformCommitters });
  // One repository keeps a producer's functions, whatever the environment.
  const functionsAccess = createAccess(
    shared.lock,
    ({ producer }: FunctionsGrant) => `functions ${producer}`,
  );
  const cluster = createClusterService({
    place: addresses.kubernetes,
    patience: {
      watchSeconds: Math.ceil(config.KUBERNETES_WATCH / 1000),
      reconcileMs: config.KUBERNETES_RELIST,
      longestDelayMs: config.KUBERNETES_RETRY,
      forbiddenDelayMs: 2 * config.KUBERNETES_RETRY,
    },
    queueLimit: config.EVENT_QUEUE_LIMIT,
    log,
    registry: metrics.registry,
  });
  const podLogs = createPodLogsService({ cluster, limit: config.POD_LOG_LIMIT, log });
  measureLogs(metrics.registry, podLogs.counts);
  return {
    users,
    repositories,
    history,
    changes,
    hooks: createHooksService({ secrets: config.GITEA_WEBHOOK_SECRET, changes, names, platformCommitters }),
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
      follow: createDeploymentFollowing({ hub, deployments, lookMs: Math.max(lostAfterMs / 4, 100) }),
    }),
    readiness: createReadinessService({
      users,
      gitApi,
      configstore,
      helpful: { redis: shared.ping, kubernetes: cluster.check },
    }),
    cluster,
    podLogs,
    podEvents: createPodEvents(cluster),
    restarts: createRestarts(cluster),
    hub,
    presence,
    finish: deployments.finish,
    settle: (deadlineMs) => {
      const written = Promise.all([workspace.access.finish(), functionsAccess.finish()]);
      const tooLate = wait(Math.max(deadlineMs, 0), false, { ref: false });
      return Promise.race([written.then(() => true), tooLate]);
    },
    close: async () => {
      await presence.close();
      hub.close();
      await sources.close();
      for (const upstream of Object.values(upstreams)) upstream.close();
      podLogs.close();
      await cluster.stop();
      await shared.close();
    },
  };
}
