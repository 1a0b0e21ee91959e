import type * as ActualizerConfigs from "../../src/actualizer/actualizer.config.ts";
import type * as SandboxedActualizers from "../../src/actualizer/sandboxed.actualizer.ts";
import type * as Configs from "../../src/config.ts";
import type * as Logs from "../../src/log.ts";
import type * as Gateways from "../../src/server/gateway.ts";
import type * as Sandboxes from "../../src/sandbox/sandbox.ts";

/** A built gateway over a sandbox of its own, for browsers. */
export interface BrowsedSett {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  readonly sandbox: Sandboxes.Sandbox;
  /** Ends the gateway alone, as a crash or an update would. */
  readonly leave: () => Promise<void>;
  /** Starts it again at the same address. */
  readonly comeBack: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What a browsed gateway is started with. */
export interface BrowsedSettOptions {
  /** Variables of the environment, over the defaults. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What is built, since the page is as well; only its types come from the source. */
const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;

const loadBuilt = async () => ({
  ...((await import(built("config.js"))) as typeof Configs),
  ...((await import(built("log.js"))) as typeof Logs),
  ...((await import(built("server/gateway.js"))) as typeof Gateways),
  ...((await import(built("sandbox/sandbox.js"))) as typeof Sandboxes),
  ...((await import(built("actualizer/actualizer.config.js"))) as typeof ActualizerConfigs),
  ...((await import(built("actualizer/sandboxed.actualizer.js"))) as typeof SandboxedActualizers),
});

/** Patience that suits a test: what failed is soon asked again, and a busy machine is no reason to refuse. */
const defaults = {
  LOG_LEVEL: "fatal",
  LOOP_DELAY_LIMIT: "0ms",
  KUBERNETES_RETRY: "100ms",
  SHUTDOWN_DEADLINE: "500ms",
};

/** Starts a gateway on a sandbox with its actualizer, as `npm start` does. */
export async function startBrowsedSett({ env = {} }: BrowsedSettOptions = {}): Promise<BrowsedSett> {
  const modules = await loadBuilt();
  const environment = { ...defaults, PORT: "0", ...env };
  const config = modules.readConfig(environment);
  const log = modules.createLog(config.LOG_LEVEL);
  const sandbox = await modules.startSandbox({ ...config, cluster: "empty" });
  const actualizer = await modules.startSandboxedActualizer({
    config: modules.readActualizerConfig(environment),
    sandbox,
    log,
  });
  const { addresses, examples, people } = sandbox;
  const start = (port: number) =>
    modules.startGateway({ ...config, PORT: port }, { addresses, examples, people, log });
  const first = await start(config.PORT);
  let gateway: Gateways.Gateway | undefined = first;
  const leave = async () => {
    const leaving = gateway;
    gateway = undefined;
    await leaving?.stop();
  };
  return {
    url: `${first.url}/`,
    sandbox,
    leave,
    comeBack: async () => {
      gateway ??= await start(first.port);
    },
    stop: async () => {
      await leave();
      await actualizer.stop();
      await sandbox.stop();
    },
  };
}
