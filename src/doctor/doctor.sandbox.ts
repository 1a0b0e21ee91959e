import { readActualizerConfig } from "../actualizer/actualizer.config.ts";
import { startSandboxedActualizer } from "../actualizer/sandboxed.actualizer.ts";
import type { Config, UpstreamAddresses } from "../config.ts";
import { createLog } from "../log.ts";
import { startSandbox } from "../sandbox/sandbox.ts";

/** Starts what the gateway starts where nothing is configured: a platform in this process, and its actualizer. */
export async function startSandboxForDoctor(
  config: Config,
): Promise<{ readonly addresses: UpstreamAddresses; readonly stop: () => Promise<void> }> {
  const actualized = config.ACTUALIZER ? readActualizerConfig(process.env) : undefined;
  const sandbox = await startSandbox({ ...config, cluster: actualized ? "empty" : "running" });
  const log = createLog("silent", { write: () => undefined });
  const actualizer = actualized && (await startSandboxedActualizer({ config: actualized, sandbox, log }));
  return {
    addresses: sandbox.addresses,
    stop: async () => {
      await actualizer?.stop();
      await sandbox.stop();
    },
  };
}
