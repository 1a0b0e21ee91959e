import { randomUUID } from "node:crypto";
import type { Config, UpstreamAddresses } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { createActualizerGrants } from "../../permissions/actualizer.grants.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import { createConfigstoreService } from "../../services/configstore.service.ts";
import { createDirectoryService } from "../../services/gitea/directory.service.ts";
import { createFileReader } from "../../services/gitea/file.reader.ts";
import { createGiteaClient } from "../../services/gitea/gitea.client.ts";
import { createSnapshotService } from "../../services/gitea/snapshot.service.ts";
import { createEventSources } from "../../services/http/event.sources.ts";
import { openProducerUpstream, openUpstream } from "../../services/http/upstream.ts";
import { createOpenApiReader } from "../../services/workspace/running/open-api.reader.ts";
import { createWorkspaceApi } from "../../services/workspace/workspace-api.client.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import { createPlatformSource } from "./gitea.source.ts";
import type { PlatformSource } from "./platform.source.ts";
import { createPushListening, type PushListening } from "./push.listening.ts";
import { createRunningProjects } from "./running.projects.ts";

/** What the source needs to know. */
export interface SourceSettings {
  readonly config: Pick<
    Config,
    | "UPSTREAM_TIMEOUT"
    | "UPSTREAM_ANSWER_LIMIT"
    | "UPSTREAM_CONNECTIONS"
    | "STREAM_SILENCE"
    | "ENVIRONMENT_LIMIT"
  >;
  readonly addresses: Pick<
    UpstreamAddresses,
    "gitea" | "giteaToken" | "configstore" | "workspaceApi" | "openApi"
  >;
  readonly names: PlatformNames;
  /** Whether projects have the gateway of their whole API where nothing else is set for them. */
  readonly autoGateway: boolean;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** The platform, as the actualizer asks it. */
export interface OpenedSource {
  readonly source: PlatformSource;
  /** Hears of pushes of so many producers at most. */
  readonly listenToPushes: (limit: number, changed: (producer: string) => void) => PushListening;
  readonly close: () => Promise<void>;
}

/** Opens a client to each service that tells what is saved and what runs of it. */
export function openPlatformSource(settings: SourceSettings): OpenedSource {
  const { config, addresses, names, autoGateway, log, metrics, tracing } = settings;
  const options = {
    timeoutMs: config.UPSTREAM_TIMEOUT,
    answerLimit: config.UPSTREAM_ANSWER_LIMIT,
    connections: config.UPSTREAM_CONNECTIONS,
    log,
    metrics,
    tracing,
  };
  const clients = {
    gitea: openUpstream("gitea", addresses.gitea, options),
    configstore: openUpstream("configstore", addresses.configstore, options),
    workspaceApi: openProducerUpstream<ProjectGrant>("workspace-api", addresses.workspaceApi, options),
    runningProject: openProducerUpstream<ProjectGrant>("running-project", addresses.openApi, options),
  };
  const streams = createEventSources({ connectMs: config.UPSTREAM_TIMEOUT, log, metrics });
  const gitea = createGiteaClient(clients.gitea, addresses.giteaToken, log);
  const configstore = createConfigstoreService({
    upstream: clients.configstore,
    address: addresses.configstore,
    sources: streams,
    names,
    silenceMs: config.STREAM_SILENCE,
  });
  const grants = () =>
    createActualizerGrants({
      token: addresses.giteaToken,
      names,
      requestId: `actualizer-${randomUUID()}`,
    });
  const [env = ""] = names.environments;

  return {
    source: createPlatformSource({
      directory: createDirectoryService(gitea),
      snapshots: createSnapshotService(gitea),
      readFile: createFileReader(gitea),
      running: createRunningProjects(
        createWorkspaceApi(clients.workspaceApi),
        createOpenApiReader(clients.runningProject),
      ),
      names,
      grants,
      environmentLimit: config.ENVIRONMENT_LIMIT,
      autoGateway,
    }),
    listenToPushes: (limit, changed) => createPushListening({ configstore, grants, limit, env, changed }),
    close: async () => {
      await streams.close();
      for (const client of Object.values(clients)) client.close();
    },
  };
}
