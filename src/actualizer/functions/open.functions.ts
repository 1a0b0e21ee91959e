import { randomUUID } from "node:crypto";
import type { Config, UpstreamAddresses } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import { createActualizerGrants } from "../../permissions/actualizer.grants.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import { createCarryOut, type CarryOut } from "../../services/functions/deployments/deployment.runner.ts";
import { createSlsApi } from "../../services/functions/sls-api.client.ts";
import { openProducerUpstream } from "../../services/http/upstream.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import type { Place } from "../names/object.names.ts";

interface Settings {
  readonly config: Pick<
    Config,
    "FUNCTION_TIMEOUT" | "DEPLOY_TIMEOUT" | "UPSTREAM_ANSWER_LIMIT" | "UPSTREAM_CONNECTIONS"
  >;
  readonly addresses: Pick<UpstreamAddresses, "slsApi" | "giteaToken">;
  readonly names: PlatformNames;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** The way to the sls-apis, as the actualizer goes it. */
export interface OpenedFunctions {
  readonly carryOut: CarryOut;
  readonly grantFor: (place: Place) => FunctionsGrant<"write">;
  readonly close: () => void;
}

/** Opens a client to the sls-apis. */
export function openFunctions({
  config,
  addresses,
  names,
  log,
  metrics,
  tracing,
}: Settings): OpenedFunctions {
  const upstream = openProducerUpstream<FunctionsGrant>("sls-api", addresses.slsApi, {
    timeoutMs: config.FUNCTION_TIMEOUT,
    answerLimit: config.UPSTREAM_ANSWER_LIMIT,
    connections: config.UPSTREAM_CONNECTIONS,
    log,
    metrics,
    tracing,
  });
  const slsApi = createSlsApi(upstream, { deployTimeoutMs: config.DEPLOY_TIMEOUT });
  const grantFor = (place: Place) => {
    const requestId = `actualizer-${randomUUID()}`;
    const grants = createActualizerGrants({ token: addresses.giteaToken, names, requestId });
    // One repository keeps the functions of all environments that every producer has.
    return grants.functions(place);
  };
  return {
    carryOut: createCarryOut({ slsApi, lookMs: config.DEPLOY_TIMEOUT / 4 }),
    grantFor,
    close: upstream.close,
  };
}
