import type { Config, UpstreamAddresses } from "../config.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { FunctionsGrant, ProjectGrant } from "../permissions/grant.ts";
import type { Tracing } from "../tracing/tracing.ts";
import { openGatewayUpstream } from "./gateways/gateway.upstream.ts";
import { createEventSources, type EventSources } from "./http/event.sources.ts";
import { createJoinedReads } from "./http/joined.reads.ts";
import { createKnownAnswers } from "./http/known.answers.ts";
import { openProducerUpstream, openUpstream } from "./http/upstream.ts";
import { openClient } from "./http/upstream.client.ts";

interface Means {
  readonly config: Config;
  readonly addresses: UpstreamAddresses;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** One client to each service behind the gateway. */
export type Upstreams = ReturnType<typeof openUpstreams>;

export function openUpstreams({ config, addresses, log, metrics, tracing }: Means) {
  const options = {
    timeoutMs: config.UPSTREAM_TIMEOUT,
    answerLimit: config.UPSTREAM_ANSWER_LIMIT,
    connections: config.UPSTREAM_CONNECTIONS,
    breaker: { calls: config.UPSTREAM_BREAKER_CALLS, waitMs: config.UPSTREAM_BREAKER_WAIT },
    log,
    metrics,
    tracing,
  };
  // None of these asks who calls: whoever holds a grant may have what another with the same grant was told.
  const ofProducers = {
    ...options,
    connections: config.POD_CONNECTIONS,
    joined: createJoinedReads(),
    ...(config.ETAG_MEMORY > 0 ? { known: createKnownAnswers(config.ETAG_MEMORY) } : {}),
  };
  const ofWorkspaces = { ...ofProducers, timeoutMs: config.WORKSPACE_TIMEOUT };
  const ofFunctions = { ...ofProducers, timeoutMs: config.FUNCTION_TIMEOUT };
  const clients = {
    gitea: openUpstream("gitea", addresses.gitea, options),
    gitApi: openUpstream("git-api", addresses.gitApi, options),
    configstore: openUpstream("configstore", addresses.configstore, options),
    /** It says itself where its keys are. */
    issuer: openClient("issuer", options),
    projectApi: openProducerUpstream<ProjectGrant>("project-api", addresses.projectApi, ofWorkspaces),
    workspaceApi: openProducerUpstream<ProjectGrant>("workspace-api", addresses.workspaceApi, ofWorkspaces),
    runningProject: openProducerUpstream<ProjectGrant>("running-project", addresses.openApi, ofProducers),
    gatewayAdmin: openGatewayUpstream("gateway-admin", addresses.gatewayAdmin, ofProducers),
    slsApi: openProducerUpstream<FunctionsGrant>("sls-api", addresses.slsApi, ofFunctions),
  };
  /** What goes on instead of being answered. */
  const sources: EventSources = createEventSources({ connectMs: config.UPSTREAM_TIMEOUT, log, metrics });
  return {
    ...clients,
    sources,
    close: async () => {
      await sources.close();
      for (const client of Object.values(clients)) client.close();
    },
  };
}
