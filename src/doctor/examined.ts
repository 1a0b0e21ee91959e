import type { Config, UpstreamAddresses } from "../config.ts";
import { createLog, type Log } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { createDoctorGrants, type DoctorGrants } from "../permissions/doctor.grants.ts";
import { createPlatformNames, type PlatformNames } from "../permissions/platform-names.ts";
import { createGiteaClient, type GiteaClient } from "../services/gitea/gitea.client.ts";
import { openUpstreams, type Upstreams } from "../services/upstreams.ts";

/** A platform and a configuration for it, with clients as the gateway has them. */
export interface Examined {
  readonly config: Config;
  readonly addresses: UpstreamAddresses;
  readonly names: PlatformNames;
  readonly upstreams: Upstreams;
  readonly gitea: GiteaClient;
  readonly grants: DoctorGrants;
  readonly log: Log;
  /** How long one answer is waited for. */
  readonly patienceMs: number;
  readonly close: () => Promise<void>;
}

/** Whose services are to be looked at; anybody's if not said. */
export interface Choice {
  readonly producer?: string | undefined;
}

/** Opens what is asked, quietly: what is wrong is told by the doctor, not by a log. */
export function openExamined(config: Config, addresses: UpstreamAddresses, patienceMs: number): Examined {
  const log = createLog("silent", { write: () => undefined });
  const patient = {
    ...config,
    UPSTREAM_TIMEOUT: patienceMs,
    WORKSPACE_TIMEOUT: patienceMs,
    FUNCTION_TIMEOUT: patienceMs,
    // Every question is to be asked, however the ones before have gone.
    UPSTREAM_BREAKER_CALLS: 1_000_000,
  };
  const names = createPlatformNames(config, addresses.giteaToken);
  const upstreams = openUpstreams({ config: patient, addresses, log, metrics: createMetrics() });
  return {
    config,
    addresses,
    names,
    upstreams,
    gitea: createGiteaClient(upstreams.gitea, addresses.giteaToken, log),
    grants: createDoctorGrants({ token: addresses.giteaToken, names }),
    log,
    patienceMs,
    close: () => upstreams.close(),
  };
}
