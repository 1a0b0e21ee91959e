import type { Log } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { createPlatformNames } from "../permissions/platform-names.ts";
import { platformOf, type ActualizerConfig } from "./actualizer.config.ts";
import { createActualizer, type Actualizer, type ActualizerPatience } from "./actualizer.ts";
import { startTracing } from "../tracing/start.tracing.ts";
import { startActualizerServer } from "./server/actualizer.server.ts";

/** An actualizer that runs, with the pages about it. */
export interface ActualizerProcess {
  readonly actualizer: Actualizer;
  readonly port: number;
  /** Ends its work, gives the lease back and stops listening; true when nothing had to be cut off. */
  readonly stop: () => Promise<boolean>;
}

/** How long traces have to be sent in the end. */
const flushMs = 1000;

/** Starts an actualizer of a platform that is configured; throws a ConfigurationError where none is. */
export async function startActualizerProcess(
  config: ActualizerConfig,
  log: Log,
  patience?: ActualizerPatience,
): Promise<ActualizerProcess> {
  const { shared, own, settings } = config;
  const metrics = createMetrics();
  const tracing = await startTracing(shared, { service: "sett-actualizer", log, registry: metrics.registry });
  const platform = platformOf(shared);
  const actualizer = createActualizer({
    ...{ config: shared, own, settings, ...platform, log, metrics, tracing },
    ...(patience === undefined ? {} : { patience }),
  });
  const server = await startActualizerServer({
    ...{ config: shared, own, actualizer, log, metrics },
    names: createPlatformNames(shared, platform.addresses.giteaToken),
  });
  actualizer.start();
  return {
    actualizer,
    port: server.port,
    // It says that it stops, to whoever asks, until it has.
    stop: async () => {
      await actualizer.stop();
      const isWhole = await server.stop(shared.SHUTDOWN_DEADLINE);
      await tracing?.stop(flushMs);
      return isWhole;
    },
  };
}
