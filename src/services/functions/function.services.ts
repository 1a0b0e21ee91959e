import type { Config } from "../../config.ts";
import type { Hub } from "../../live/hub.ts";
import { projectTopic, type LiveEvents } from "../../live/live-events.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import { deploymentChange } from "../changes/deployment.change.ts";
import type { Shared } from "../replicas.ts";
import type { Upstreams } from "../upstreams.ts";
import { createAccess } from "../workspace/workspace.access.ts";
import { createActualizedRunner, type ActualizedMeans } from "./deployments/actualized.runner.ts";
import { createActualizedTakingBack } from "./deployments/actualized.taking-back.ts";
import { createDeploymentFollowing } from "./deployments/deployment.following.ts";
import { measureDeployments } from "./deployments/deployment.metrics.ts";
import { createDeploymentRunner } from "./deployments/deployment.runner.ts";
import { createDeployments } from "./deployments/deployments.service.ts";
import { createFunctionsService } from "./functions.service.ts";
import { createSlsApi } from "./sls-api.client.ts";

interface Means {
  readonly config: Config;
  readonly upstream: Upstreams["slsApi"];
  /** Where an actualizer deploys; undefined where the gateway does. */
  readonly actualized: ActualizedMeans | undefined;
  readonly shared: Shared;
  readonly hub: Hub<LiveEvents>;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "registry">;
}

/** Functions and their deployments, each step of which the hub tells. */
export function createFunctionServices({ config, upstream, actualized, shared, hub, log, metrics }: Means) {
  const slsApi = createSlsApi(upstream, { deployTimeoutMs: config.DEPLOY_TIMEOUT });
  // Taking back is asked for twice when it is not answered.
  const lostAfterMs = 3 * config.DEPLOY_TIMEOUT;
  const deployments = createDeployments({
    run: actualized
      ? createActualizedRunner({ ...actualized, waitMs: config.DEPLOY_TIMEOUT })
      : createDeploymentRunner({ slsApi, lookMs: config.DEPLOY_TIMEOUT / 4 }),
    store: shared.deployments,
    lock: shared.lock,
    log,
    // The actualizer has turns of its own: whoever waits for it keeps nobody else from saying what he wants.
    limit: actualized ? undefined : config.DEPLOY_LIMIT,
    queueLimit: config.DEPLOY_QUEUE_LIMIT,
    lostAfterMs,
  });
  measureDeployments(metrics.registry, deployments);
  deployments.onChange((deployment) => {
    hub.publish("deploymentChanged", deployment.key, deployment);
    const change = deploymentChange(deployment);
    if (change) hub.publish("projectChanged", projectTopic(deployment), change);
  });
  // One repository keeps a producer's functions, whatever the environment.
  const access = createAccess(
    shared.lock,
    ({ producer }: FunctionsGrant) => `functions ${producer}`,
    ({ caller }) => caller.budget,
  );
  const follow = createDeploymentFollowing({ hub, deployments, lookMs: Math.max(lostAfterMs / 4, 100) });
  return {
    functions: createFunctionsService({
      slsApi,
      access,
      revisions: shared.revisions,
      deployments,
      follow,
      takeBack: actualized && createActualizedTakingBack(actualized),
    }),
    deployments,
    access,
  };
}
