import { setTimeout as wait } from "node:timers/promises";
import type { Config, UpstreamAddresses } from "../config.ts";
import type { Hub } from "../live/hub.ts";
import type { LiveEvents } from "../live/live-events.ts";
import { createPresence, type Presence } from "../live/presence.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import type { Tracing } from "../tracing/tracing.ts";
import { createAuditService, type AuditService } from "./audit/audit.service.ts";
import { createAutoGatewayService, type AutoGatewayService } from "./auto-gateway/auto-gateway.service.ts";
import { createChangesService, type ChangesService } from "./changes/changes.service.ts";
import { createHooksService, type HooksService } from "./changes/hooks.service.ts";
import { createConfigstoreService, type ConfigstoreService } from "./configstore.service.ts";
import { createEnvironmentsService, type EnvironmentsService } from "./environments/environments.service.ts";
import { createPromotionService, type PromotionService } from "./environments/promotion.service.ts";
import { createFunctionServices } from "./functions/function.services.ts";
import type { FunctionsService } from "./functions/functions.service.ts";
import { createIssuerService, type IssuerService } from "./issuer.service.ts";
import { createGitApiService, type GitApiService } from "./git-api.service.ts";
import { createGiteaServices, type GiteaServices } from "./gitea/gitea.services.ts";
import { createGatewaysService, type GatewaysService } from "./gateways/gateways.service.ts";
import { createClusterServices, type ClusterServices } from "./kubernetes/cluster.services.ts";
import { createLiveHub } from "./live.hub.ts";
import { createOptionsService, type OptionsService } from "./options.service.ts";
import { createProducersService, type ProducersService } from "./producers.service.ts";
import { createProjectsService, type ProjectsService } from "./projects.service.ts";
import { createReadinessService, type ReadinessService } from "./readiness.service.ts";
import type { SessionStore } from "./sessions/session.store.ts";
import { createSharingService, type SharingService } from "./sharing.service.ts";
import { createRedisMetrics, measureRedisStanding } from "./redis/redis.metrics.ts";
import { openShared } from "./replicas.ts";
import { openUpstreams } from "./upstreams.ts";
import { observeLock } from "./workspace/lock/observed.lock.ts";
import { createProjectApi } from "./workspace/project-api.client.ts";
import { createWorkspaceApi } from "./workspace/workspace-api.client.ts";
import { createWorkspaceService, type WorkspaceService } from "./workspace/workspace.service.ts";
import { measureWrites } from "./write-queue.metrics.ts";
import { createWriteQueue } from "./write-queue.ts";

/** Everything that can be asked of the services behind the gateway. */
export interface Services extends ClusterServices, GiteaServices {
  readonly sharing: SharingService;
  readonly projects: ProjectsService;
  readonly producers: ProducersService;
  readonly environments: EnvironmentsService;
  readonly promotion: PromotionService;
  readonly workspace: WorkspaceService;
  readonly gateways: GatewaysService;
  readonly options: OptionsService;
  readonly autoGateway: AutoGatewayService;
  readonly functions: FunctionsService;
  readonly readiness: ReadinessService;
  /** Undefined where no identity tokens are taken. */
  readonly issuer: IssuerService | undefined;
  /** What changes without the gateway. */
  readonly changes: ChangesService;
  readonly hooks: HooksService;
  /** Tells those who listen what happens on the platform. */
  readonly hub: Hub<LiveEvents>;
  readonly presence: Presence;
  /** What replicas know of the sessions of browsers. */
  readonly sessions: SessionStore;
  /** What people did, and what they were refused. */
  readonly audit: AuditService;
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
  readonly tracing?: Tracing | undefined;
}

