import { ConnectionCut, startServer, type SandboxRequest, type SandboxServer } from "../http.ts";
import type { Listening } from "../listening.ts";
import type { FunctionCluster } from "../sls/function.cluster.ts";
import type { ProducerPod } from "../workspace/producer.pod.ts";
import type { Workspaces } from "../workspace/workspaces.ts";
import { autoGatewayConfig, autoGatewayFields, isAutoGateway } from "./auto.gateway.ts";
import type { GatewayConfig } from "./config.file.ts";
import { deployedConfig, type Deployment } from "./deployed.config.ts";
import { defaultGatewayTiming, type GatewayTiming } from "./gateway.timing.ts";
import { listOf, type Fields } from "./json.fields.ts";
import { RunningGateway } from "./running.gateway.ts";
import { SharedDatabase } from "./shared.database.ts";

/** What the gateways are started with. */
export interface GatewaysOptions {
  /** Whose projects say which gateways there are. */
  workspaces: Pick<Workspaces, "pod">;
  environments: readonly string[];
  /** Where the functions run that gateways lead to, if any do. */
  cluster?: Pick<FunctionCluster, "deployed">;
  timing?: Partial<GatewayTiming>;
  /** Whether writes that overlap do damage, as they do in reality and unless told otherwise. */
  damage?: boolean;
  listening?: Listening;
}

/** Every producer's gateways, behind a server for all their admin APIs. */
export interface Gateways {
  readonly server: SandboxServer;
  /** A gateway, to look into it and to change it; throws where none runs. */
  of(dnsPrefix: string, producer: string, env: string): RunningGateway;
  stop(): Promise<void>;
}

/** A gateway that a project has. */
interface Saved {
  readonly dnsPrefix: string;
  readonly producer: string;
  readonly env: string;
  readonly pod: ProducerPod;
  readonly gateway: Fields;
}

/**
 * Starts the admin APIs of the gateways. The first part of a path says which is meant, as the name of the host does in
 * reality. A gateway runs from when it is first asked for until its project has it no more, and where none runs the
 * connection is cut.
 */
export async function startGateways(options: GatewaysOptions): Promise<Gateways> {
  const { workspaces, environments, cluster } = options;
  const timing = { ...defaultGatewayTiming, ...options.timing };
  const damage = options.damage ?? true;
  const running = new Map<string, RunningGateway>();
  const databases = new Map<string, SharedDatabase>();

  /** What an environment's gateways keep in Redis is its own: a later one of its name has other keys there. */
  const databaseOf = ({ producer, env, pod }: Saved): SharedDatabase => {
    const place = `${producer}-${env}`;
    const namespace = environments.includes(env) ? place : `${place}-${pod.repository.id}`;
    const database = databases.get(namespace) ?? new SharedDatabase();
    databases.set(namespace, database);
    return database;
  };
  const started = (saved: Saved): RunningGateway => {
    const host = `${saved.dnsPrefix}-${saved.producer}-${saved.env}`;
    const id = String(saved.gateway["id"]);
    const known = running.get(host);
    const database = databaseOf(saved);
    if (known?.id === id && known.consumers === database.consumers) return known;
    const deployed = () => configOf(savedGateway(workspaces, saved) ?? saved, cluster);
    const gateway = new RunningGateway({ id, deployed, database, timing, damage });
    running.set(host, gateway);
    return gateway;
  };
  const gatewayAt = (host: string): RunningGateway | undefined => {
    for (const asked of readings(host, environments)) {
      const saved = savedGateway(workspaces, asked);
      if (saved !== undefined) return started(saved);
    }
    running.delete(host);
    return undefined;
  };

  const server = await startServer({
    ...options.listening,
    handle: async (request) => {
      const { host, inside } = addressOf(request);
      const gateway = gatewayAt(host);
      const reply = await gateway?.admin(inside);
      if (reply === undefined || gatewayAt(host) !== gateway) throw new ConnectionCut();
      return reply;
    },
  });
  return {
    server,
    of: (dnsPrefix, producer, env) => {
      const gateway = gatewayAt(`${dnsPrefix}-${producer}-${env}`.toLowerCase());
      if (gateway === undefined) throw new Error(`no gateway ${dnsPrefix} of ${producer} runs in ${env}`);
      return gateway;
    },
    stop: () => server.stop(),
  };
}

type Asked = Pick<Saved, "dnsPrefix" | "producer" | "env">;

/**
 * What a host may mean: a gateway, a producer and an environment with dashes between. Producers may have dashes, and
 * gateways in environments that every producer has.
 */
function readings(host: string, environments: readonly string[]): Asked[] {
  const [dnsPrefix = "", ...rest] = host.split("-");
  const made = { dnsPrefix, producer: rest.slice(0, -1).join("-"), env: rest.at(-1) ?? "" };
  const known = environments
    .filter((env) => host.endsWith(`-${env.toLowerCase()}`))
    .flatMap((env) => {
      const words = host.slice(0, -env.length - 1).split("-");
      return words.slice(1).map((_word, index) => ({
        dnsPrefix: words.slice(0, index + 1).join("-"),
        producer: words.slice(index + 1).join("-"),
        env,
      }));
    });
  return environments.includes(made.env) ? known : [...known, made];
}

function savedGateway(workspaces: Pick<Workspaces, "pod">, asked: Asked): Saved | undefined {
  const pod = podOf(workspaces, asked);
  if (pod !== undefined && isAutoGateway(asked.dnsPrefix)) {
    const isThere = autoGatewayConfig(pod, asked) !== undefined;
    return isThere ? { ...asked, pod, gateway: autoGatewayFields(asked) } : undefined;
  }
  const gateway = listOf(pod?.state.project()["gateways"]).find(
    ({ dnsPrefix }) => String(dnsPrefix).toLowerCase() === asked.dnsPrefix,
  );
  return pod === undefined || gateway === undefined ? undefined : { ...asked, pod, gateway };
}

function podOf(workspaces: Pick<Workspaces, "pod">, { producer, env }: Asked): ProducerPod | undefined {
  try {
    return workspaces.pod(producer, env);
  } catch {
    return undefined;
  }
}

const nothing: GatewayConfig = { pipelines: {}, apiEndpoints: {}, serviceEndpoints: {}, policies: [] };

function configOf(saved: Saved, cluster: GatewaysOptions["cluster"]): GatewayConfig {
  if (isAutoGateway(saved.dnsPrefix)) return autoGatewayConfig(saved.pod, saved) ?? nothing;
  return deployedConfig(deploymentOf(saved, cluster));
}

function deploymentOf(
  { pod, gateway, producer, env }: Saved,
  cluster: GatewaysOptions["cluster"],
): Deployment {
  const { state } = pod;
  const functions = (cluster?.deployed() ?? []).filter(
    ({ labels }) => labels["producer"] === producer && labels["env"] === env,
  );
  return { gateway, document: state.project(), models: state.models(), functions, producer, env };
}

/** The host that a path begins with, and the request as that host gets it. */
function addressOf(request: SandboxRequest): { host: string; inside: SandboxRequest } {
  const { path, url } = request;
  const end = path.indexOf("/", 1);
  const host = path.slice(1, end < 0 ? undefined : end);
  const inside = { ...request, path: path.slice(host.length + 1) || "/", url: url.slice(host.length + 1) };
  return { host: host.toLowerCase(), inside };
}
