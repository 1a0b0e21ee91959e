import type { Config, UpstreamAddresses } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import { createActualizerService, type ActualizerService } from "../actualizer/actualizer.service.ts";
import { createClusterService, type ClusterService } from "./cluster.service.ts";
import { measureLogs } from "./logs/log.metrics.ts";
import { createPodLogsService, type PodLogsService } from "./logs/pod-logs.service.ts";
import { createPodEvents, type PodEvents } from "./pod.events.ts";
import { createRestarts, type RestartsService } from "./restarts.ts";

/** What can be asked of the cluster. */
export interface ClusterServices {
  /** What runs. */
  readonly cluster: ClusterService;
  readonly podLogs: PodLogsService;
  readonly podEvents: PodEvents;
  readonly restarts: RestartsService;
  /** What is to run. */
  readonly actualizer: ActualizerService;
}

interface Means {
  readonly config: Config;
  readonly place: UpstreamAddresses["kubernetes"];
  readonly names: Pick<PlatformNames, "loginOf">;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** Puts them together over one connection to the cluster. */
export function createClusterServices(means: Means): ClusterServices {
  const { config, place, names, log, metrics, tracing } = means;
  const patience = {
    watchSeconds: Math.ceil(config.KUBERNETES_WATCH / 1000),
    reconcileMs: config.KUBERNETES_RELIST,
    longestDelayMs: config.KUBERNETES_RETRY,
    forbiddenDelayMs: 2 * config.KUBERNETES_RETRY,
  };
  const cluster = createClusterService({
    place,
    patience,
    queueLimit: config.EVENT_QUEUE_LIMIT,
    log,
    registry: metrics.registry,
    tracing,
  });
  const podLogs = createPodLogsService({ cluster, limit: config.POD_LOG_LIMIT, log });
  measureLogs(metrics.registry, podLogs.counts);
  return {
    cluster,
    podLogs,
    podEvents: createPodEvents(cluster, config.UPSTREAM_TIMEOUT),
    restarts: createRestarts(cluster),
    actualizer: createActualizerService({
      cluster,
      isTold: config.ACTUALIZER,
      patience,
      loginOf: names.loginOf,
      log,
    }),
  };
}