/** Puts the services together over one client to each upstream. */
export function createServices({ config, addresses, names, log, metrics, tracing }: Means): Services {
  const upstreams = openUpstreams({ config, addresses, log, metrics, tracing });
  const { sources } = upstreams;
  const { registry } = metrics;
  const opened = openShared(config, log, createRedisMetrics(registry));
  const shared = { ...opened, lock: observeLock(opened.lock, { registry, tracing }) };
  measureRedisStanding(registry, shared.standing);
  const hub = createLiveHub(config, shared, log);
  const audit = createAuditService(shared.trail, log);
  const presence = createPresence({ hub, store: shared.presence, keepMs: config.PRESENCE_TTL, log });
  const queue = createWriteQueue(config.WRITE_QUEUE_LIMIT, tracing);
  measureWrites(registry, queue.counts);
  const gitea = createGiteaServices({
    ...{ upstream: upstreams.gitea, token: addresses.giteaToken },
    ...{ queue, log },
  });
  const { users, repositories, history, files, collaborators } = gitea.services;
  const gitApi: GitApiService = createGitApiService(upstreams.gitApi, config.PRODUCER_PREFIX);
  const configstore: ConfigstoreService = createConfigstoreService({
    upstream: upstreams.configstore,
    address: addresses.configstore,
    sources,
    names,
    silenceMs: config.STREAM_SILENCE,
  });
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
  const ofCluster = createClusterServices({
    ...{ config, place: addresses.kubernetes },
    ...{ names, log, metrics, tracing },
  });
  const isActualized = config.ACTUALIZER && addresses.kubernetes !== undefined;
  const ofFunctions = createFunctionServices({
    ...{ config, upstream: upstreams.slsApi, shared, hub, log, metrics },
    actualized: isActualized
      ? { ...ofCluster.cluster, watch: ofCluster.actualizer.watchFunction }
      : undefined,
  });
  const platformCommitters = config.PLATFORM_COMMITTERS;
  const changes = createChangesService({
    hub,
    configstore,
    history,
    names,
    log,
    platformCommitters,
    hint: ofCluster.actualizer.hint,
  });
  const gateways = createGatewaysService({
    upstream: upstreams.gatewayAdmin,
    lock: shared.lock,
    workspace,
    settle: { settleMs: config.GATEWAY_SETTLE_TIMEOUT, intervalMs: config.GATEWAY_SETTLE_INTERVAL },
    schemasKeepMs: config.GATEWAY_SCHEMAS_TTL,
    modelUrl: config.MODEL_URL_TEMPLATE,
  });
  return {
    ...ofCluster,
    ...gitea.services,
    changes,
    hooks: createHooksService({ secrets: config.GITEA_WEBHOOK_SECRET, changes, names, platformCommitters }),
    sharing: createSharingService(collaborators, queue),
    projects: createProjectsService(files),
    producers: createProducersService({ configstore, gitApi, repositories, names, queue }),
    environments: createEnvironmentsService({
      ...{ gitApi, repositories, names, queue },
      limit: config.ENVIRONMENT_LIMIT,
    }),
    promotion: createPromotionService({
      trees: gitea.trees,
      projects: workspace.access,
      functions: ofFunctions.access,
      names,
    }),
    workspace,
    gateways,
    options: createOptionsService(files, workspace.access),
    autoGateway: createAutoGatewayService(gateways),
    functions: ofFunctions.functions,
    readiness: createReadinessService({
      users,
      gitApi,
      configstore,
      helpful: { redis: shared.ping, kubernetes: ofCluster.cluster.check },
    }),
    issuer: addresses.oidc && createIssuerService(upstreams.issuer, addresses.oidc),
    hub,
    presence,
    sessions: shared.sessions,
    audit,
    finish: ofFunctions.deployments.finish,
    settle: (deadlineMs) => {
      const written = Promise.all([workspace.access.finish(), ofFunctions.access.finish()]);
      const tooLate = wait(Math.max(deadlineMs, 0), false, { ref: false });
      return Promise.race([written.then(() => true), tooLate]);
    },
    close: async () => {
      await audit.close();
      await presence.close();
      hub.close();
      await upstreams.close();
      ofCluster.podLogs.close();
      await ofCluster.actualizer.stop();
      await ofCluster.cluster.stop();
      await shared.close();
    },
  };
}
