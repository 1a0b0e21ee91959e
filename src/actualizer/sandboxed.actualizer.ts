import type { Log } from "../log.ts";
import { createMetrics, type Metrics } from "../metrics.ts";
import type { UpstreamAddresses } from "../config.ts";
import type { ClusterPlace } from "../services/kubernetes/cluster.source.ts";
import type { ActualizerConfig } from "./actualizer.config.ts";
import { createActualizer, type Actualizer, type ActualizerPatience } from "./actualizer.ts";

/** A platform in this process, as far as an actualizer beside it has to know it. */
export interface ActualizedSandbox {
  readonly addresses: UpstreamAddresses & { readonly kubernetes: ClusterPlace };
  readonly kubernetes: {
    /** What whoever makes what runs shows to the cluster. */
    readonly controllerToken: string;
    readonly server: { readonly url: string };
    readonly cluster: { readonly kubelet: { isInstant: boolean } };
  };
}

interface Means {
  readonly config: ActualizerConfig;
  readonly sandbox: ActualizedSandbox;
  readonly patience?: ActualizerPatience;
  readonly log: Log;
  readonly metrics?: Metrics;
}

/**
 * Starts the actualizer for a sandbox in this process, and waits until it has put everything on the cluster, which takes
 * no time meanwhile; from then on it takes as long as it does.
 */
export async function startSandboxedActualizer(means: Means): Promise<Actualizer> {
  const { config, sandbox, patience, log, metrics = createMetrics() } = means;
  const { addresses, kubernetes } = sandbox;
  const place: ClusterPlace = {
    from: "address",
    url: kubernetes.server.url,
    token: kubernetes.controllerToken,
    namespace: config.settings.namespace,
  };
  const actualizer = createActualizer({
    config: config.shared,
    own: { ...config.own, ACTUALIZER_APPLY_CRDS: true, ACTUALIZER_DRY_RUN: false },
    settings: config.settings,
    ...{ addresses, place, log, metrics },
    ...(patience === undefined ? {} : { patience }),
  });
  const { kubelet } = kubernetes.cluster;
  kubelet.isInstant = true;
  actualizer.start();
  try {
    await actualizer.settled();
  } finally {
    kubelet.isInstant = false;
  }
  return actualizer;
}
